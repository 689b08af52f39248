"""The files of one commit as a tree of environments; whoever gives the files has asked git."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from reconciler.desired.trees import UnreadableFile


class Files(Protocol):
    """Files by path, as a commit has them."""

    def paths(self) -> Sequence[str]:
        """Return the paths, with forward slashes."""
        ...

    def read(self, path: str) -> bytes:
        """Return a file's bytes. Raises KeyError."""
        ...


class CommittedTree:
    """A file tree (see `trees`) over the files of a commit."""

    def __init__(self, label: str, files: Files) -> None:
        self._label = label
        self._files = files

    @property
    def label(self) -> str:
        """Return the name that users give to the tree."""
        return self._label

    def environments(self) -> tuple[str, ...]:
        """Return the folders of the commit that hold files, hidden ones left out."""
        folders = {path.split("/")[0] for path in self._files.paths() if "/" in path}
        return tuple(sorted(name for name in folders if not name.startswith(".")))

    def files(self, environment: str) -> tuple[str, ...]:
        """Return the paths of an environment's files, sorted."""
        start = f"{environment}/"
        return tuple(
            sorted(
                path.removeprefix(start) for path in self._files.paths() if path.startswith(start)
            )
        )

    def read(self, environment: str, path: str) -> bytes:
        """Return the bytes of one file; raises UnreadableFile where the commit has none."""
        try:
            return self._files.read(f"{environment}/{path}")
        except KeyError:
            raise UnreadableFile(
                path, what="the commit has no such file", remedy="commit it first"
            ) from None
