"""
A plan: what would change on one server, what stands in the way, and what could not be seen.

A value only; `plan` builds and encodes it, `report` prints it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from reconciler.model.addresses import Address
from reconciler.model.changes import Action, Change
from reconciler.model.findings import Concern, Finding
from reconciler.model.nodes import Plain
from reconciler.model.snapshots import State


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """What the plan was asked to look at: one server, and addresses (none means all)."""

    server: str
    targets: tuple[Address, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerFacts:
    """The server that was read, as the plan names it."""

    name: str
    role: str
    build: str | None
    read_at: str | None
    kind_of_source: str
    instance: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KindCoverage:
    """How far a kind was read on a server."""

    kind: str
    server: str
    state: State
    note: str = ""
    declared: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Blocked:
    """An address whose difference is known but must not be acted on, and why."""

    address: Address
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unmanaged:
    """A live thing that git does not know."""

    address: Address
    name: str
    server: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Changes in order, with everything a reviewer needs to judge them (decision D1)."""

    environment: str
    selection: Selection
    servers: tuple[ServerFacts, ...]
    desired_fingerprint: str
    commit: str | None
    live_fingerprints: Mapping[str, str]
    content_hash: str
    changes: tuple[Change, ...]
    unmanaged: tuple[Unmanaged, ...] = ()
    findings: tuple[Finding, ...] = ()
    coverage: tuple[KindCoverage, ...] = ()
    blocked: tuple[Blocked, ...] = ()
    impact: Plain = None

    def count(self, action: Action) -> int:
        """Return how many changes of an action the tool itself would make; manual ones apart."""
        return sum(1 for change in self.changes if change.action is action and not change.is_manual)

    @property
    def manual_count(self) -> int:
        """Return how many changes a person has to make."""
        return sum(1 for change in self.changes if change.is_manual)

    @property
    def has_differences(self) -> bool:
        """Tell whether live and desired differ in any way that decision D6 counts."""
        return bool(self.changes or self.unmanaged) or any(
            finding.concern is Concern.LIVE for finding in self.findings
        )
