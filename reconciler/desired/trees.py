"""Trees: where the files of a desired state come from; a folder and a git commit look alike."""

from __future__ import annotations

from typing import Protocol


class UnreadableFile(Exception):  # noqa: N818 - it becomes a finding, not a failure
    """A file that exists but cannot be read; says what is wrong and what to do about it."""

    def __init__(self, path: str, *, what: str, remedy: str) -> None:
        """Take the path inside the environment (empty for the whole) and two plain sentences."""
        super().__init__(f"{path}: {what}")
        self.path = path
        self.what = what
        self.remedy = remedy


class FileTree(Protocol):
    """The files below one folder of environments; paths are relative, with forward slashes."""

    @property
    def label(self) -> str:
        """Return the name that users give to the tree, such as `desired-state`."""

    def environments(self) -> tuple[str, ...]:
        """Return the names of the environments, sorted."""

    def files(self, environment: str) -> tuple[str, ...]:
        """
        Return the paths of all files of an environment, sorted.

        What cannot be listed (a link to a folder, a closed folder) is listed as if it were a file,
        so that reading it says why. Raises UnreadableFile where the environment itself is such.
        """

    def read(self, environment: str, path: str) -> bytes:
        """Return the bytes of one file; raises UnreadableFile where that is impossible."""
