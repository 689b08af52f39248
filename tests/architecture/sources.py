"""The project's own sources as the architecture tests see them: parsed modules, tracked files."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.counterparts import ROOT, require_program

PACKAGE = ROOT / "reconciler"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One module: where it is, its text and its tree."""

    path: Path
    text: str
    tree: ast.Module

    @property
    def name(self) -> str:
        """The path below the checkout, with forward slashes."""
        return self.path.relative_to(ROOT).as_posix()

    @property
    def room(self) -> str:
        """The sub-package directly below `reconciler`, empty for its own modules."""
        parts = self.path.relative_to(PACKAGE).parts
        return parts[0] if len(parts) > 1 else ""


def parse_source(text: str, *, path: Path = PACKAGE / "sample.py") -> Source:
    """Return the module with that text."""
    return Source(path=path, text=text, tree=ast.parse(text))


@cache
def read_sources() -> tuple[Source, ...]:
    """Return every module of the package, sorted by path."""
    paths = sorted(PACKAGE.rglob("*.py"))
    return tuple(parse_source(path.read_text(encoding="utf-8"), path=path) for path in paths)


@cache
def list_project_files() -> tuple[Path, ...]:
    """Return the files that git tracks or would add, sorted; deleted ones are left out."""
    git = require_program("git")
    command = [git, "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout
    names = sorted({name for name in listed.decode().split("\0") if name})
    return tuple(path for path in (ROOT / name for name in names) if path.is_file())


def iter_definitions(
    tree: ast.Module,
) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef]:
    """Yield all functions, methods and classes, nested ones included."""
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            yield node


def iter_public_definitions(
    body: list[ast.stmt],
) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef]:
    """Yield public functions and classes, and the public methods of public classes."""
    for node in body:
        if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            continue
        if node.name.startswith("_"):
            continue
        yield node
        if isinstance(node, ast.ClassDef):
            yield from iter_public_definitions(node.body)
