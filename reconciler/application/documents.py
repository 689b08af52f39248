"""
What a server holds, as the documents that `import` would write: one value a document.

Each kind says what it writes and where; putting the pieces of one document together happens here.
Comparing with files that exist, and writing, is `importing`'s.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from reconciler.kinds.domain import ALL
from reconciler.kinds.kind import World, Written
from reconciler.kinds.registry import KINDS
from reconciler.model.estates import DocumentType
from reconciler.model.nodes import Plain
from reconciler.model.resources import Reading, Resource


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Owner:
    """Which document: its type, and the connector or rule that it is about."""

    type: DocumentType
    owner: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A live resource and what is written for it."""

    resource: Resource
    written: Written

    @property
    def document(self) -> Owner:
        """Return the document that the piece belongs to."""
        return Owner(type=self.written.document, owner=self.written.owner)


def pieces_of(live: Mapping[str, Reading], world: World) -> tuple[Piece, ...]:
    """Return what each kind writes for what it found, in the order of the registry."""
    pieces = []
    for name, kind in KINDS.items():
        for resource in live[name].resources:
            written = kind.written(resource, world)
            if written is not None:
                pieces.append(Piece(resource=resource, written=written))
    return tuple(pieces)


def documents_of(pieces: tuple[Piece, ...]) -> dict[Owner, dict[str, Plain]]:
    """Return the documents that the pieces make, keys in the order of the registry."""
    documents: dict[Owner, dict[str, Plain]] = {}
    for piece in pieces:
        _put(documents.setdefault(piece.document, {}), piece.written)
    for document in documents.values():
        shorten(document)
    return documents


def shorten(document: dict[str, Plain]) -> None:
    """Write a domain of which everything is taken, and nothing else is said, as `all`."""
    domains = document.get("domains")
    if isinstance(domains, dict):
        for name, value in domains.items():
            if value == {"organizational_units": ALL}:
                domains[name] = ALL


def _put(document: dict[str, Plain], written: Written) -> None:
    value = written.value
    if not written.path:
        document.update(value if isinstance(value, dict) else {})
        return
    place: dict[str, Plain] = document
    for step in written.path[:-1]:
        inner = place.setdefault(step, {})
        place = inner if isinstance(inner, dict) else {}
    last = written.path[-1]
    there = place.get(last)
    if isinstance(value, dict) and isinstance(there, dict):
        there.update(value)
    else:
        place[last] = value
