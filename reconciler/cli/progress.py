"""A sign of life on a terminal for work that takes longer than a second; nothing elsewhere."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from reconciler.cli.options import shared

if TYPE_CHECKING:
    from rich.status import Status

PATIENCE = 1.0
"""Seconds of silence before anything is shown."""


@contextmanager
def working(on: str, *, patience: float = PATIENCE) -> Iterator[None]:
    """
    Show what is being worked on while the block runs: on standard error, only on a terminal.

    The line is gone before the block ends, so that it never mixes with a result.
    """
    if not sys.stderr.isatty() or shared().log_level in ("debug", "info"):
        yield
        return
    sign = _Sign(on, patience, colour=not shared().no_color)
    try:
        yield
    finally:
        sign.stop()


class _Sign:
    """A line that appears after a while, unless the work is done by then."""

    def __init__(self, on: str, patience: float, *, colour: bool) -> None:
        self._on = on
        self._colour = colour
        self._status: Status | None = None
        self._is_over = False
        self._turn = threading.Lock()
        self._timer = threading.Timer(patience, self._appear)
        self._timer.daemon = True
        self._timer.start()

    def stop(self) -> None:
        """Take the line away, or keep it from appearing."""
        self._timer.cancel()
        with self._turn:
            self._is_over = True
            if self._status is not None:
                self._status.stop()

    def _appear(self) -> None:
        from rich.console import Console
        from rich.markup import escape

        with self._turn:
            if not self._is_over:
                console = Console(stderr=True, no_color=not self._colour or None)
                self._status = console.status(f"{escape(self._on)} …")
                self._status.start()
