"""
Storing files of desired state: all of them or none, and only where the bytes change.

What is written is others' to decide; nothing outside the given folders is ever touched.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path


class StoringError(Exception):
    """
    A file could not be written; the message says which and why.

    `written` are the files that have their new content nevertheless, as paths.
    """

    def __init__(self, message: str, *, written: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.written = written


@dataclass(frozen=True, slots=True)
class Batch:
    """
    Files to write below a folder, by path with forward slashes, and files to remove.

    A private file is for its owner alone (0600).
    """

    folder: Path
    files: Mapping[str, str] = field(default_factory=dict)
    removed: tuple[str, ...] = ()
    is_private: bool = False


@dataclass(slots=True)
class _Step:
    """One file on its way: what stands ready beside it, and what was in its place."""

    target: Path
    part: Path | None = None  # the new content; None removes the file
    old: bytes | None = None
    mode: int = 0

    def put(self) -> None:
        """Bring the new content into its place."""
        if self.part is None:
            self.target.unlink()
        else:
            self.part.replace(self.target)

    def put_back(self) -> None:
        """Bring the old content back."""
        if self.old is None:
            self.target.unlink()
        else:
            _part(self.target, self.old, mode=self.mode).replace(self.target)


def store(folder: Path, files: Mapping[str, str], *, is_private: bool = False) -> tuple[str, ...]:
    """
    Write the files below a folder; return the paths of those that changed.

    Raises StoringError as `store_together` does.
    """
    changed = store_together([Batch(folder, files, is_private=is_private)])
    return tuple(path.relative_to(folder).as_posix() for path in changed)


def store_together(batches: Sequence[Batch]) -> tuple[Path, ...]:
    """
    Write and remove all files of the batches or none; return the files whose bytes changed.

    Everything is written beside its place first. Raises StoringError; what had come into its place
    by then is put back, and what could not be put back is named.
    """
    steps: list[_Step] = []
    folders: list[Path] = []
    try:
        for batch in batches:
            _prepare(batch, steps, folders)
        _put(steps)
    except BaseException:
        for step in steps:
            if step.part is not None:
                step.part.unlink(missing_ok=True)
        for folder in reversed(folders):
            with suppress(OSError):  # somebody else has put something there
                folder.rmdir()
        raise
    return tuple(step.target for step in steps if step.part is not None)


def _prepare(batch: Batch, steps: list[_Step], folders: list[Path]) -> None:
    for path in sorted(batch.files):
        target = batch.folder / path
        with _told(target):
            step = _step(target, batch.files[path].encode("utf-8"), folders, batch)
            steps.extend([step] if step else [])
    for path in sorted(batch.removed):
        target = batch.folder / path
        with _told(target):
            steps.append(_Step(target, old=target.read_bytes(), mode=_mode_of(target)))


def _step(target: Path, data: bytes, folders: list[Path], batch: Batch) -> _Step | None:
    """Write the new content beside its place; None where it is there already."""
    is_file = target.is_file() and not target.is_symlink()
    old = target.read_bytes() if is_file else None
    if old == data:
        return None
    if target.is_dir() and not target.is_symlink():
        raise IsADirectoryError(21, "Is a directory")
    for folder in _missing(target.parent):
        folder.mkdir()
        folders.append(folder)
    mode = 0o600 if batch.is_private else _mode_of(target)
    return _Step(target, _part(target, data, mode=mode), old, _mode_of(target))


def _put(steps: Sequence[_Step]) -> None:
    done: list[_Step] = []
    for step in steps:
        try:
            step.put()
        except BaseException as error:
            left = [item.target for item in reversed(done) if not _is_put_back(item)]
            if not isinstance(error, OSError):
                raise
            raise _error(step.target, error, tuple(map(str, sorted(left)))) from error
        done.append(step)


def _is_put_back(step: _Step) -> bool:
    try:
        step.put_back()
    except OSError:
        return False
    return True


@contextmanager
def _told(target: Path) -> Iterator[None]:
    """Name the file in the error of whatever fails with it."""
    try:
        yield
    except OSError as error:
        raise _error(target, error, ()) from error


def _error(target: Path, error: OSError, written: tuple[str, ...]) -> StoringError:
    return StoringError(f"{target}: {error.strerror or error}", written=written)


def _missing(folder: Path) -> Iterator[Path]:
    """Yield the folders that have to be made, the uppermost first."""
    missing = []
    while not folder.is_dir():
        missing.append(folder)
        folder = folder.parent
    yield from reversed(missing)


def _mode_of(target: Path) -> int:
    if target.is_file():
        return target.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _part(target: Path, data: bytes, *, mode: int) -> Path:
    """Write a file beside its place and return its path."""
    descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=".", suffix=".part")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
        Path(name).chmod(mode)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return Path(name)
