"""
Pages that show commands, and a shell that runs what they show.

A `sh` block is run as it stands; in a `console` block each line that begins with `$ ` is a command
and what follows is its output. Both go on where the block before them stopped, as a reader does.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Self

_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_MARK = "-- this was command"
_AGE = re.compile(r"\b(exported|recorded|read) [^·\n]* ago\b")
_COMMIT = re.compile(r"\b(desired|commit) [0-9a-f]{7,40}\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A fenced block of a page; `start` is where its text begins in the page."""

    language: str
    text: str
    start: int

    @property
    def commands(self) -> tuple[tuple[str, str], ...]:
        """The commands, each with the output that the page shows; a `sh` block is one."""
        if self.language != "console":
            return ((self.text, ""),)
        parts = re.split(r"^\$ ", self.text, flags=re.MULTILINE)
        assert parts[0] == "", "a console block begins with a command"
        return tuple(_split(part) for part in parts[1:])


def iter_blocks(page: str, *languages: str) -> Iterator[Block]:
    """Yield the fenced blocks of some languages in their order."""
    for found in _FENCE.finditer(page):
        if found[1] in languages:
            yield Block(language=found[1], text=found[2], start=found.start(2))


def normal(text: str) -> str:
    """Return an output without what depends on the day and on the committer."""
    text = _AGE.sub(r"\1 some time ago", text)
    return "\n".join(line.rstrip() for line in _COMMIT.sub(r"\1 0000000", text).splitlines())


class Shell:
    """One bash that runs command after command; use it as a context."""

    def __init__(self, folder: Path, environment: Mapping[str, str]) -> None:
        self._process = subprocess.Popen(
            ["bash", "--noprofile", "--norc"],
            cwd=folder,
            env=dict(environment),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._pipe(self._process.stdin).close()
        self._pipe(self._process.stdout).close()
        self._process.wait()

    def run(self, command: str) -> tuple[int, str]:
        """Run a command and return its exit code and what it printed; `$?` survives it."""
        pipe = self._pipe(self._process.stdin)
        pipe.write(f"{{ {command}\n}} < /dev/null\n")
        pipe.write(f'code=$?; printf "\\n%s %s\\n" "{_MARK}" $code; (exit $code)\n')
        pipe.flush()
        lines: list[str] = []
        for line in self._pipe(self._process.stdout):
            if line.startswith(_MARK):
                return int(line.removeprefix(_MARK)), "".join(lines).removesuffix("\n")
            lines.append(line)
        raise AssertionError(f"the shell ended with: {command}\n{''.join(lines)}")

    @staticmethod
    def _pipe(pipe: IO[str] | None) -> IO[str]:
        assert pipe is not None
        return pipe


def replay(page: str, shell: Shell) -> str:
    """
    Return the page with the output that its commands really have, in place of what it shows.

    An output that says the same but for the day and the committer stays as it is. A command fails
    the test unless the next one shows its exit code.
    """
    parts, end = [], 0
    for block in iter_blocks(page, "sh", "console"):
        parts += [page[end : block.start], _replayed(block, shell)]
        end = block.start + len(block.text)
    return "".join([*parts, page[end:]])


def _replayed(block: Block, shell: Shell) -> str:
    if block.language == "sh":
        code, printed = shell.run(block.text)
        assert code == 0, f"{block.text}\n{printed}"
        return block.text
    shown = []
    following = [command for command, _ in block.commands[1:]] + [""]
    for (command, expected), after in zip(block.commands, following, strict=True):
        code, printed = shell.run(command)
        assert code == 0 or after == "echo $?", f"$ {command}\nended with {code}\n{printed}"
        is_same = normal(printed) == normal(expected)
        shown.append(f"$ {command}\n{expected if is_same else printed}")
    return "".join(shown)


def _split(part: str) -> tuple[str, str]:
    """Split a command, which goes on after a backslash, from its output."""
    lines = part.splitlines(keepends=True)
    length = 1
    while lines[length - 1].endswith("\\\n") and length < len(lines):
        length += 1
    return "".join(lines[:length]).rstrip("\n"), "".join(lines[length:])
