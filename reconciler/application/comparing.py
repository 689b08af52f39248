"""
`compare`: two sources against each other, without desired state.

Active and staging, old and new server: the second source is read as if it were declared, and the
plan that would turn the first one into it is the answer (decision E16).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from reconciler.application.exits import Exit, exit_of_plan
from reconciler.application.phases import phase
from reconciler.application.refusals import usage
from reconciler.application.snapshotting import read_sound
from reconciler.model.findings import Finding, in_order
from reconciler.model.nodes import Plain
from reconciler.model.plans import Plan, ServerFacts
from reconciler.model.snapshots import Server
from reconciler.plan.encoding import encode_plan
from reconciler.plan.parity import build_parity
from reconciler.plan.raw_leaves import PARITY, raw_findings


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What differs between two servers, as the plan that would turn the first into the second."""

    first: ServerFacts
    second: ServerFacts
    plan: Plan
    is_detailed: bool

    @property
    def exit_code(self) -> Exit:
        """Return the exit code of the plan."""
        return exit_of_plan(self.plan, is_detailed=self.is_detailed)

    def encode(self) -> dict[str, Plain]:
        """Return the members of the JSON result."""
        return {"findings": [], "plan": encode_plan(self.plan)}


def compare(first: str, second: str, *, is_detailed: bool = False) -> Comparison:
    """Return what differs. Raises Refusal: 64 for no source, 6 for a damaged one."""
    one, findings_one = _one_server(first)
    other, findings_other = _one_server(second)
    with phase("comparing"):
        plan = build_parity(one, other)
    findings = [*findings_one, *findings_other, *plan.findings, *raw_findings(one, other, PARITY)]
    return Comparison(
        first=plan.servers[0],
        second=plan.servers[1],
        plan=replace(plan, findings=in_order(findings)),
        is_detailed=is_detailed,
    )


def _one_server(text: str) -> tuple[Server, tuple[Finding, ...]]:
    recorded = read_sound(text)
    if len(recorded.snapshot.servers) != 1:
        names = tuple(server.name for server in recorded.snapshot.servers)
        raise usage("a source to compare must hold exactly one server", expected=names)
    return recorded.snapshot.servers[0], recorded.findings
