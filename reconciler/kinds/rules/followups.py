"""
Which connectors need a full synchronization after a rule changed.

An inbound rule concerns its own connector; an outbound one those that feed its metaverse objects
(adsync-server.md 8.1, decision D5).
"""

from __future__ import annotations

from collections.abc import Mapping

from reconciler.kinds.kind import Draft, World
from reconciler.model.changes import Action, FollowUp, Step
from reconciler.model.nodes import Plain

_CREATING = ("provision", "sticky-join")
_COSMETIC = frozenset({"description"})


def rule_follow_ups(draft: Draft, world: World) -> tuple[FollowUp, ...]:
    """Return a full synchronization a connector concerned; none where only words changed."""
    if draft.action is Action.UPDATE and draft.paths <= _COSMETIC:
        return ()
    aliases = {
        alias
        for resource in (draft.live, draft.desired)
        if resource is not None
        for alias in _concerned(draft.address.connector, resource.fields, world)
    }
    return tuple(
        FollowUp(connector=alias, step=Step.FULL_SYNCHRONIZATION) for alias in sorted(aliases)
    )


def _concerned(alias: str, fields: Mapping[str, Plain], world: World) -> set[str]:
    if fields["direction"] == "outbound":
        return _feeding(str(fields["source"]), world)
    return {alias}


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
