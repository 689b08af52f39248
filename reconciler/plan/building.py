"""
A plan from desired state and one reading of a server.

Everything is given as values; which reading belongs to which declared server was decided before.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from reconciler.kinds.naming import name_connectors
from reconciler.model.addresses import Address
from reconciler.model.estates import Estate
from reconciler.model.findings import Finding, in_order
from reconciler.model.plans import Plan, Selection, ServerFacts
from reconciler.model.snapshots import Server
from reconciler.plan.changing import Terms, build_changes
from reconciler.plan.collisions import find_collisions
from reconciler.plan.differences import Scope, find_differences
from reconciler.plan.fingerprints import content_hash, desired_fingerprint, live_fingerprints
from reconciler.plan.policy import policy_of, roles_of
from reconciler.plan.sides import declared_resources, found_resources, settled


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What to plan: an estate against the reading `live` of its declared server `server`."""

    estate: Estate
    server: str
    live: Server
    targets: tuple[Address, ...] = ()
    commit: str | None = None
    findings: tuple[Finding, ...] = ()  # of reading the source


def build_plan(request: Request) -> Plan:
    """Return the plan; the same request gives the same plan."""
    policy = policy_of(request.estate)
    targets = tuple(sorted(set(request.targets)))
    declared = declared_resources(request.estate, request.server)
    naming = name_connectors(request.live, request.estate)
    sides = settled(
        declared,
        found_resources(request.live, naming),
        naming,
        name=request.server,
        is_whole=not targets,
    )
    found = find_differences(
        sides, Scope(targets=targets, deletes_unmanaged=policy.deletes_unmanaged_rules)
    )
    terms = Terms(allow_unsupported=policy.allow_unsupported, left_out=tuple(found.left_out))
    changes, waiting = build_changes(found.drafts, sides.world, terms)
    collisions = tuple(find_collisions(sides, found.drafts))
    role = roles_of(request.estate).get(request.server, "")
    plan = Plan(
        environment=request.estate.environment,
        selection=Selection(server=request.server, targets=targets),
        servers=(server_facts(request.live, name=request.server, role=role),),
        desired_fingerprint=desired_fingerprint(request.estate, declared),
        commit=request.commit,
        live_fingerprints=live_fingerprints(sides.live.values()),
        content_hash="",
        changes=changes,
        unmanaged=tuple(found.unmanaged),
        findings=in_order(
            [*request.findings, *found.findings, *(item.finding for item in collisions)]
        ),
        coverage=tuple(found.coverage),
        blocked=(*found.blocked, *waiting, *(item.blocked for item in collisions)),
    )
    return replace(plan, content_hash=content_hash(plan))


def server_facts(server: Server, *, name: str, role: str) -> ServerFacts:
    """Return what a plan says about the server that was read."""
    return ServerFacts(
        name=name,
        role=role,
        build=server.build,
        read_at=server.read_at,
        kind_of_source=server.kind_of_source,
        instance=server.instance,
    )
