"""
The few questions that we ask git, behind one adapter for GitPython.

Which commit, which branch, what is uncommitted, and the files of a commit as a file tree. GitPython
takes long to import, so it is loaded when a folder turns out to stand in a repository.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import git

_SYMLINK = 0o120000
_NO_MAGIC = {"GIT_LITERAL_PATHSPECS": "1"}
"""A folder's name is a name, whatever git's patterns make of its characters."""


class GitRefusedError(Exception):
    """Git would not answer; the message is what a person needs to know."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The commit that is checked out; `branch` is None on a detached head."""

    commit: str
    branch: str | None


class Repository:
    """A work tree under git; every question raises GitRefusedError where git will not answer."""

    def __init__(self, repository: git.Repo) -> None:
        self._repository = repository
        self.root = Path(str(repository.working_tree_dir)).resolve()

    def head(self) -> Head | None:
        """Return commit and branch, or None before the first commit."""
        with _told():
            commit = self._commit()
            if commit is None:
                return None
            is_detached = self._repository.head.is_detached
            branch = None if is_detached else self._repository.active_branch.name
            return Head(commit=commit.hexsha, branch=branch)

    def uncommitted(self, folder: Path) -> frozenset[str]:
        """Return the paths below `folder`, relative to it, that differ from the last commit."""
        place = self._inside(folder)
        with _told():
            listing = self._repository.git.status(
                "--porcelain=v1",
                "-z",
                "--untracked-files=all",
                "--ignore-submodules=none",
                "--no-renames",
                "--",
                str(place),
                env=_NO_MAGIC,
            )
        paths = [PurePosixPath(entry[3:]) for entry in str(listing).split("\0") if len(entry) > 3]
        return frozenset(str(path.relative_to(place)) for path in paths if path != place)

    def files_at_head(self, folder: Path) -> CommitFiles:
        """Return the committed files below `folder`; none before the first commit."""
        import git

        place = self._inside(folder)
        with _told():
            commit = self._commit()
            if commit is None:
                return CommitFiles({})
            try:
                found = commit.tree / str(place) if place.parts else commit.tree
            except KeyError:
                return CommitFiles({})
            items = found.traverse() if isinstance(found, git.Tree) else ()
            return CommitFiles(
                {
                    str(PurePosixPath(str(item.path)).relative_to(place)): item
                    for item in items
                    if isinstance(item, git.Blob) and item.mode != _SYMLINK
                }
            )

    def commit_all(self, message: str) -> None:
        """Commit everything below the work tree, as the demo's own author, without any hook."""
        import git

        with _told():
            self._repository.git.add("--all")
            author = git.Actor("reconciler demo", "demo@contoso.com")
            self._repository.index.commit(message, author=author, committer=author, skip_hooks=True)

    def _commit(self) -> git.Commit | None:
        """Return the last commit; None before the first, which a lost commit is not."""
        import git

        try:
            self._repository.git.rev_parse("--verify", "--quiet", "HEAD")
        except git.GitCommandError:
            return None
        return self._repository.head.commit

    def _inside(self, folder: Path) -> PurePosixPath:
        return PurePosixPath(folder.resolve().relative_to(self.root).as_posix())


class CommitFiles:
    """The files of one commit below one folder; symbolic links are left out."""

    def __init__(self, blobs: Mapping[str, git.Blob]) -> None:
        self._blobs = blobs

    def paths(self) -> Sequence[str]:
        """Return the paths, sorted, with forward slashes."""
        return sorted(self._blobs)

    def read(self, path: str) -> bytes:
        """Return a file's bytes. Raises KeyError where the commit has no such file."""
        blob = self._blobs[path]
        with _told():
            data: bytes = blob.data_stream.read()
            return data


def start_repository(folder: Path) -> Repository:
    """Return a new repository in a folder. Raises GitRefusedError."""
    with _told():
        import git

        return Repository(git.Repo.init(folder, initial_branch="main"))


def find_repository(folder: Path) -> Repository | None:
    """
    Return the repository in which a folder stands, or would stand, or None.

    Raises GitRefusedError where there is one that git will not read (another owner, damaged), and
    where the git program is missing.
    """
    place = folder.resolve()
    around = [parent for parent in (place, *place.parents) if parent.is_dir()]
    if not any((parent / ".git").exists() for parent in around):
        return None
    with _told():
        import git

        repository = git.Repo(around[0], search_parent_directories=True)
        if repository.working_tree_dir is None:
            return None
        repository.git.rev_parse("--git-dir")  # git's own opinion about who owns the folder
        return Repository(repository)


@contextmanager
def _told() -> Iterator[None]:
    """Turn whatever git, GitPython and its object store raise into one error for people."""
    try:
        import git
    except ImportError as error:  # GitPython looks for the program while it is imported
        raise GitRefusedError("the git program was not found") from error
    try:
        yield
    except git.InvalidGitRepositoryError as error:
        raise GitRefusedError("the folder .git is no repository that git can read") from error
    except (git.GitError, git.exc.ODBError, OSError, ValueError) as error:
        raise GitRefusedError(_words(error)) from error


def _words(error: Exception) -> str:
    text = str(getattr(error, "stderr", "") or error).strip()
    lines = [line.strip(" '") for line in text.removeprefix("stderr: '").splitlines()]
    telling = [line for line in lines if line.startswith(("fatal:", "error:"))]
    return next((line for line in (*telling, *lines) if line), type(error).__name__)
