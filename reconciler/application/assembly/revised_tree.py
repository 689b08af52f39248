"""A tree of files as it will be: with some files of one environment new, and others gone."""

from __future__ import annotations

from collections.abc import Mapping

from reconciler.desired.trees import FileTree


class RevisedTree:
    """A file tree (see `desired.trees`) with changes that are not written yet."""

    def __init__(self, tree: FileTree, environment: str, files: Mapping[str, str | None]) -> None:
        """Take a tree, and the texts of an environment's new files; None is a file that goes."""
        self._tree = tree
        self._environment = environment
        self._files = files

    @property
    def label(self) -> str:
        """Return the name that users give to the tree."""
        return self._tree.label

    def environments(self) -> tuple[str, ...]:
        """Return the names of the environments, the revised one among them."""
        return tuple(sorted({*self._tree.environments(), self._environment}))

    def files(self, environment: str) -> tuple[str, ...]:
        """Return the paths of an environment's files, sorted."""
        is_known = environment in self._tree.environments()
        paths = set(self._tree.files(environment) if is_known else ())
        if environment == self._environment:
            paths -= self._files.keys()
            paths |= {path for path, text in self._files.items() if text is not None}
        return tuple(sorted(paths))

    def read(self, environment: str, path: str) -> bytes:
        """Return the bytes of one file; raises UnreadableFile where that is impossible."""
        text = self._files.get(path) if environment == self._environment else None
        return self._tree.read(environment, path) if text is None else text.encode("utf-8")
