"""
A child process that speaks the contract, or fails at it in one of the ways that its argument names.

Run as a program of its own; it shares no code with what it tests.
"""

from __future__ import annotations

import base64
import json
import os
import sys
import time


def reply(value: object, *, contract: str = "=1.0") -> bytes:
    envelope = {
        "contract": contract,
        "id": "=",
        "ok": True,
        "value": value,
        "error": None,
        "revision": None,
        "server_time": "=2026-11-02T06:15:00Z",
        "generation": "=aa",
    }
    return b"RC1 " + base64.b64encode(json.dumps(envelope).encode())


def say(content: bytes) -> None:
    sys.stdout.buffer.write(content)
    sys.stdout.buffer.flush()


def complain(text: str) -> None:
    sys.stderr.write(text + "\n")
    sys.stderr.flush()


def answer(way: str, request: dict[str, object]) -> None:
    texts = {
        "echo": reply(request) + b"\n",
        "environment": reply([f"={name}" for name in os.environ]) + b"\n",
        "noise": b"\xef\xbb\xbfWARNING: careful\r\n\r\nRC2 nothing\r\n" + reply(request) + b"\r\n",
        "half": reply(request)[:40],
        "base64": b"RC1 ???\n",
        "unmarked": b"RC1 " + base64.b64encode(b'{"contract": "1.0"}') + b"\n",
        "other-major": reply(None, contract="=2.0") + b"\n",
        "twice": 2 * (reply(request) + b"\n"),
        "large": reply("=" + "x" * 5_000_000) + b"\n",
    }
    complaints = {
        "noise": "#< CLIXML\nWARNING: slow disk",
        "silent": "still thinking",
        "dying": '#< CLIXML\n<Objs Version="1.1.0.1" />\n\nthe bridge fell over',
    }
    if way in complaints:
        complain(complaints[way])
    if way in texts:
        say(texts[way])
    if way == "closes":
        os.close(1)
    if way in {"silent", "closes"}:
        time.sleep(600)
    if way in {"half", "dying"}:
        sys.exit(3)
    if way == "denied":
        complain("Permission denied (publickey).")
        sys.exit(255)


def main() -> None:
    """Answer each line until the input ends; a file named second gets a line for each request."""
    way = sys.argv[1]
    if way.startswith("ssh-"):
        complain(
            {
                "ssh-denied": "git@sync01: Permission denied (publickey).",
                "ssh-unknown": "Host key verification failed.",
                "ssh-nowhere": "ssh: Could not resolve hostname sync01: unknown",
                "ssh-lost": "client_loop: send disconnect: Broken pipe",
            }[way]
        )
        sys.exit(255)
    for line in sys.stdin.buffer:
        request = json.loads(base64.b64decode(line.removeprefix(b"RC1 ")))
        if len(sys.argv) > 2:
            with open(sys.argv[2], "a", encoding="utf-8") as log:  # noqa: PTH123 - few imports
                log.write(f"{request['function'][1:]}\n")
        if way == "second-is-denied":
            answer("echo", request)
            way = "denied"
            continue
        answer(way, request)
    if len(sys.argv) > 2:
        with open(sys.argv[2], "a", encoding="utf-8") as log:  # noqa: PTH123 - few imports
            log.write("end of input\n")


if __name__ == "__main__":
    main()
