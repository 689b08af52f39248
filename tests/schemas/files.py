"""The schema files of the checkout, read once."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from reconciler.kinds.document_schemas import Schema, assemble
from tests.counterparts import ROOT

SCHEMAS = ROOT / "schemas"


def written(value: object) -> str:
    """Return JSON as every schema file has it: two blanks, members in their order, no escapes."""
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"


def read(path: Path) -> Schema:
    """Return one schema file."""
    schema: Schema = json.loads(path.read_text(encoding="utf-8"))
    return schema


@cache
def kind_schemas() -> dict[str, Schema]:
    """Return the schema of each kind by its name."""
    paths = sorted((SCHEMAS / "kinds").glob("*.schema.json"))
    return {path.name.removesuffix(".schema.json"): read(path) for path in paths}


@cache
def frames() -> dict[str, Schema]:
    """Return the frame of each document by its name."""
    return {path.stem: read(path) for path in sorted((SCHEMAS / "documents").glob("*.json"))}


@cache
def document_schemas() -> dict[str, Schema]:
    """Return the assembled schema of each document by its name."""
    return assemble(frames(), kind_schemas())
