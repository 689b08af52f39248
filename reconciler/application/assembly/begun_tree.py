"""A tree of files as it will be: with the environment.yaml of an environment that is only begun."""

from __future__ import annotations

from reconciler.desired.trees import FileTree

_FILE = "environment.yaml"


class BegunTree:
    """A file tree (see `desired.trees`) and one document more, which is not written yet."""

    def __init__(self, tree: FileTree, environment: str, text: str) -> None:
        self._tree = tree
        self._environment = environment
        self._data = text.encode("utf-8")

    @property
    def label(self) -> str:
        """Return the name that users give to the tree."""
        return self._tree.label

    def environments(self) -> tuple[str, ...]:
        """Return the names of the environments, the begun one among them."""
        return tuple(sorted({*self._tree.environments(), self._environment}))

    def files(self, environment: str) -> tuple[str, ...]:
        """Return the paths of an environment's files, sorted."""
        known = environment in self._tree.environments()
        paths = set(self._tree.files(environment) if known else ())
        return tuple(sorted(paths | {_FILE} if environment == self._environment else paths))

    def read(self, environment: str, path: str) -> bytes:
        """Return the bytes of one file; raises UnreadableFile where that is impossible."""
        if (environment, path) == (self._environment, _FILE):
            return self._data
        return self._tree.read(environment, path)
