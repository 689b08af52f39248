"""The group whose direct members alone are synchronized: for pilots only (adsync-server.md 9)."""

from __future__ import annotations

from typing import ClassVar

from reconciler.kinds.comparison import distinguished_name
from reconciler.kinds.connector_settings import WIZARD, ConnectorSetting
from reconciler.kinds.kind import Draft, OperationDraft, World
from reconciler.kinds.naming import Naming, is_entra
from reconciler.kinds.server_settings import VALUE
from reconciler.model.changes import FollowUp, Risk, Step, Support
from reconciler.model.nodes import Plain
from reconciler.model.resources import Reading, Resource
from reconciler.model.snapshots import ConnectorTree, Server

_PARAMETER = "Connector.GroupFilteringGroupDn"
_PAGE = f"{WIZARD} → Filter users and devices"


class GroupFilter(ConnectorSetting):
    """The group's DN, or null: no group filter."""

    name = "group-filter"
    title = "group filter"
    slot = ("group_filter",)
    fields: ClassVar = {VALUE: distinguished_name}
    support = Support.MANUAL
    hand_tool_runs_steps = True
    rank = 60

    def value_of(self, connector: ConnectorTree, naming: Naming) -> Plain:
        """Return the DN as the connector holds it, or None."""
        return _parameter(connector) or None

    def read(self, server: Server, naming: Naming) -> Reading:
        """Return the filter of each AD connector; no parameter at all is unread."""
        resources: list[Resource] = [
            self.of(alias, self.value_of(connector, naming))
            for alias, connector in naming.connectors.items()
            if not is_entra(connector) and _parameter(connector) is not None
        ]
        return Reading(resources=tuple(resources))

    def risk(self, draft: Draft) -> Risk:
        """Judge: a filter that comes or changes leaves people out; one that goes lets all in."""
        return Risk.SCOPE_WIDENING if draft.after(VALUE) is None else Risk.SCOPE_SHRINKING

    def operations(self, draft: Draft) -> tuple[OperationDraft, ...]:
        """Return none: nothing but the wizard turns group filtering on or off (3.2)."""
        return ()

    def follow_ups(self, draft: Draft, world: World) -> tuple[FollowUp, ...]:
        """Return the cycle that the wizard starts itself (8.1, marked uncertain)."""
        alias = draft.address.connector
        return (
            FollowUp(connector=alias, step=Step.FULL_IMPORT),
            FollowUp(connector=alias, step=Step.FULL_SYNCHRONIZATION),
        )

    def instructions(self, draft: Draft, world: World) -> tuple[str, ...]:
        """Return the wizard's page."""
        wanted = draft.after(VALUE)
        if wanted is None:
            return (
                f'{_PAGE}: select "Synchronize all users and devices"',
                "this cannot be undone: a group filter that was left cannot be enabled again",
            )
        return (
            (
                "group filtering is chosen when the product is first installed: "
                "it cannot be enabled on a running server"
            ),
            (
                'install a new staging server: on its page "Filter users and devices" select '
                f'"Synchronize selected" and enter {wanted} (only direct members count)'
            ),
            "compare the two servers, then switch over",
        )


def _parameter(connector: ConnectorTree) -> str | None:
    return connector["parameters"].get("global", {}).get(_PARAMETER)
