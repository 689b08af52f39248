"""
What a command line of OpenSSH is given before it runs, and what its failures mean.

No prompt may wait for an answer that nobody gives, and no unknown host may be trusted (decision
C3). Which program the server runs for the key is the server's: a forced command.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePath, PureWindowsPath

from reconciler.live.bridge.transport import Trouble
from reconciler.model.findings import quoted

FAILED = 255
"""The exit code with which ssh says that it failed itself, and not what it ran."""

_WITH_VALUE = frozenset("BbcDEeFIiJLlmOoPpQRSWw")
_WANTED = {"batchmode": "BatchMode=yes", "stricthostkeychecking": "StrictHostKeyChecking=yes"}

_MEANINGS = (
    (
        re.compile(r"host key verification failed|identification has changed", re.IGNORECASE),
        (Trouble.REFUSED, "add the server's host key to known_hosts after you checked it"),
    ),
    (
        re.compile(r"permission denied|too many authentication failures", re.IGNORECASE),
        (Trouble.REFUSED, "give ssh the key that the server's forced command is bound to"),
    ),
    (
        re.compile(
            r"could not resolve|connection refused|timed out|no route|unreachable"
            r"|connection (reset|closed) by|kex_exchange",
            re.IGNORECASE,
        ),
        (Trouble.UNREACHABLE, "check the host's name, the network and the SSH service"),
    ),
)


class CommandError(ValueError):
    """A command line that is not run; the message says why."""


def is_ssh(command: Sequence[str]) -> bool:
    """Tell whether the program is OpenSSH's client."""
    name = PureWindowsPath(PurePath(command[0]).name).name.lower() if command else ""
    return name.removesuffix(".exe") == "ssh"


def hardened(command: Sequence[str]) -> tuple[str, ...]:
    """
    Return the command line of ssh with what it must be told; what it says itself stays.

    Raises CommandError where it names no host, or one that begins with a hyphen.

    >>> hardened(["ssh", "-o", "BatchMode=no", "sync01"])[:3]
    ('ssh', '-o', 'StrictHostKeyChecking=yes')
    """
    options, host = _parsed(command)
    if host is None:
        raise CommandError("the command line of ssh names no host")
    if host.startswith("-"):
        raise CommandError(f"the host {quoted(host)} begins with a hyphen")
    said = {re.split(r"[=\s]", option.strip(), maxsplit=1)[0].lower() for option in options}
    wanted = [text for name, text in _WANTED.items() if name not in said]
    added = [part for text in wanted for part in ("-o", text)]
    return (command[0], *added, *command[1:])


def meaning(messages: str) -> tuple[Trouble, str] | None:
    """Return what ssh's own messages mean and what to do; None where they are not known."""
    return next((found for pattern, found in _MEANINGS if pattern.search(messages)), None)


def _parsed(command: Sequence[str]) -> tuple[list[str], str | None]:
    """Return what follows each -o, and the host."""
    options: list[str] = []
    rest = iter(command[1:])
    for argument in rest:
        if argument == "--":
            return options, next(rest, None)
        if not argument.startswith("-") or argument == "-":
            return options, argument
        letters = argument[1:]
        place = next((at for at, letter in enumerate(letters) if letter in _WITH_VALUE), None)
        if place is None:
            continue
        value = letters[place + 1 :] or next(rest, "")
        if letters[place] == "o":
            options.append(value)
    return options, None
