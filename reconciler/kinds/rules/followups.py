"""
Which connectors need a full synchronization after a rule changed (adsync-server.md 8.1, decision D5).

An inbound rule concerns its own connector; an outbound one those that feed its metaverse objects.
"""

from __future__ import annotations

from collections.abc import Mapping

from reconciler.kinds.kind import Draft, World
from reconciler.model.changes import FollowUp, Step
from reconciler.model.nodes import Plain

_CREATING = ("provision", "sticky-join")
_COSMETIC = frozenset({"description"})


def rule_follow_ups(draft: Draft, world: World) -> tuple[FollowUp, ...]:
    """Return a full synchronization a connector concerned; none where only words changed."""
    if draft.fields and draft.paths <= _COSMETIC:
        return ()
    resource = draft.desired or draft.live
    fields: Mapping[str, Plain] = resource.fields if resource else {}
    if draft.live:
        fields = {**draft.live.fields, **fields}
    aliases = {draft.address.connector}
    if fields.get("direction") == "outbound":
        aliases = _feeding(str(fields.get("source")), world)
    return tuple(
        FollowUp(connector=alias, step=Step.FULL_SYNCHRONIZATION) for alias in sorted(aliases)
    )


def _feeding(metaverse_type: str, world: World) -> set[str]:
    """Return the connectors whose inbound rules create objects of a metaverse type."""
    sides = [
        *world.desired.get("sync-rule", {}).values(),
        *world.live["sync-rule"].resources,
        *world.live["default-rule"].resources,
    ]
    return {
        resource.address.connector
        for resource in sides
        if resource.fields["direction"] == "inbound"
        and resource.fields["target"] == metaverse_type
        and resource.fields["link"] in _CREATING
        and not resource.fields["disabled"]
    }
