"""A desk at which a page is read: a clone, a shell in it, and a committer for git."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from tests.counterparts import require_program
from tests.readme.console import Shell, replay

_DRY = 'make() { command make --dry-run --directory "$CHECKOUT" "$@" > /dev/null; }'


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """
    A folder with a clone named `reconciler`, in which a page is read from top to bottom.

    `make` only says what it would do: the tests run inside `make test`.
    """

    folder: Path
    checkout: Path

    def replayed(self, page: str) -> str:
        """Return the page with the output that its commands have now."""
        with Shell(self.folder / "reconciler", self._environment()) as shell:
            shell.run(_DRY)
            return replay(page, shell)

    def _environment(self) -> dict[str, str]:
        passed = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        who = {"NAME": "Contoso", "EMAIL": "identity@contoso.example"}
        committer = {
            f"GIT_{role}_{name}": text
            for role in ("AUTHOR", "COMMITTER")
            for name, text in who.items()
        }
        files = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
        return {**passed, **committer, **files, "CHECKOUT": str(self.checkout), "LC_ALL": "C.UTF-8"}


def clone_desk(folder: Path, checkout: Path) -> Desk:
    """Return a desk in an empty folder, with a clone that is installed as after the quick start."""
    program = Path(require_program("reconciler"))
    require_program("git")
    require_program("make")
    clone = folder / "reconciler"
    (clone / ".venv").mkdir(parents=True)
    (clone / ".venv" / "bin").symlink_to(program.parent)
    (clone / "desired-state").symlink_to(checkout / "desired-state")
    return Desk(folder=folder, checkout=checkout)
