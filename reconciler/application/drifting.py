"""
`drift`: does the server still hold what the committed desired state says?

Reads the last commit, not the working tree; outside git the working tree, and says so (decision
B5). Leaves that no kind models are compared with the recording.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from reconciler.application.assembly.reading import (
    assess_environment,
    committed,
    open_tree,
)
from reconciler.application.assessing import refuse_unreadable
from reconciler.application.exits import Exit, exit_of_plan
from reconciler.application.live_side import read_judged
from reconciler.application.phases import phase
from reconciler.application.refusals import usage
from reconciler.application.servers import addressed_server
from reconciler.desired.trees import FileTree
from reconciler.model.findings import in_order, quoted
from reconciler.model.nodes import Plain
from reconciler.model.plans import Plan
from reconciler.plan.building import Request, build_plan
from reconciler.plan.encoding import encode_plan
from reconciler.plan.policy import roles_of
from reconciler.plan.raw_leaves import raw_findings


@dataclass(frozen=True, slots=True, kw_only=True)
class Drift:
    """What differs between git and the server, as a plan that would put it right."""

    plan: Plan
    is_committed: bool
    is_recording: bool
    is_detailed: bool
    notes: tuple[str, ...] = ()

    @property
    def exit_code(self) -> Exit:
        """Return the exit code of the plan."""
        return exit_of_plan(self.plan, is_detailed=self.is_detailed)

    def encode(self) -> dict[str, Plain]:
        """Return the members of the JSON result."""
        return {
            "findings": [],
            "notes": [*self.notes],
            "committed": self.is_committed,
            "plan": encode_plan(self.plan),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class DriftOptions:
    """What to look at, as the command line says it."""

    folder: str
    environment: str
    live: tuple[str, ...] = ()
    server: str | None = None
    is_detailed: bool = False


def drift(options: DriftOptions) -> Drift:
    """Return what differs. Raises Refusal as `plan` does."""
    working = open_tree(options.folder)
    with phase("asking git"):
        last = committed(working, options.folder)
    tree = last.tree or working
    notes = () if last.tree else (f"{last.note}: the working tree was compared instead",)
    _refuse_new(working, tree, options.environment)
    assessment = assess_environment(tree, options.environment)
    refuse_unreadable(assessment)
    server = addressed_server(roles_of(assessment.estate), options.server)
    live, assessment = read_judged(tree, assessment, server, options.live)
    request = Request(
        estate=assessment.estate,
        server=server,
        live=live.server,
        commit=last.head.commit if last.head else None,
        findings=live.findings,
    )
    with phase("planning"):
        plan = build_plan(request)
    recording = assessment.recordings.get(server)
    if recording is None:
        notes = (*notes, "settings that no kind models were not compared: there is no recording")
    elif not live.is_recording:
        raw = raw_findings(recording.server, live.server)
        plan = replace(plan, findings=in_order([*plan.findings, *raw]))
    return Drift(
        plan=plan,
        is_committed=last.head is not None,
        is_recording=live.is_recording,
        is_detailed=options.is_detailed,
        notes=notes,
    )


def _refuse_new(working: FileTree, tree: FileTree, environment: str) -> None:
    """Refuse an environment that is only in the working tree: nobody merged it yet."""
    if environment in working.environments() and environment not in tree.environments():
        raise usage(
            f"environment {quoted(environment)} is not in the last commit",
            expected=tree.environments(),
            remedy=f"commit it first, or compare with: reconciler plan {environment}",
        )
