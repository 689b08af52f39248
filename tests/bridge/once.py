"""What takes seconds to find out is found out once for all workers of a test run."""

from __future__ import annotations

import os
import pickle
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar, cast

import pytest

T = TypeVar("T")


def once(factory: pytest.TempPathFactory, key: str, make: Callable[[Path], T]) -> T:
    """Return what `make` returned to the first worker that asked; it gets a folder that stays."""
    root = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        root = root.parent
    folder = root / key
    found = folder / "found.pickle"
    try:
        folder.mkdir()
    except FileExistsError:
        while not found.exists():
            assert not (folder / "failed").exists(), f"{key} failed in another worker"
            time.sleep(0.05)
        # written by this very run
        return cast("T", pickle.loads(found.read_bytes()))  # noqa: S301
    try:
        result = make(folder)
    except BaseException:
        (folder / "failed").touch()
        raise
    part = folder / "found.part"
    part.write_bytes(pickle.dumps(result))
    part.rename(found)
    return result
