"""Two readings against each other: the plan that would turn the first server into the second."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from reconciler.kinds.naming import Naming, forest_of, name_connectors
from reconciler.kinds.registry import KINDS
from reconciler.model.plans import Plan, Selection
from reconciler.model.resources import Reading
from reconciler.model.snapshots import ConnectorTree, Server, State
from reconciler.plan.building import server_facts
from reconciler.plan.changing import Terms, build_changes
from reconciler.plan.differences import Scope, find_differences
from reconciler.plan.fingerprints import content_hash, digest, live_fingerprints
from reconciler.plan.sides import found_resources, settled

_EXPECTATIONS = ("minimum-build", "staging-mode")
"""What an environment expects of a server: two servers may differ in it, and say so themselves."""


def build_parity(first: Server, second: Server) -> Plan:
    """
    Return the plan; a kind that one of the two could not read takes no part.

    Default rules count by order, custom rules by number, everything else by value.
    """
    naming, other = _namings(first, second)
    wanted = found_resources(second, other)
    there = found_resources(first, naming)
    for name in _EXPECTATIONS:
        wanted[name] = there[name] = Reading()
    desired = {name: reading.by_address() for name, reading in wanted.items()}
    live = {name: _readable(reading, wanted[name]) for name, reading in there.items()}
    sides = settled(desired, live, naming, name=first.name)
    found = find_differences(sides, Scope(is_parity=True))
    changes, waiting = build_changes(
        found.drafts, sides.world, Terms(allow_unsupported=frozenset(KINDS))
    )
    plan = Plan(
        environment="",
        selection=Selection(server=first.name),
        servers=(
            server_facts(first, name=first.name, role=""),
            server_facts(second, name=second.name, role=""),
        ),
        desired_fingerprint=digest({**live_fingerprints(wanted.values())}),
        commit=None,
        live_fingerprints=live_fingerprints(there.values()),
        content_hash="",
        changes=changes,
        unmanaged=tuple(found.unmanaged),
        findings=tuple(found.findings),
        coverage=tuple(
            replace(entry, declared=False) if entry.state is State.ABSENT else entry
            for entry in found.coverage
        ),
        blocked=(*found.blocked, *waiting),
    )
    return replace(plan, content_hash=content_hash(plan))


def _namings(first: Server, second: Server) -> tuple[Naming, Naming]:
    """Return the namings of both servers; one forest has one alias on both."""
    by_forest: dict[str, ConnectorTree] = {}
    for server in (first, second):
        for connector in server.tree.get("connectors", []):
            by_forest.setdefault(forest_of(connector).casefold(), connector)
    both = replace(first, tree={"connectors": [*by_forest.values()]})
    aliases = {
        forest_of(connector).casefold(): alias
        for alias, connector in name_connectors(both, None).connectors.items()
    }
    return _named(first, aliases), _named(second, aliases)


def _named(server: Server, aliases: Mapping[str, str]) -> Naming:
    connectors: dict[str, ConnectorTree] = {}
    for alias, connector in name_connectors(server, None).connectors.items():
        shared = aliases[forest_of(connector).casefold()]
        connectors[alias if shared in connectors else shared] = connector
    return Naming(connectors=connectors, known=frozenset(connectors))


def _readable(reading: Reading, other: Reading) -> Reading:
    """Let a kind take part only where both sides were read."""
    if reading.state is State.READ and other.state is not State.READ:
        return Reading(state=other.state, note=f"the second source: {other.note}")
    return reading
