"""Real repositories in a temporary folder, made by the git program itself."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

from tests.counterparts import require_program

_OURS = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_AUTHOR_NAME": "Contoso",
    "GIT_AUTHOR_EMAIL": "identity@contoso.com",
    "GIT_COMMITTER_NAME": "Contoso",
    "GIT_COMMITTER_EMAIL": "identity@contoso.com",
}


def run_git(folder: Path, *arguments: str) -> str:
    """Return what git prints; fails the test where git fails."""
    finished = subprocess.run(
        [require_program("git"), *arguments],
        cwd=folder,
        env={**os.environ, **_OURS},
        capture_output=True,
        check=True,
    )
    return finished.stdout.decode("utf-8", "surrogateescape")


def new_repository(folder: Path) -> Path:
    """Return a folder that is a repository without a commit."""
    folder.mkdir(parents=True, exist_ok=True)
    run_git(folder, "init", "--quiet", "--initial-branch=main")
    return folder


def commit(folder: Path, files: Mapping[str, str]) -> str:
    """Write and commit files; return the commit."""
    write(folder, files)
    run_git(folder, "add", "--all")
    run_git(folder, "commit", "--quiet", "--message", "as it is")
    return run_git(folder, "rev-parse", "HEAD").strip()


def write(folder: Path, files: Mapping[str, str]) -> None:
    """Write files below a folder."""
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
