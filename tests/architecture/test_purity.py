"""The pure rooms know no clock, environment, socket, file or chance: same input, same bytes."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from tests.architecture.sources import PACKAGE, Source, parse_source, read_sources

PURE_ROOMS = frozenset(
    {"model", "expressions", "kinds", "checks", "provisioning", "plan", "report"}
)

IMPURE_MODULES = frozenset(
    "asyncio fileinput getpass glob importlib.resources io locale multiprocessing os platform"
    " random secrets shutil signal socket ssl subprocess sys tempfile threading time uuid".split()
)
IMPURE_NAMES = frozenset({"pathlib.Path", "datetime.date.today"})
IMPURE_CALLS = frozenset({"open", "input", "print", "hash", "id", "breakpoint", "__import__"})
IMPURE_METHODS = frozenset(
    "now utcnow today getenv read_text read_bytes write_text write_bytes urandom".split()
)


def find_impurities(source: Source) -> list[str]:
    found = []
    excused = {id(node) for node in _iter_hashing(source.tree)}
    for node in ast.walk(source.tree):
        if id(node) in excused:
            continue
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            found += [f"{source.name}:{node.lineno} {name}" for name in _impure_imports(node)]
        elif isinstance(node, ast.Call) and (what := _impure_call(node.func)):
            found.append(f"{source.name}:{node.lineno} {what}")
    return found


def _iter_hashing(tree: ast.Module) -> Iterator[ast.AST]:
    """Yield what stands in a `__hash__`: the one place where a hash of this process is right."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and node.name == "__hash__":
            yield from ast.walk(node)


def _impure_imports(node: ast.Import | ast.ImportFrom) -> list[str]:
    names = [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        names = [node.module or "", *(f"{node.module}.{name}" for name in names)]
    impure = IMPURE_MODULES | IMPURE_NAMES
    return [name for name in names if name in impure or name.split(".")[0] in impure]


def _impure_call(function: ast.expr) -> str | None:
    if isinstance(function, ast.Name) and function.id in IMPURE_CALLS:
        return function.id
    if isinstance(function, ast.Attribute) and function.attr in IMPURE_METHODS:
        return function.attr
    return None


def test_the_pure_rooms_touch_nothing_outside() -> None:
    rooms = [source for source in read_sources() if source.room in PURE_ROOMS]

    assert rooms
    assert [found for source in rooms for found in find_impurities(source)] == []


def test_model_needs_the_standard_library_alone() -> None:
    foreign = [
        f"{source.name}:{node.lineno} {node.module}"
        for source in read_sources()
        if source.room == "model"
        for node in ast.walk(source.tree)
        if isinstance(node, ast.ImportFrom)
        and (node.module or "").split(".")[0] == "reconciler"
        and not (node.module or "").startswith("reconciler.model")
    ]

    assert foreign == []


@pytest.mark.parametrize(
    "line",
    [
        "import os",
        "import os.path",
        "from os import environ",
        "from pathlib import Path",
        "from importlib.resources import files",
        "from datetime import datetime; datetime.now()",
        "import random",
        "open('rules.yaml')",
        "print('hello')",
        "hash('name')",
        "path.read_text()",
    ],
)
def test_each_way_out_is_found(line: str) -> None:
    assert find_impurities(parse_source(line, path=PACKAGE / "model" / "sample.py"))


@pytest.mark.parametrize(
    "line",
    [
        "from pathlib import PurePosixPath",
        "from datetime import timedelta",
        "import re, hashlib",
        "def __hash__(self): return hash(self.name)",
    ],
)
def test_what_is_pure_passes(line: str) -> None:
    assert not find_impurities(parse_source(line))
