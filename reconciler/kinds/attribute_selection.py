"""Which attributes a connector reads and writes, in full (adsync-server.md 4.6)."""

from __future__ import annotations

from typing import ClassVar

from reconciler.kinds.comparison import exact_members
from reconciler.kinds.connector_settings import (
    SERVICE_MANAGER,
    ConnectorSetting,
    members_come,
    members_gone,
)
from reconciler.kinds.kind import Draft, World
from reconciler.kinds.naming import Naming, is_entra
from reconciler.kinds.server_settings import VALUE
from reconciler.model.changes import FollowUp, Risk, Step, Support
from reconciler.model.nodes import Plain
from reconciler.model.snapshots import ConnectorTree


class AttributeSelection(ConnectorSetting):
    """The attribute inclusion list of a connector; names are case-sensitive (decision A6)."""

    name = "attribute-selection"
    title = "attribute selection"
    slot = ("attributes",)
    fields: ClassVar = {VALUE: exact_members}
    support = Support.UNSUPPORTED
    rank = 20

    def value_of(self, connector: ConnectorTree, naming: Naming) -> Plain:
        """Return the list, sorted without regard to case."""
        return [*sorted(set(connector["attributes"]), key=lambda name: (name.casefold(), name))]

    def risk(self, draft: Draft) -> Risk:
        """Judge: an attribute that is no longer read is absent for every rule."""
        return Risk.BEHAVIOUR

    def follow_ups(self, draft: Draft, world: World) -> tuple[FollowUp, ...]:
        """Return full import, and full synchronization where the connector feeds (8.1)."""
        alias = draft.address.connector
        steps = [FollowUp(connector=alias, step=Step.FULL_IMPORT)]
        connector = world.naming.connectors.get(alias)
        if connector is None or not is_entra(connector):
            steps.append(FollowUp(connector=alias, step=Step.FULL_SYNCHRONIZATION))
        return tuple(steps)

    def instructions(self, draft: Draft, world: World) -> tuple[str, ...]:
        """Return the dialog; the documentation contradicts itself about it (4.6)."""
        directory = world.naming.server_name(draft.address.connector)
        return (
            (f"{SERVICE_MANAGER} → {directory} → Properties → Select Attributes (Show All):"),
            *(f"clear {name}" for name in members_gone(draft)),
            *(f"select {name}" for name in members_come(draft)),
        )
