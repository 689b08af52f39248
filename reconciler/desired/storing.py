"""
Storing files of desired state: each whole or not at all, and only where its bytes change.

What is written is others' to decide; nothing outside the given folder is ever touched.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path


class StoringError(Exception):
    """A file could not be written; the message says which and why."""


def store(folder: Path, files: Mapping[str, str], *, is_private: bool = False) -> tuple[str, ...]:
    """
    Write the files below a folder, paths relative with forward slashes; return those that changed.

    A private file is for its owner alone (0600). Raises StoringError; files written before stay.
    """
    changed = []
    for path in sorted(files):
        target = folder / path
        data = files[path].encode("utf-8")
        try:
            if target.is_file() and not target.is_symlink() and target.read_bytes() == data:
                continue
            target.parent.mkdir(parents=True, exist_ok=True)
            _replace(target, data, mode=0o600 if is_private else _mode_of(target))
        except OSError as error:
            raise StoringError(f"{path}: {error.strerror or error}") from error
        changed.append(path)
    return tuple(changed)


def remove(folder: Path, paths: Iterable[str]) -> None:
    """Remove files below a folder. Raises StoringError."""
    for path in sorted(paths):
        try:
            (folder / path).unlink()
        except OSError as error:
            raise StoringError(f"{path}: {error.strerror or error}") from error


def _mode_of(target: Path) -> int:
    if target.is_file():
        return target.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _replace(target: Path, data: bytes, *, mode: int) -> None:
    descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=".", suffix=".part")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
        Path(name).chmod(mode)
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
