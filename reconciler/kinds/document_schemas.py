"""
The schema of each document: its frame with the schema of every kind mounted at the kind's slot.

Frames and kind schemas are files that the caller reads; the result is committed, so that editors
and `validate` see one file a document.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import deepcopy

from reconciler.kinds.kind import Kind
from reconciler.kinds.registry import KINDS
from reconciler.model.changes import Support
from reconciler.model.estates import DocumentType
from reconciler.model.nodes import Plain

Schema = dict[str, Plain]

_OWN_TEXTS = frozenset({"$schema", "title", "description", "examples", "type"})
_KINDS = "x-kinds"


def assemble(
    frames: Mapping[str, Schema],
    kind_schemas: Mapping[str, Schema],
    *,
    kinds: Iterable[Kind] = tuple(KINDS.values()),
) -> dict[str, Schema]:
    """
    Return the schema of each document by its name, members in the order of documents.

    `frames` are by document, `kind_schemas` by kind. A member that a frame gives as `{}` keeps a
    place for a kind. Raises KeyError for a document without a frame or a kind without a schema.
    """
    known = tuple(kinds)
    assembled: dict[str, Schema] = {}
    for document in DocumentType:
        schema = deepcopy(frames[document.value])
        mounted = [kind for kind in known if kind.document is document]
        for kind in sorted(mounted, key=lambda kind: len(kind.slot)):
            _mount(schema, kind.slot, _closed(kind_schemas[kind.name], kind_schemas))
        assembled[document.value] = _mapping(_with_names(schema, known))
    return assembled


def _mount(frame: Schema, slot: tuple[str, ...], schema: Schema) -> None:
    if not slot:
        _merge(frame, schema)
        return
    parent = frame
    for step in slot[:-1]:
        parent = _member(parent, step)
    place = _member(parent, slot[-1])
    place.clear()
    place.update({name: value for name, value in schema.items() if name != "$schema"})


def _merge(frame: Schema, schema: Schema) -> None:
    """Add the members and demands of a kind that is the document itself."""
    for name, value in schema.items():
        if name == "properties":
            _mapping(frame.setdefault("properties", {})).update(_mapping(value))
        elif name == "required":
            frame["required"] = [*_list(frame.get("required")), *_list(value)]
        elif name not in _OWN_TEXTS:
            frame[name] = value


def _member(parent: Schema, step: str) -> Schema:
    """Return the schema of a member, or of every member for `*`; it is made where it is missing."""
    if step == "*":
        return _mapping(parent.setdefault("additionalProperties", {}))
    return _mapping(_mapping(parent.setdefault("properties", {})).setdefault(step, {}))


def _closed(part: Plain, kind_schemas: Mapping[str, Schema]) -> Schema:
    """Return a kind's schema with what it refers to in other kinds' schemas put in place."""
    return _mapping(_inlined(part, kind_schemas))


def _inlined(part: Plain, kind_schemas: Mapping[str, Schema]) -> Plain:
    if isinstance(part, list):
        return [_inlined(item, kind_schemas) for item in part]
    if not isinstance(part, dict):
        return part
    reference = part.get("$ref")
    if isinstance(reference, str) and not reference.startswith("#"):
        file, _, path = reference.partition("#/")
        found: Plain = kind_schemas[file.removesuffix(".schema.json")]
        for step in path.split("/"):
            found = _mapping(found)[step]
        return _inlined(found, kind_schemas)
    return {name: _inlined(value, kind_schemas) for name, value in part.items()}


def _with_names(part: Plain, kinds: tuple[Kind, ...]) -> Plain:
    """Return a schema in which `x-kinds: <support>` has become the names of those kinds."""
    if isinstance(part, list):
        return [_with_names(item, kinds) for item in part]
    if not isinstance(part, dict):
        return part
    whole = {name: _with_names(value, kinds) for name, value in part.items() if name != _KINDS}
    if _KINDS in part:
        named = [kind for kind in kinds if kind.support is Support(str(part[_KINDS]))]
        whole["enum"] = [kind.name for kind in named]
        whole["enumDescriptions"] = [kind.title for kind in named]
    return whole


def _mapping(value: Plain) -> Schema:
    if not isinstance(value, dict):
        raise TypeError(f"a schema has a mapping here, not {value!r}")
    return value


def _list(value: Plain) -> list[Plain]:
    return value if isinstance(value, list) else []
