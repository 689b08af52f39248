"""
What an import changes: the live side as new documents, edits of existing ones, and what is surplus.

Pure: files are read and written by `importing`, single edits are worded by `amending`. An address
that git does not mention stays unmentioned in a document that exists (it is unmanaged on purpose);
a new document is complete.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from reconciler.application.amending import Held, edits_of
from reconciler.application.documents import Owner, Piece, documents_of, pieces_of
from reconciler.desired.editing import MISSING, Edit
from reconciler.desired.layout import path_for
from reconciler.kinds.rules.tags import parse_tag
from reconciler.model.addresses import Address
from reconciler.model.estates import Document, DocumentType, Estate
from reconciler.model.findings import Finding
from reconciler.model.nodes import Plain
from reconciler.model.resources import Resource
from reconciler.model.snapshots import Server
from reconciler.plan.sides import Sides, sides_of

_RULES = {DocumentType.SYNC_RULE: "sync-rule", DocumentType.DEFAULT_RULE: "default-rule"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """
    What an adoption goes by.

    `folder` is what the paths of the estate's documents begin with; `adopted` are default rules
    whose hand edit is to be recorded as the new baseline.
    """

    folder: str
    adopted: frozenset[Address] = frozenset()

    def inside(self, document: Document) -> str:
        """Return a document's path inside its environment."""
        return document.file.removeprefix(f"{self.folder}/")


@dataclass(slots=True, kw_only=True)
class Adoption:
    """What to write, by path inside the environment."""

    created: dict[str, tuple[DocumentType, dict[str, Plain]]] = field(default_factory=dict)
    edits: dict[str, list[Edit]] = field(default_factory=dict)
    changed_fields: dict[str, tuple[str, ...]] = field(default_factory=dict)
    surplus: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    unknown_defaults: tuple[Address, ...] = ()  # asked for, but not on the server


def adopt(estate: Estate, server: Server, name: str, terms: Terms) -> Adoption:
    """Return what an import of `server` as the declared server `name` writes."""
    sides = sides_of(estate, server, name=name)
    pieces = pieces_of(sides.live, sides.world)
    adoption = Adoption()
    existing = _existing(estate)
    _add_new(adoption, estate, pieces, existing, terms)
    composed = documents_of(pieces)
    for piece in pieces:
        if piece.document in existing:
            held = Held(existing[piece.document], composed[piece.document])
            desired = sides.desired[piece.resource.address.kind].get(piece.resource.address)
            is_adopted = piece.resource.address in terms.adopted
            if desired is not None:
                edits = edits_of(piece, desired, held, is_adopted=is_adopted)
                _note(adoption, held.document, edits, terms)
    _remove_closed(adoption, existing, sides, terms)
    adoption.surplus = _surplus(existing, pieces, sides, terms)
    known = sides.live["default-rule"].by_address().keys()
    adoption.unknown_defaults = tuple(sorted(terms.adopted - known))
    adoption.findings = tuple(
        finding for reading in sides.live.values() for finding in reading.findings
    )
    return adoption


def _existing(estate: Estate) -> dict[Owner, Document]:
    found = {}
    for document in estate.documents:
        owner = ""
        if document.type is DocumentType.CONNECTOR:
            owner = _text(document, "connector")
        elif document.type in _RULES:
            owner = str(_rule_address(document))
        found[Owner(type=document.type, owner=owner)] = document
    return found


def _rule_address(document: Document) -> Address:
    alias, name = _text(document, "connector"), _text(document, "rule")
    if document.type is DocumentType.DEFAULT_RULE:
        node = document.root.at("baseline", "tag")
        tag = parse_tag(str(node.value)) if node else None
        return Address("default-rule", alias, tag.agnostic if tag else name)
    return Address("sync-rule", alias, name)


def _text(document: Document, member: str) -> str:
    node = document.root.member(member)
    return str(node.value) if node else ""


def _add_new(
    adoption: Adoption,
    estate: Estate,
    pieces: Sequence[Piece],
    existing: Mapping[Owner, Document],
    terms: Terms,
) -> None:
    moved = {resource.moved_from for document in estate.documents for resource in _moves(document)}
    new = [
        piece
        for piece in pieces
        if piece.document not in existing and piece.resource.address not in moved
    ]
    documents = documents_of(tuple(new))
    addresses = {piece.document: piece.resource for piece in new}
    names = _file_names(estate, addresses, terms)
    for owner, document in documents.items():
        adoption.created[names[owner]] = (owner.type, document)


def _moves(document: Document) -> list[Resource]:
    old = document.root.member("moved_from")
    if old is None or document.type is not DocumentType.SYNC_RULE:
        return []
    address = _rule_address(document)
    moved_from = Address(address.kind, address.connector, str(old.value))
    return [Resource(address=address, name=address.name, fields={}, moved_from=moved_from)]


def _file_names(
    estate: Estate, resources: Mapping[Owner, Resource], terms: Terms
) -> dict[Owner, str]:
    """Return a path for each new document; two names with one slug get a suffix (decision A3)."""
    taken = {terms.inside(document) for document in estate.documents}
    names: dict[Owner, str] = {}
    for owner, resource in sorted(resources.items()):
        alias = resource.address.connector
        name = resource.name if owner.type in _RULES else ""
        path = path_for(owner.type, alias=alias, name=name)
        number = 1
        while path in taken:
            number += 1
            path = path_for(owner.type, alias=alias, name=f"{name} {number}")
        taken.add(path)
        names[owner] = path
    return names


def _note(adoption: Adoption, document: Document, edits: Sequence[Edit], terms: Terms) -> None:
    if not edits:
        return
    path = terms.inside(document)
    adoption.edits.setdefault(path, []).extend(edits)
    fields = [".".join(str(step) for step in edit.path) for edit in edits]
    adoption.changed_fields[path] = (*adoption.changed_fields.get(path, ()), *fields)


def _remove_closed(
    adoption: Adoption, existing: Mapping[Owner, Document], sides: Sides, terms: Terms
) -> None:
    """Take out of a closed list what the server no longer has in it (decision A1)."""
    live = sides.live["domain"].by_address()
    for address, resource in sides.desired["domain"].items():
        there = live.get(address)
        if resource.fields["selected"] is True and there and there.fields["selected"] is False:
            document = existing[Owner(type=DocumentType.CONNECTOR, owner=address.connector)]
            _note(adoption, document, [Edit(path=("domains", resource.name), value=MISSING)], terms)


def _surplus(
    existing: Mapping[Owner, Document], pieces: Sequence[Piece], sides: Sides, terms: Terms
) -> tuple[str, ...]:
    """Return the files of rules that the server does not have; unreadable ones are not surplus."""
    found = {piece.document for piece in pieces}
    unreadable = {str(address) for reading in sides.live.values() for address in reading.unreadable}
    moving = {
        str(resource.address) for document in existing.values() for resource in _moves(document)
    }
    return tuple(
        sorted(
            terms.inside(document)
            for owner, document in existing.items()
            if owner.type in _RULES
            and owner not in found
            and owner.owner not in unreadable
            and owner.owner not in moving
        )
    )
