"""The phases of a command in the log: what was begun, and at debug level how long it took."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter

_LOG = logging.getLogger(__name__)


@contextmanager
def phase(name: str) -> Iterator[None]:
    """Log the duration of a block, also of one that ends with an exception."""
    start = perf_counter()
    try:
        yield
    finally:
        _LOG.debug("%s took %.3f s", name, perf_counter() - start)
