"""
The edge to the file system: which files an export has, and their bytes; never through links.

Devices, pipes, links, refused and oversized files become findings; nothing else is decided here.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from reconciler.live.recorded.codes import Code
from reconciler.live.recorded.inspection import source_finding
from reconciler.model.findings import Finding, Severity
from reconciler.model.places import Place

LARGEST = 256 * 1024 * 1024
"""Bytes of one file; a real export's largest has about two million."""

_OPEN = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFile:
    """A file of a source by its path in it; `content` is a finding where it could not be read."""

    name: str
    content: bytes | Finding


def read_file(path: Path, *, name: str, head: int | None = None) -> SourceFile:
    """
    Return the bytes of a regular file, or why there are none; `name` stands in findings.

    With `head` only so many bytes are read, of a file of any size.
    """
    try:
        if path.is_symlink():
            return _refused(name, Code.NOT_REGULAR, "a symbolic link, which is not followed")
        descriptor = os.open(path, _OPEN | getattr(os, "O_BINARY", 0))
    except OSError as error:
        return _unreadable(name, error)
    try:
        return _read(descriptor, name=name, head=head)
    except OSError as error:
        return _unreadable(name, error)
    finally:
        os.close(descriptor)


def _read(descriptor: int, *, name: str, head: int | None) -> SourceFile:
    status = os.fstat(descriptor)
    if not stat.S_ISREG(status.st_mode):
        return _refused(name, Code.NOT_REGULAR, "not a regular file")
    if head is None and status.st_size > LARGEST:
        return _refused(name, Code.TOO_LARGE, f"{status.st_size} bytes")
    with os.fdopen(descriptor, "rb", closefd=False) as stream:
        return SourceFile(name=name, content=stream.read(head or LARGEST))


def export_files(folder: Path, folders: tuple[str, ...]) -> Iterator[SourceFile]:
    """
    Yield the XML files of the named folders of an export, one at a time, sorted.

    Folder names are matched without case. Another file there is a warning; outside nothing is read.
    """
    try:
        present = {entry.name.lower(): entry for entry in sorted(folder.iterdir())}
    except OSError as error:
        yield _unreadable("", error)
        return
    for wanted in folders:
        entry = present.get(wanted.lower())
        if entry is not None:
            yield from _files_in(entry)


def _files_in(folder: Path) -> Iterator[SourceFile]:
    if folder.is_symlink():
        yield _refused(folder.name, Code.NOT_REGULAR, "a symbolic link, which is not followed")
        return
    try:
        entries = sorted(folder.iterdir())
    except OSError as error:
        yield _unreadable(folder.name, error)
        return
    for entry in entries:
        name = f"{folder.name}/{entry.name}"
        if entry.suffix.lower() == ".xml":
            yield read_file(entry, name=name)
        else:
            yield SourceFile(name=name, content=_not_read(name))


def _not_read(name: str) -> Finding:
    return source_finding(
        Code.NOT_READ,
        "no file of an export; it was not read",
        place=Place(name),
        severity=Severity.WARNING,
    )


def _refused(name: str, code: Code, what: str) -> SourceFile:
    finding = source_finding(
        code,
        what,
        place=Place(name),
        expected=(f"a regular file of at most {LARGEST // 1024 // 1024} MB",),
        remedy="put a copy of the file itself there",
    )
    return SourceFile(name=name, content=finding)


def _unreadable(name: str, error: OSError) -> SourceFile:
    # the system's words without its path: findings never name the folder of a source
    finding = source_finding(
        Code.UNREADABLE,
        f"cannot be read: {(error.strerror or 'input/output error').lower()}",
        place=Place(name),
        expected=("a file or folder that you may read",),
        remedy="check its permissions, or copy the source again",
    )
    return SourceFile(name=name, content=finding)
