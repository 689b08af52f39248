"""
The few questions that we ask git, behind one adapter for GitPython.

Which commit, which branch, what is uncommitted, and the files of a commit as a file tree. GitPython
takes long to import, so it is loaded when a folder turns out to stand in a repository.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import git

_SYMLINK = 0o120000


class GitRefusedError(Exception):
    """Git would not answer; the message is what a person needs to know."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The commit that is checked out; `branch` is None on a detached head."""

    commit: str
    branch: str | None


class Repository:
    """A work tree under git."""

    def __init__(self, repository: git.Repo) -> None:
        self._repository = repository
        self.root = Path(str(repository.working_tree_dir)).resolve()

    def head(self) -> Head | None:
        """Return commit and branch, or None before the first commit."""
        if not self._repository.head.is_valid():
            return None
        branch = None if self._repository.head.is_detached else self._repository.active_branch.name
        return Head(commit=self._repository.head.commit.hexsha, branch=branch)

    def uncommitted(self, folder: Path) -> frozenset[str]:
        """Return the paths below `folder`, relative to it, that differ from the last commit."""
        import git

        place = self._inside(folder)
        try:
            listing = self._repository.git.status(
                "--porcelain=v1", "-z", "--untracked-files=all", "--no-renames", "--", place or "."
            )
        except git.GitCommandError as error:
            raise GitRefusedError(_told(error)) from error
        paths = [PurePosixPath(entry[3:]) for entry in str(listing).split("\0") if len(entry) > 3]
        return frozenset(
            str(path.relative_to(place)) if place else str(path)
            for path in paths
            if not place or path.is_relative_to(place)
        )

    def files_at_head(self, folder: Path) -> CommitFiles:
        """Return the committed files below `folder`."""
        import git

        commit = self._repository.head.commit
        place = self._inside(folder)
        try:
            tree = commit.tree / place if place else commit.tree
        except KeyError:
            return CommitFiles({})
        return CommitFiles(
            {
                str(PurePosixPath(str(item.path)).relative_to(place or ".")): item
                for item in tree.traverse()
                if isinstance(item, git.Blob) and item.mode != _SYMLINK
            }
        )

    def commit_all(self, message: str) -> None:
        """Commit everything below the work tree, as the demo's own author."""
        import git

        self._repository.git.add("--all")
        author = git.Actor("reconciler demo", "demo@contoso.com")
        self._repository.index.commit(message, author=author, committer=author)

    def _inside(self, folder: Path) -> str:
        relative = folder.resolve().relative_to(self.root).as_posix()
        return "" if relative == "." else relative


class CommitFiles:
    """The files of one commit below one folder; symbolic links are left out."""

    def __init__(self, blobs: dict[str, object]) -> None:
        self._blobs = blobs

    def paths(self) -> Sequence[str]:
        """Return the paths, sorted, with forward slashes."""
        return sorted(self._blobs)

    def read(self, path: str) -> bytes:
        """Return a file's bytes. Raises KeyError where the commit has no such file."""
        blob = self._blobs[path]
        data: bytes = blob.data_stream.read()  # type: ignore[attr-defined]
        return data


def start_repository(folder: Path) -> Repository:
    """Return a new repository in a folder."""
    import git

    return Repository(git.Repo.init(folder, initial_branch="main"))


def find_repository(folder: Path) -> Repository | None:
    """
    Return the repository in which a folder stands, or None.

    Raises GitRefusedError where there is one that git will not read (another owner, damaged).
    """
    place = folder.resolve()
    if not any((parent / ".git").exists() for parent in (place, *place.parents)):
        return None
    import git

    try:
        repository = git.Repo(place, search_parent_directories=True)
        if repository.working_tree_dir is None:
            return None
        repository.git.rev_parse("--git-dir")
    except git.InvalidGitRepositoryError:
        return None
    except (git.GitCommandError, git.GitCommandNotFound, git.NoSuchPathError, OSError) as error:
        raise GitRefusedError(_told(error)) from error
    return Repository(repository)


def _told(error: Exception) -> str:
    text = str(getattr(error, "stderr", "") or error).strip().splitlines()
    return text[-1].strip() if text else type(error).__name__
