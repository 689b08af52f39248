"""
How much is fuzzed: by default what issue 3 asks for, in chunks that test workers share.

RECONCILER_FUZZ=20 does twenty times as much, with other seeds behind the usual ones.
"""

from __future__ import annotations

import os
import random
from collections.abc import Iterator

FACTOR = max(1, int(os.environ.get("RECONCILER_FUZZ", "1")))


def chunks(total: int, size: int) -> range:
    """Return the number of each chunk of `size` that `total` makes, times the factor."""
    return range(FACTOR * -(-total // size))


def chances(campaign: str, chunk: int, size: int) -> Iterator[tuple[str, random.Random]]:
    """Yield for each item of a chunk its name, for messages, and its own source of chance."""
    for number in range(size):
        name = f"{campaign}-{chunk}-{number}"
        yield name, random.Random(name)  # noqa: S311 - damage, not secrets
