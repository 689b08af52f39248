"""Schema wording: types, values and paths of a document in the words of its readers."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from typing import Any

from reconciler.desired.secrets_scan import is_secret_slot
from reconciler.model.findings import quoted
from reconciler.model.nodes import Plain
from reconciler.model.secret_shapes import HIDDEN, masked

_FEW = 6
Path = Sequence[str | int]
"""Keys and positions from the root of a document to a value."""

_TYPES = {
    "string": "text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "null": "null",
    "array": "a list",
    "object": "a mapping",
}


def type_name(type_: str) -> str:
    """Return what people call a JSON type."""
    return _TYPES.get(type_, type_)


def named(path: Path) -> str:
    """
    Return how a finding names the value at a path.

    >>> named(["scope", 0, 1]), named(["flows", "department"]), named([])
    ('item 2 of item 1 of "scope"', '"department"', 'the document')
    """
    if not path:
        return "the document"
    last = path[-1]
    if isinstance(last, int):
        return f"item {last + 1} of {named(path[:-1])}"
    return quoted(masked(last))


def found(value: Plain, path: Path) -> str:
    """Return how a finding shows the value that stands at a path; secrets stay hidden."""
    if isinstance(value, str):
        if is_secret_slot(path):
            return f"text {HIDDEN}"
        return f"text {quoted(masked(value))}" if value else "empty text"
    if isinstance(value, list):
        return f"a list of {counted(len(value), 'item')}" if value else "an empty list"
    if isinstance(value, dict):
        return f"a mapping of {counted(len(value), 'key')}" if value else "an empty mapping"
    return shown(value, path)


def shown(value: Plain, path: Path) -> str:
    """Return a scalar as it would be written; secrets stay hidden."""
    if isinstance(value, bool) or value is None:
        return {True: "true", False: "false", None: "null"}[value]
    if isinstance(value, str):
        return quoted(HIDDEN if is_secret_slot(path) else masked(value))
    return str(value)


def listed(words: Sequence[str]) -> tuple[str, ...]:
    """Return the words as lines of at most 100 columns."""
    lines = textwrap.wrap(", ".join(words), 96, break_long_words=False, break_on_hyphens=False)
    return tuple(lines)


def alternatives(words: Sequence[str]) -> str:
    """
    Return words as alternatives.

    >>> alternatives(["a list", "text", "null"])
    'a list, text or null'
    """
    return " or ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))


def counted(number: int, noun: str) -> str:
    """Return a number with its noun in the right form."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def shape(schema: Mapping[str, Any] | bool) -> str:  # noqa: FBT001 - JSON Schema allows both
    """Return what a schema wants, in a few words."""
    if isinstance(schema, bool):
        return "anything" if schema else "nothing"
    if "const" in schema:
        return shown(schema["const"], ())
    if "enum" in schema:
        values = [shown(value, ()) for value in schema["enum"]]
        return alternatives(values if len(values) <= _FEW else [*values[:_FEW], "another of them"])
    types = schema.get("type", "object" if "properties" in schema else [])
    words = [type_name(type_) for type_ in ([types] if isinstance(types, str) else types)]
    required = schema.get("required", ())
    if words == ["a mapping"] and 1 <= len(required) <= 3:
        return "a mapping with " + " and ".join(f'"{key}"' for key in required)
    return alternatives(words) or str(schema.get("title", "another value"))
