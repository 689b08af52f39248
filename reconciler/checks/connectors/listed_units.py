"""The organizational units that a configuration lists, each with its domain and place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reconciler.checks.subject import Subject, texts
from reconciler.kinds.distinguished_names import absolute, domain_dn, normal_dn
from reconciler.model.nodes import Node
from reconciler.model.places import Place
from reconciler.model.resources import Resource

LISTS = {"include": ("include", "inclusions"), "exclude": ("exclude", "exclusions")}


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedUnit:
    """A unit as a full DN; `is_included` tells which of the two lists it is in."""

    name: str
    is_included: bool
    resource: Resource
    place: Place | None

    @property
    def alias(self) -> str:
        """Return the alias of the connector."""
        return self.resource.address.connector

    @property
    def domain(self) -> str:
        """Return the DNS name of the domain under which the unit is listed."""
        return self.resource.address.name


def listed_units(subject: Subject) -> Iterator[ListedUnit]:
    """Yield the units of all domains in the order of their documents, included ones first."""
    for resource in subject.of_kind("organizational-units"):
        yield from units_of(resource, subject)


def units_of(resource: Resource, subject: Subject) -> Iterator[ListedUnit]:
    """Yield the units of one domain, the domain itself never among them."""
    node = _node(resource, subject)
    for field, slots in LISTS.items():
        places = _places(node, slots, domain_dn(resource.address.name))
        for name in texts(resource.fields.get(field)):
            yield ListedUnit(
                name=name,
                is_included=field == "include",
                resource=resource,
                place=places.get(normal_dn(name), resource.place),
            )


def _node(resource: Resource, subject: Subject) -> Node | None:
    domains = subject.node(resource, "domains")
    for name, node in domains.members() if domains else ():
        if name.casefold() == resource.address.name:
            return node.member("organizational_units")
    return None


def _places(node: Node | None, slots: tuple[str, ...], root: str) -> dict[str, Place]:
    found = {}
    for slot in slots:
        listed = node.member(slot) if node else None
        for item in reversed(listed.items() if listed else ()):
            found[normal_dn(absolute(str(item.value), root))] = item.place
    return found
