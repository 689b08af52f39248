"""
What the work tells about itself, on standard error; results and findings are `printing`'s.

The application logs with the standard library. Nothing is set up unless --log-level asks for it.
"""

from __future__ import annotations

import logging
import sys

_ROOT = "reconciler"


class _StandardError(logging.Handler):
    """Writes to whatever standard error is at that moment, control characters escaped."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write one line."""
        from reconciler.report.visible import visible

        level, room = record.levelname.lower(), record.name.removeprefix(f"{_ROOT}.")
        sys.stderr.write(f"{level:<7} {room}: {visible(record.getMessage())}\n")


def follow(level: str) -> None:
    """Show what is logged from a level on, instead of what was shown before."""
    forget()
    logger = logging.getLogger(_ROOT)
    logger.addHandler(_StandardError())
    logger.setLevel(level.upper())
    logger.propagate = False


def forget() -> None:
    """Show nothing any more."""
    logger = logging.getLogger(_ROOT)
    for handler in [*logger.handlers]:
        if isinstance(handler, _StandardError):
            logger.removeHandler(handler)
            logger.setLevel(logging.NOTSET)
            logger.propagate = True
