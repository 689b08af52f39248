"""
The edits that make a document say what the server holds: only fields whose meaning differs.

Which documents there are, and which of them are new or surplus, is `adopting`'s.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from reconciler.application.documents import Piece
from reconciler.desired.editing import MISSING, Edit
from reconciler.kinds.kind import Kind
from reconciler.kinds.minimum_build import build_number
from reconciler.kinds.registry import KINDS
from reconciler.kinds.rules.normal_form import from_document, to_document
from reconciler.kinds.rules.tags import parse_tag
from reconciler.model.estates import Document, DocumentType
from reconciler.model.nodes import Plain
from reconciler.model.resources import Resource


@dataclass(frozen=True, slots=True)
class Held:
    """A document that exists, and what it would be if it were written anew."""

    document: Document
    anew: Mapping[str, Plain]

    def edit(self, path: tuple[str, ...]) -> Edit:
        """Return the edit of a path, or of the nearest place above it that both forms have."""
        for length in range(len(path), 0, -1):
            parent = self.document.root.at(*path[: length - 1])
            value = _at(self.anew, path[:length])
            if value is not None and parent is not None and isinstance(parent.value, Mapping):
                return Edit(path=path[:length], value=value[0])
        raise KeyError(path)


def edits_of(piece: Piece, desired: Resource, held: Held, *, is_adopted: bool) -> list[Edit]:
    """
    Return the edits of one live resource in the document that declares it.

    `is_adopted` records a default rule as the server has it although somebody edited it.
    """
    kind = KINDS[piece.resource.address.kind]
    if held.document.type is DocumentType.DEFAULT_RULE:
        return _baseline_edits(piece, desired, is_adopted=is_adopted)
    if held.document.type is DocumentType.SYNC_RULE:
        return _rule_edits(piece, desired)
    return _slot_edits(kind, piece, desired, held)


def _at(value: Mapping[str, Plain], path: tuple[str, ...]) -> tuple[Plain] | None:
    place: Plain = dict(value)
    for step in path:
        if not isinstance(place, dict) or step not in place:
            return None
        place = place[step]
    return (place,)


def _differing(kind: Kind, desired: Resource, live: Resource) -> list[str]:
    return [
        name
        for name, comparison in kind.fields.items()
        if name in desired.fields
        and name in live.fields
        and any(True for _ in comparison.differences(name, desired.fields[name], live.fields[name]))
    ]


def _slot_edits(kind: Kind, piece: Piece, desired: Resource, held: Held) -> list[Edit]:
    names = _differing(kind, desired, piece.resource)
    if not names:
        return []
    value = piece.written.value
    if isinstance(value, dict) and set(names) <= set(value):
        return [held.edit((*piece.written.path, name)) for name in names]
    return [held.edit(piece.written.path)]


def _rule_edits(piece: Piece, desired: Resource) -> list[Edit]:
    kind = KINDS[piece.resource.address.kind]
    wanted = piece.written.value if isinstance(piece.written.value, dict) else {}
    edits: list[Edit] = []
    for name in _differing(kind, desired, piece.resource):
        if name == "flows":
            edits.extend(_flow_edits(desired, wanted))
        else:
            edits.append(Edit(path=(name,), value=wanted.get(name, MISSING)))
    return edits


def _flow_edits(desired: Resource, wanted: Mapping[str, Plain]) -> list[Edit]:
    there = _mapping(to_document(desired.fields).get("flows"))
    live = _mapping(wanted.get("flows"))
    full = _mapping(desired.fields["flows"])
    edits = []
    for target in sorted(there.keys() | live.keys()):
        if target not in live:
            edits.append(Edit(path=("flows", target), value=MISSING))
        elif target not in there or _flow_differs(full, live, target):
            edits.append(Edit(path=("flows", target), value=live[target]))
    return edits


def _flow_differs(full: Mapping[str, Plain], live: Mapping[str, Plain], target: str) -> bool:
    normal = _mapping(from_document({"flows": {target: live[target]}})["flows"])
    flows = KINDS["sync-rule"].fields["flows"]
    return flows.normal({target: full[target]}) != flows.normal(normal)


def _baseline_edits(piece: Piece, desired: Resource, *, is_adopted: bool) -> list[Edit]:
    """Refresh a baseline on a higher tag or build, or when asked; `disabled` always (A8)."""
    live = piece.resource
    wanted = piece.written.value if isinstance(piece.written.value, dict) else {}
    is_newer = _number(live) > _number(desired) or build_number(live.notes["build"]) > build_number(
        desired.notes.get("build", "")
    )
    if is_newer or is_adopted:
        return _whole_rule(wanted, desired, live)
    if desired.fields["disabled"] != live.fields["disabled"]:
        return [Edit(path=("disabled",), value=wanted.get("disabled", MISSING))]
    return []


def _whole_rule(wanted: Mapping[str, Plain], desired: Resource, live: Resource) -> list[Edit]:
    kind = KINDS["default-rule"]
    has_same_baseline = all(
        desired.notes.get(name) == live.notes.get(name) for name in ("tag", "build")
    )
    if has_same_baseline and not _differing(kind, desired, live):
        return []
    names = ["rule", "baseline", "precedence", *_differing(kind, desired, live)]
    return [Edit(path=(name,), value=wanted.get(name, MISSING)) for name in dict.fromkeys(names)]


def _number(resource: Resource) -> int:
    tag = parse_tag(resource.notes.get("tag", ""))
    return tag.number if tag else 0


def _mapping(value: Plain) -> dict[str, Plain]:
    return value if isinstance(value, dict) else {}
