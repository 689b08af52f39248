"""Two readings against each other: the plan that would turn the first server into the second."""

from __future__ import annotations

from dataclasses import replace

from reconciler.kinds.naming import Naming, name_connectors
from reconciler.kinds.registry import KINDS
from reconciler.model.plans import Plan, Selection
from reconciler.model.resources import Reading
from reconciler.model.snapshots import Server, State
from reconciler.plan.building import server_facts
from reconciler.plan.changing import build_changes
from reconciler.plan.differences import find_differences
from reconciler.plan.fingerprints import digest, resource_fingerprint
from reconciler.plan.sides import found_resources, settled

_ROLE_KIND = "staging-mode"
"""Two servers that are compared differ in their role on purpose."""


def build_parity(first: Server, second: Server) -> Plan:
    """
    Return the plan; a kind that one of the two could not read takes no part.

    Default rules count by order, custom rules by number, everything else by value.
    """
    naming = _naming(first)
    wanted = found_resources(second, _naming(second))
    there = found_resources(first, naming)
    desired = {
        name: {} if name == _ROLE_KIND else reading.by_address() for name, reading in wanted.items()
    }
    live = {name: _readable(reading, wanted[name]) for name, reading in there.items()}
    sides = settled(desired, live, naming, name=first.name)
    found = find_differences(sides, is_parity=True)
    changes, waiting = build_changes(found.drafts, sides.world, allow_unsupported=frozenset(KINDS))
    fingerprint = digest(
        {
            str(resource.address): resource_fingerprint(resource)
            for reading in wanted.values()
            for resource in reading.resources
        }
    )
    return Plan(
        environment="",
        selection=Selection(server=first.name),
        servers=(
            server_facts(first, name=first.name, role=""),
            server_facts(second, name=second.name, role=""),
        ),
        desired_fingerprint=fingerprint,
        commit=None,
        live_fingerprints={
            str(resource.address): resource_fingerprint(resource)
            for reading in there.values()
            for resource in reading.resources
        },
        content_hash=digest([fingerprint, first.name]),
        changes=changes,
        unmanaged=tuple(found.unmanaged),
        findings=tuple(found.findings),
        coverage=tuple(
            replace(entry, declared=False) if entry.state is State.ABSENT else entry
            for entry in found.coverage
        ),
        blocked=(*found.blocked, *waiting),
    )


def _naming(server: Server) -> Naming:
    naming = name_connectors(server, None)
    return replace(naming, known=frozenset(naming.connectors))


def _readable(reading: Reading, other: Reading) -> Reading:
    """Let a kind take part only where both sides were read."""
    if reading.state is State.READ and other.state is not State.READ:
        return Reading(state=other.state, note=f"the second source: {other.note}")
    return reading
