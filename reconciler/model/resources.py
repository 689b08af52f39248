"""
A resource: one configured thing as normal values, from git or from a server alike.

Kinds make resources; the engine compares them field by field and never looks behind the values.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from reconciler.model.addresses import Address
from reconciler.model.findings import Finding
from reconciler.model.nodes import Plain
from reconciler.model.places import Place
from reconciler.model.snapshots import State


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """
    A thing and its fields.

    A field that is missing is *unmanaged* (desired) or *unread* (live): it is not compared. `name`
    is how people call the thing. `places` gives the place of a field by its name. `notes` carries
    what identifies or explains the thing without being compared (identifiers, tag number, build).
    """

    address: Address
    name: str
    fields: Mapping[str, Plain]
    place: Place | None = None
    places: Mapping[str, Place] = field(default_factory=dict)
    moved_from: Address | None = None
    notes: Mapping[str, str] = field(default_factory=dict)

    def place_of(self, path: str) -> Place | None:
        """Return the place of a field or of the nearest thing that has one."""
        return self.places.get(path, self.place)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """
    What one kind found in one source.

    `state` and `note` speak about the kind as a whole; `unreadable` are addresses that exist but
    could not be understood (two rules of one name), each explained by a finding.
    """

    resources: tuple[Resource, ...] = ()
    findings: tuple[Finding, ...] = ()
    state: State = State.READ
    note: str = ""
    unreadable: frozenset[Address] = frozenset()

    def by_address(self) -> dict[Address, Resource]:
        """Return the resources by address."""
        return {resource.address: resource for resource in self.resources}
