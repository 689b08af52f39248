"""
The two sides of a comparison: what each kind declares and what it found, before anything is judged.

Settling relative wishes is the kinds' own; comparing is `differences`'.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from reconciler.kinds.kind import World
from reconciler.kinds.naming import Naming, name_connectors
from reconciler.kinds.registry import KINDS
from reconciler.model.addresses import Address
from reconciler.model.estates import Estate
from reconciler.model.findings import Finding
from reconciler.model.resources import Reading, Resource
from reconciler.model.snapshots import Server


@dataclass(frozen=True, slots=True, kw_only=True)
class Sides:
    """Desired resources and live readings by kind, with the world they were settled in."""

    desired: Mapping[str, Mapping[Address, Resource]]
    live: Mapping[str, Reading]
    world: World
    findings: tuple[Finding, ...] = ()


def declared_resources(estate: Estate, server: str) -> dict[str, dict[Address, Resource]]:
    """Return what git declares for a server, by kind and address."""
    return {
        name: {resource.address: resource for resource in kind.declared(estate, server)}
        for name, kind in KINDS.items()
    }


def found_resources(server: Server, naming: Naming) -> dict[str, Reading]:
    """Return what each kind found on a server."""
    return {name: kind.found(server, naming) for name, kind in KINDS.items()}


def sides_of(estate: Estate, server: Server, *, name: str, is_whole: bool = True) -> Sides:
    """Return both sides for the declared server `name`, which `server` is a reading of."""
    naming = name_connectors(server, estate)
    return settled(
        declared_resources(estate, name),
        found_resources(server, naming),
        naming,
        name=name,
        is_whole=is_whole,
    )


def settled(
    desired: Mapping[str, Mapping[Address, Resource]],
    live: Mapping[str, Reading],
    naming: Naming,
    *,
    name: str,
    is_whole: bool = True,
) -> Sides:
    """Return the sides with every relative wish of the desired one solved."""
    world = World(server=name, naming=naming, desired=desired, live=live, is_whole=is_whole)
    resources: dict[str, Mapping[Address, Resource]] = {}
    findings: list[Finding] = []
    for kind_name, kind in KINDS.items():
        outcome = kind.settle(desired[kind_name], world)
        resources[kind_name] = outcome.resources
        findings.extend(outcome.findings)
    return Sides(desired=resources, live=live, world=world, findings=tuple(findings))
