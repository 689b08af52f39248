"""
Working tree: the files of a desired state as they lie in a folder.

Stays inside that folder whatever links and names say; a git commit as a tree is `forge`'s.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path, PurePosixPath

from reconciler.desired.trees import UnreadableFile

LARGEST_FILE = 256_000_000
"""Bytes of the largest file that is read at all; recorded snapshots are the largest."""


class WorkingTree:
    """A folder of environments; implements `trees.FileTree`."""

    def __init__(self, root: Path, *, label: str | None = None) -> None:
        """Take the folder, and the name that findings give to it (default: as it was written)."""
        self._root = root
        self.label = (label if label is not None else root.as_posix()).rstrip("/") or "/"

    def environments(self) -> tuple[str, ...]:
        """Return the folders below the root, sorted; hidden ones are none."""
        try:
            names = [entry.name for entry in os.scandir(self._root) if entry.is_dir()]
        except OSError:
            return ()
        return tuple(sorted(name for name in names if not name.startswith(".") and _is_utf8(name)))

    def files(self, environment: str) -> tuple[str, ...]:
        """Return the paths of all files of an environment, sorted; see `trees.FileTree`."""
        top = self._inside(environment, "")
        found: list[str] = []
        closed: list[OSError] = []
        for folder, folders, names in os.walk(top, onerror=closed.append):
            links = [name for name in folders if Path(folder, name).is_symlink()]
            folders[:] = sorted(set(folders) - set(links))
            found += [_relative(Path(folder, name), top) for name in (*names, *links)]
        for error in closed:
            if Path(error.filename) == top:
                raise _refused("", error) from error
            found.append(_relative(Path(error.filename), top))
        return tuple(sorted(found))

    def read(self, environment: str, path: str) -> bytes:
        """Return the bytes of a regular file inside the tree; raises UnreadableFile otherwise."""
        if not _is_plain(path):
            raise UnreadableFile(path, what="a path that is no plain name", remedy=_RENAME)
        resolved = self._inside(environment, path)
        flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0)
        flags |= getattr(os, "O_BINARY", 0)
        try:
            descriptor = os.open(resolved, flags)
            try:
                return _content(descriptor, path)
            finally:
                os.close(descriptor)
        except OSError as error:
            raise _refused(path, error) from error

    def _inside(self, environment: str, path: str) -> Path:
        if not _is_plain(environment) or "/" in environment:
            raise UnreadableFile(path, what="no plain name of an environment", remedy=_RENAME)
        try:
            root = self._root.resolve(strict=True)
            resolved = (root / environment / path).resolve(strict=True)
        except (OSError, RuntimeError, ValueError) as error:
            raise _refused(path, error) from error
        if not resolved.is_relative_to(root):
            raise UnreadableFile(
                path,
                what="a link that leaves the folder of the desired state",
                remedy="put the file itself here instead of the link",
            )
        return resolved


_RENAME = "rename it to letters, digits and hyphens"
_TOO_LARGE = f"larger than {LARGEST_FILE // 1_000_000} MB"


def _content(descriptor: int, path: str) -> bytes:
    status = os.fstat(descriptor)
    if not stat.S_ISREG(status.st_mode):
        raise _no_file(path, is_folder=stat.S_ISDIR(status.st_mode))
    if status.st_size > LARGEST_FILE:
        raise UnreadableFile(path, what=_TOO_LARGE, remedy="keep it outside")
    with open(descriptor, "rb", closefd=False) as file:
        return file.read(LARGEST_FILE)


def _relative(path: Path, top: Path) -> str:
    text = path.relative_to(top).as_posix()
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _is_utf8(name: str) -> bool:
    return not any("\ud800" <= character <= "\udfff" for character in name)


def _is_plain(path: str) -> bool:
    """Tell whether a path only goes down: no root, drive, backslash, dot step or control."""
    steps = path.split("/")
    return (
        not any(step in ("", ".", "..") for step in steps)
        and not any(character in '\\:*?"<>|' or ord(character) < 0x20 for character in path)
        and not PurePosixPath(path).is_absolute()
    )


def _refused(path: str, error: Exception) -> UnreadableFile:
    if isinstance(error, FileNotFoundError):
        return UnreadableFile(
            path, what="it is not there, or a link to nothing", remedy="restore or remove it"
        )
    if isinstance(error, PermissionError):
        return UnreadableFile(path, what="it may not be read", remedy="allow reading it")
    reason = getattr(error, "strerror", None) or "it cannot be opened"
    return UnreadableFile(path, what=reason.lower(), remedy="restore it from git")


def _no_file(path: str, *, is_folder: bool) -> UnreadableFile:
    if is_folder:
        return UnreadableFile(
            path,
            what="a link to a folder, or a folder that may not be read",
            remedy="put the folder itself here, and allow reading it",
        )
    return UnreadableFile(
        path, what="a device or a pipe, not a file", remedy="replace it by a file, or remove it"
    )
