"""
Exported configurations of any size: the default rules of one, multiplied.

Connectors and the metaverse schema stay as they are; each further copy of a rule gets its own
identifier, name, tag and precedence, so that it is a default rule of its own.
"""

from __future__ import annotations

import re
import shutil
import uuid
from pathlib import Path

_RULES = "SynchronizationRules"
_FIRST_DEFAULT = 100
_NAMESPACE = uuid.UUID("5d6c9be4-6d3a-4d8e-9a0e-3f1f0f6a1c55")


def multiply_export(source: Path, target: Path, *, times: int) -> int:
    """Write the export `source` to `target` with every rule `times` times; return their number."""
    shutil.copytree(source, target, ignore=shutil.ignore_patterns(_RULES))
    folder = target / _RULES
    folder.mkdir()
    precedence = _FIRST_DEFAULT
    for file in _by_precedence(source / _RULES):
        text = file.read_text(encoding="utf-8-sig")
        for number in range(times):
            identifier = str(uuid.uuid5(_NAMESPACE, f"{file.name} {number}"))
            copy = folder / f"SynchronizationRule_{{{identifier}}}.xml"
            copy.write_text(_copy(text, number, identifier, precedence), encoding="utf-8")
            precedence += 1
    return precedence - _FIRST_DEFAULT


def _by_precedence(folder: Path) -> list[Path]:
    """Return the rule files in order of precedence, so that the copies keep the engine's order."""
    return sorted(folder.glob("*.xml"), key=lambda file: (_precedence(file), file.name))


def _precedence(file: Path) -> int:
    found = re.search(r"<precedence>(\d+)<", file.read_text(encoding="utf-8-sig"))
    return int(found[1]) if found else 0


def _copy(text: str, number: int, identifier: str, precedence: int) -> str:
    text = re.sub(r"<(id|internal-id)>[^<]*<", rf"<\1>{{{identifier}}}<", text)
    text = re.sub(r"<precedence>\d+<", f"<precedence>{precedence}<", text)
    if number == 0:
        return text
    text = re.sub(r"<name>([^<]*)<", rf"<name>\1 {number:03}<", text, count=1)
    tag = r"<immutable-tag>([^<.]*\.[^<.]*)\.(\d+)<"
    return re.sub(tag, rf"<immutable-tag>\1Part{number:03}.\2<", text)
