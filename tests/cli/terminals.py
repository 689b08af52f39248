"""Streams that say they are terminals, and commands run in front of them."""

from __future__ import annotations

import io
import threading
from collections.abc import Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass

import click

from reconciler.cli.boundary import exit_code_of
from reconciler.cli.main import commands

ESCAPE = "\x1b["


class Terminal(io.StringIO):
    """A stream that says it is a terminal, and can be waited for."""

    def __init__(self, awaited: str = "") -> None:
        super().__init__()
        self.has_come = threading.Event()
        self._awaited = awaited

    def isatty(self) -> bool:
        return True

    def write(self, text: str) -> int:
        written = super().write(text)
        if self._awaited and self._awaited in self.getvalue():
            self.has_come.set()
        return written


@dataclass(frozen=True, slots=True)
class Shown:
    """How a command ended and what both streams got."""

    code: int
    out: str
    err: str


def show(
    arguments: Sequence[str],
    *,
    group: click.Group = commands,
    out: io.StringIO | None = None,
    err: io.StringIO | None = None,
) -> Shown:
    """Run commands in this process, by default in front of no terminal."""
    out, err = out or io.StringIO(), err or io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = exit_code_of(group, arguments)
    return Shown(int(code), out.getvalue(), err.getvalue())
