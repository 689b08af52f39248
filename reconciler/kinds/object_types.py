"""Which object types a connector reads (adsync-server.md 4.2, 4.6 and 0.4, item 13)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import ClassVar

from reconciler.kinds.comparison import members_ignoring_case
from reconciler.kinds.connector_settings import (
    SERVICE_MANAGER,
    ConnectorSetting,
    members_come,
    members_gone,
)
from reconciler.kinds.kind import Draft, OperationDraft, World, Written
from reconciler.kinds.naming import Naming
from reconciler.kinds.server_settings import VALUE
from reconciler.model.changes import FollowUp, Risk, Step, Support
from reconciler.model.nodes import Node, Plain
from reconciler.model.resources import Reading, Resource
from reconciler.model.snapshots import ConnectorTree, Server

STRUCTURAL = frozenset({"container", "domaindns", "organizationalunit"})
"""Classes that the hierarchy needs; they are implied and always kept (adsync-server.md 4.5)."""


class ObjectTypes(ConnectorSetting):
    """The object types of a connector, structural ones left out."""

    name = "object-types"
    title = "object types"
    slot = ("object_types",)
    fields: ClassVar = {VALUE: members_ignoring_case}
    support = Support.UNSUPPORTED
    rank = 20

    def of(self, alias: str, value: Plain, node: Node | None = None) -> Resource:
        """Return the resource without structural types, whichever side names them."""
        names = value if isinstance(value, list) else []
        chosen: list[Plain] = [name for name in names if str(name).casefold() not in STRUCTURAL]
        return super().of(alias, chosen, node)

    def value_of(self, connector: ConnectorTree, naming: Naming) -> Plain:
        """Return the types that the selected partitions have in common or at all."""
        chosen = [part["object_classes"] for part in connector["partitions"] if part["selected"]]
        types = {name for classes in chosen for name in classes}
        return [*sorted(types, key=lambda name: (name.casefold(), name))]

    def read(self, server: Server, naming: Naming) -> Reading:
        """Return the types; connectors whose partitions disagree are told in the note."""
        reading = super().read(server, naming)
        uneven = [alias for alias, tree in naming.connectors.items() if not _agree(tree)]
        if not uneven:
            return reading
        note = f"the partitions of {', '.join(uneven)} read different object types; shown together"
        return Reading(resources=reading.resources, note=note)

    def written(self, resource: Resource, world: World) -> Written | None:
        """Return the list where the partitions agree: no document says it by partition (A9)."""
        connector = world.naming.connectors.get(resource.address.connector)
        if connector is not None and not _agree(connector):
            return None
        return super().written(resource, world)

    def operations(self, draft: Draft) -> tuple[OperationDraft, ...]:
        """Return the write of the list, types that the server has in the server's spelling."""
        there = draft.live.fields[VALUE] if draft.live else []
        known = {str(name).casefold(): name for name in (there if isinstance(there, list) else [])}
        return tuple(
            replace(operation, value={self.name: _respelled(operation.value[self.name], known)})
            for operation in super().operations(draft)
        )

    def risk(self, draft: Draft) -> Risk:
        """Judge: objects of a type that is no longer read are deleted from the connector space."""
        return Risk.SCOPE_SHRINKING if members_gone(draft) else Risk.SCOPE_WIDENING

    def follow_ups(self, draft: Draft, world: World) -> tuple[FollowUp, ...]:
        """Return full import and full synchronization (adsync-server.md 8.1, marked uncertain)."""
        alias = draft.address.connector
        return (
            FollowUp(connector=alias, step=Step.FULL_IMPORT),
            FollowUp(connector=alias, step=Step.FULL_SYNCHRONIZATION),
        )

    def instructions(self, draft: Draft) -> tuple[str, ...]:
        """Return the dialog (adsync-server.md 4.6)."""
        return (
            f"{SERVICE_MANAGER} → {draft.address.connector} → Properties → Select Object Types:",
            *(f"clear {name}" for name in members_gone(draft)),
            *(f"select {name}" for name in members_come(draft)),
        )


def _respelled(names: Plain, known: Mapping[str, Plain]) -> list[Plain]:
    listed = names if isinstance(names, list) else []
    return [known.get(str(name).casefold(), name) for name in listed]


def _agree(connector: ConnectorTree) -> bool:
    chosen = {
        frozenset(name.casefold() for name in part["object_classes"]) - STRUCTURAL
        for part in connector["partitions"]
        if part["selected"]
    }
    return len(chosen) <= 1
