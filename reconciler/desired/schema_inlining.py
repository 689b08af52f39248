"""Schema inlining: local references replaced by what they name, so that checking never looks up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote

_NEVER_ASSERTS = frozenset({"title", "description", "examples", "default", "$comment"})


def inlined(schema: Mapping[str, Any]) -> dict[str, Any]:
    """
    Return an equivalent schema without `$ref` to `#/…`; only recursive references stay.

    What stands beside a reference is kept: its texts win over those of the target.
    """
    result: dict[str, Any] = _Inlining(schema).value(schema, ())
    return result


class _Inlining:
    def __init__(self, root: Mapping[str, Any]) -> None:
        self._root = root
        self._done: dict[str, Any] = {}

    def value(self, part: Any, open_references: tuple[str, ...]) -> Any:
        if isinstance(part, list):
            return [self.value(item, open_references) for item in part]
        if not isinstance(part, Mapping):
            return part
        reference = part.get("$ref")
        rest = {
            name: self.value(member, open_references)
            for name, member in part.items()
            if name != "$ref"
        }
        if not isinstance(reference, str):
            return rest
        if reference in open_references or not reference.startswith("#/"):
            return {"$ref": reference, **rest}
        return _together(self._target(reference, open_references), rest)

    def _target(self, reference: str, open_references: tuple[str, ...]) -> Any:
        if reference not in self._done:
            part: Any = self._root
            for step in reference.removeprefix("#/").split("/"):
                part = part[unquote(step).replace("~1", "/").replace("~0", "~")]
            self._done[reference] = self.value(part, (*open_references, reference))
        return self._done[reference]


def _together(target: Any, rest: dict[str, Any]) -> Any:
    if not rest:
        return target
    if isinstance(target, Mapping) and not (set(target) & set(rest)) - _NEVER_ASSERTS:
        return {**target, **rest}
    return {**rest, "allOf": [*rest.get("allOf", ()), target]}
