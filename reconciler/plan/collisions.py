"""
Numbers that a plan would take although a rule that it leaves alone has them.

Precedences are unique over all rules of a server (adsync-server.md 5.5): the vendor refuses the
second one or shifts others. Such a change is told and not acted on.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reconciler.kinds.kind import Draft
from reconciler.model.addresses import Address
from reconciler.model.findings import Concern, Finding, Severity, quoted
from reconciler.model.plans import Blocked
from reconciler.model.resources import Resource
from reconciler.plan.sides import Sides

PRECEDENCE_TAKEN = "RC3204"  # a rule that git does not know has the number on the server


@dataclass(frozen=True, slots=True, kw_only=True)
class Collision:
    """A change that cannot be made, and what is said about it."""

    blocked: Blocked
    finding: Finding


def find_collisions(sides: Sides, drafts: list[Draft]) -> Iterator[Collision]:
    """Yield a collision for each change whose new number an unmanaged rule has."""
    desired = sides.desired["sync-rule"]
    changing = {draft.live.address for draft in drafts if draft.live is not None}
    unmanaged = {
        int(resource.notes["precedence"]): resource
        for resource in sides.live["sync-rule"].resources
        if resource.address not in desired and resource.address not in changing
    }
    for draft in drafts:
        if draft.address.kind != "sync-rule" or draft.desired is None:
            continue
        if any(change.path == "precedence" for change in draft.fields):
            number = draft.desired.fields["precedence"]
            holder = unmanaged.get(number) if isinstance(number, int) else None
            if holder is not None:
                yield _collision(draft.desired, holder, draft.address)


def _collision(wanted: Resource, holder: Resource, address: Address) -> Collision:
    number = wanted.fields["precedence"]
    return Collision(
        blocked=Blocked(
            address=address,
            reason=f"precedence {number} belongs to {quoted(holder.name)}, which git does not know",
        ),
        finding=Finding(
            code=PRECEDENCE_TAKEN,
            severity=Severity.WARNING,
            concern=Concern.LIVE,
            what=f"precedence {number} is taken on the server by {quoted(holder.name)}",
            place=wanted.place_of("precedence"),
            address=address,
            expected=("a number that no other rule of the server has",),
            remedy=f"choose another number; for the same rule under a new name write "
            f"moved_from: {holder.name}",
        ),
    )
