"""What is shipped with the program: schemas and the example estate, in a wheel or a checkout."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

_PACKAGE = Path(__file__).resolve().parents[2]


def shipped_folder(name: str) -> Path:
    """Return the folder `schemas` or `desired-state`: inside a wheel, beside it in a checkout."""
    inside = _PACKAGE / "shipped" / name
    return inside if inside.is_dir() else _PACKAGE.parent / name


@cache
def schema(name: str) -> dict[str, Any]:
    """Return one JSON Schema by the name of its document or result."""
    found: dict[str, Any] = json.loads(schema_text(name))
    return found


def schema_text(name: str) -> str:
    """Return a schema's file. Raises FileNotFoundError."""
    return (shipped_folder("schemas") / f"{name}.schema.json").read_text(encoding="utf-8")


def schema_names() -> tuple[str, ...]:
    """Return the names of all documents and results that have a schema."""
    suffix = ".schema.json"
    return tuple(
        sorted(
            path.name.removesuffix(suffix) for path in shipped_folder("schemas").glob(f"*{suffix}")
        )
    )
