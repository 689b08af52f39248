"""
Rules in documents: from a file's tree to a resource with places, for both kinds of rules.

The schema was checked before; what is left out gets its default in `normal_form`.
"""

from __future__ import annotations

from collections.abc import Mapping

from reconciler.kinds.rules.normal_form import from_document
from reconciler.model.addresses import Address
from reconciler.model.estates import Document
from reconciler.model.nodes import Node, Plain
from reconciler.model.places import Place
from reconciler.model.resources import Resource


def rule_resource(
    document: Document,
    *,
    address: Address,
    moved_from: Address | None = None,
    notes: Mapping[str, str] | None = None,
) -> Resource:
    """Return the resource of a rule's document, with the place of every field that it writes."""
    plain = document.root.plain()
    name = document.root.member("rule")
    return Resource(
        address=address,
        name=str(name.value) if name else address.name,
        fields=from_document(plain if isinstance(plain, dict) else {}),
        place=name.place if name else document.root.place,
        places=dict(_places(document.root, "")),
        moved_from=moved_from,
        notes=notes or {},
    )


def text_of(document: Document, member: str) -> str:
    """Return a member's text, or an empty text."""
    node = document.root.member(member)
    return node.value if node is not None and isinstance(node.value, str) else ""


def written_rule(resource: Resource, fields: Mapping[str, Plain]) -> dict[str, Plain]:
    """Return the head of a rule's document, then its fields."""
    return {"rule": resource.name, "connector": resource.address.connector, **fields}


def _places(node: Node, path: str) -> list[tuple[str, Place]]:
    found: list[tuple[str, Place]] = []
    for name, member in node.members():
        inner = f"{path}.{name}" if path else name
        found.append((inner, member.place))
        found.extend(_places(member, inner))
    for number, item in enumerate(node.items()):
        inner = f"{path}[{number}]"
        found.append((inner, item.place))
        found.extend(_places(item, inner))
    return found
