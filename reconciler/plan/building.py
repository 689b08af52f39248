"""
A plan from desired state and one reading of a server.

Everything is given as values; which reading belongs to which declared server was decided before.
"""

from __future__ import annotations

from dataclasses import dataclass

from reconciler.kinds.naming import name_connectors
from reconciler.model.addresses import Address
from reconciler.model.estates import Estate
from reconciler.model.findings import Finding, in_order
from reconciler.model.plans import Plan, Selection, ServerFacts
from reconciler.model.snapshots import Server
from reconciler.plan.changing import build_changes
from reconciler.plan.differences import find_differences
from reconciler.plan.fingerprints import content_hash, desired_fingerprint, resource_fingerprint
from reconciler.plan.policy import policy_of, roles_of
from reconciler.plan.sides import Sides, declared_resources, found_resources, settled


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
    declared = declared_resources(request.estate, request.server)
    naming = name_connectors(request.live, request.estate)
    sides = settled(
        declared,
        found_resources(request.live, naming),
        naming,
        name=request.server,
        is_whole=not request.targets,
    )
    found = find_differences(
        sides, targets=request.targets, deletes_unmanaged=policy.deletes_unmanaged_rules
    )
    changes, waiting = build_changes(
        found.drafts, sides.world, allow_unsupported=policy.allow_unsupported
    )
    selection = Selection(server=request.server, targets=request.targets)
    role = roles_of(request.estate).get(request.server, "")
    fingerprint = desired_fingerprint(request.estate, declared)
    return Plan(
        environment=request.estate.environment,
        selection=selection,
        servers=(server_facts(request.live, name=request.server, role=role),),
        desired_fingerprint=fingerprint,
        commit=request.commit,
        live_fingerprints=_live_fingerprints(sides),
        content_hash=content_hash(
            environment=request.estate.environment,
            selection=selection,
            role=role,
            fingerprint=fingerprint,
            changes=changes,
        ),
        changes=changes,
        unmanaged=tuple(found.unmanaged),
        findings=in_order([*request.findings, *found.findings]),
        coverage=tuple(found.coverage),
        blocked=(*found.blocked, *waiting),
    )


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


def _live_fingerprints(sides: Sides) -> dict[str, str]:
    return {
        str(resource.address): resource_fingerprint(resource)
        for name in sorted(sides.live)
        for resource in sides.live[name].resources
    }
