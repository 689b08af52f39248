"""
The reference page of finding codes, found in the sources where they are declared.

Checks and the codes of files bring a sentence of their own; any other code has it as a comment
beside its number.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from reconciler.checks.registry import CHECKS
from reconciler.desired.codes import Code

ROOT = Path(__file__).resolve().parents[2]
"""The checkout."""

_CODE = re.compile(r"RC\d{4}")
_COMMENT = re.compile(r'"RC\d{4}"\s+#\s*(\S.*)$')
_CHAPTERS = {
    "RC10": "Files",
    "RC11": "YAML",
    "RC12": "Schemas",
    "RC13": "Secrets",
    "RC14": "Expressions",
    "RC20": "Identity and order of rules",
    "RC21": "Form of rules",
    "RC22": "Attribute filters",
    "RC23": "Against the schema of a server",
    "RC24": "Connectors",
    "RC25": "Server settings",
    "RC26": "Topology",
    "RC31": "What a server has and git does not know, and the other way round",
    "RC32": "Wishes that cannot be fulfilled",
    "RC33": "Readings",
    "RC40": "Sources",
    "RC41": "Command line and results",
    "RC42": "Readings that say too little",
    "RC90": "The program itself",
}
_HEAD = """\
# Finding codes

A finding says where, what is wrong, what was expected and what to do; its code is permanent. The
first digit tells the area: 1 files, 2 checks, 3 planning, 4 the world outside, 9 the program. This
page is generated from the code; the codes of [checks](checks.md) are explained there at length.
"""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Declared:
    """A code, the module that declares it, and what it means; empty where nothing says it."""

    code: str
    module: str
    meaning: str


def codes_page() -> str:
    """Return the page as Markdown, a table for each area."""
    parts = [_HEAD]
    for prefix, group in groupby(declared_codes(), key=lambda entry: entry.code[:4]):
        rows = "\n".join(_row(entry) for entry in group)
        head = "| code | what is found | declared in |\n| --- | --- | --- |"
        parts.append(f"## {_CHAPTERS[prefix]}\n\n{head}\n{rows}\n")
    return "\n".join(parts)


def declared_codes(package: Path = ROOT / "reconciler") -> list[Declared]:
    """Return every code that a module of a package declares, sorted by code and module."""
    known = {check.code: check.title for check in CHECKS} | {
        member.value: member.meaning for member in Code
    }
    return sorted({entry for path in package.rglob("*.py") for entry in _in_module(path, known)})


def _in_module(path: Path, known: dict[str, str]) -> Iterator[Declared]:
    text = path.read_text(encoding="utf-8")
    lines = text.splitlines()
    module = path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else path.name
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Constant) and _CODE.fullmatch(str(node.value)):
            code = str(node.value)
            comment = _COMMENT.search(lines[node.lineno - 1])
            meaning = comment[1] if comment else known.get(code, "")
            yield Declared(code=code, module=module, meaning=meaning)


def _row(entry: Declared) -> str:
    is_check = any(check.code == entry.code for check in CHECKS)
    code = f"[{entry.code}](checks.md#{entry.code.lower()})" if is_check else entry.code
    return f"| {code} | {entry.meaning} | `{entry.module}` |"
