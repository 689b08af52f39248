"""`plan`: what would change on a server so that it is as the working tree says."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from difflib import get_close_matches
from pathlib import Path

from reconciler.application.assembly.reading import assess_environment, commit_of, open_tree
from reconciler.application.assessing import refuse_unreadable
from reconciler.application.exits import Exit, exit_of_plan
from reconciler.application.live_side import read_judged, too_old
from reconciler.application.outputs import store_output
from reconciler.application.phases import phase
from reconciler.application.refusals import usage
from reconciler.application.servers import addressed_server
from reconciler.kinds.registry import KINDS
from reconciler.model.addresses import Address, parse_address
from reconciler.model.findings import quoted
from reconciler.model.nodes import Plain
from reconciler.model.plans import Plan
from reconciler.plan.building import Request, build_plan
from reconciler.plan.differences import matches
from reconciler.plan.encoding import encode_plan
from reconciler.plan.policy import policy_of, roles_of
from reconciler.plan.sides import declared_resources


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanOptions:
    """What to plan, as the command line says it."""

    folder: str
    environment: str
    live: tuple[str, ...] = ()
    server: str | None = None
    targets: tuple[str, ...] = ()
    is_detailed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A plan with what the reader needs around it."""

    plan: Plan
    is_recording: bool
    is_detailed: bool
    is_too_old: bool
    notes: tuple[str, ...] = ()

    @property
    def exit_code(self) -> Exit:
        """Return the plan's exit code; a reading that is too old is blocked by policy."""
        code = exit_of_plan(self.plan, is_detailed=self.is_detailed)
        return Exit.BLOCKED if self.is_too_old and code in (Exit.DONE, Exit.CHANGES) else code

    def encode(self) -> dict[str, Plain]:
        """Return the members of the JSON result."""
        return {"findings": [], "notes": [*self.notes], "plan": encode_plan(self.plan)}


def plan(options: PlanOptions, now: datetime) -> Planned:
    """
    Return the plan of one server.

    Raises Refusal: 64 wrong usage, 65 invalid desired state, 6 nothing to read.
    """
    tree = open_tree(options.folder)
    targets = targets_of(options.targets)
    assessment = assess_environment(tree, options.environment)
    refuse_unreadable(assessment)
    server = addressed_server(roles_of(assessment.estate), options.server)
    live, assessment = read_judged(tree, assessment, server, options.live)
    with phase("asking git"):
        commit, note = commit_of(Path(options.folder) / options.environment)
    old = too_old(live.server, policy_of(assessment.estate).oldest_snapshot, now)
    request = Request(
        estate=assessment.estate,
        server=server,
        live=live.server,
        targets=targets,
        commit=commit,
        findings=(*live.findings, *assessment.warnings, *([old] if old else [])),
    )
    with phase("planning"):
        built = build_plan(request)
    refuse_unknown_targets(targets, request, built)
    return Planned(
        plan=built,
        is_recording=live.is_recording,
        is_detailed=options.is_detailed,
        is_too_old=old is not None,
        notes=(note,) if note else (),
    )


def targets_of(texts: tuple[str, ...]) -> tuple[Address, ...]:
    """Return the addresses that the texts name. Raises Refusal (64)."""
    targets = []
    for text in texts:
        try:
            address = parse_address(text)
        except ValueError as error:
            raise usage(
                f"{quoted(text)} is no address",
                expected=("kind, kind/connector or kind/connector/name",),
                remedy='for example --target "sync-rule/corp/In from AD - User - HR"',
            ) from error
        if address.kind not in KINDS:
            raise usage(f"there is no kind {quoted(address.kind)}", expected=tuple(KINDS))
        targets.append(address)
    return tuple(targets)


def refuse_unknown_targets(targets: tuple[Address, ...], request: Request, built: Plan) -> None:
    """Raise Refusal (64) for a target that neither git nor the server has: it hides everything."""
    declared = declared_resources(request.estate, request.server)
    known = {address for resources in declared.values() for address in resources}
    known |= {parse_address(text) for text in built.live_fingerprints}
    for target in targets:
        if target.connector and not any(matches(address, target) for address in known):
            own_kind = sorted(str(address) for address in known if address.kind == target.kind)
            nearest = get_close_matches(str(target), own_kind, n=3, cutoff=0.5)
            raise usage(
                f"neither git nor the server has {quoted(str(target))}",
                expected=tuple(nearest) or (f"{len(own_kind)} addresses of kind {target.kind}",),
                remedy=f"did you mean {quoted(nearest[0])}?" if nearest else "",
            )


def save_plan(plan: Plan, file: str) -> None:
    """Save a plan for its owner alone."""
    text = json.dumps(encode_plan(plan), indent=2, sort_keys=True, ensure_ascii=False) + "\n"
    store_output(file, text, is_private=True)
