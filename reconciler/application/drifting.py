"""
`drift`: does the server still hold what the committed desired state says?

Reads the last commit, not the working tree; outside git the working tree, and says so (decision
B5). Leaves that no kind models are compared with the recording.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from reconciler.application.assembly.reading import (
    assess_environment,
    open_tree,
    repository_of,
)
from reconciler.application.exits import Exit, exit_of_plan
from reconciler.application.live_side import read_live_side
from reconciler.application.planning import refuse_invalid
from reconciler.application.servers import addressed_server
from reconciler.desired.committed_tree import CommittedTree
from reconciler.desired.trees import FileTree
from reconciler.model.findings import in_order
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
    tree, commit, notes = _committed(options.folder)
    assessment = assess_environment(tree, options.environment)
    refuse_invalid(assessment)
    roles = roles_of(assessment.estate)
    server = addressed_server(roles, options.server)
    live = read_live_side(
        server,
        options.live,
        declared=tuple(roles),
        recordings=assessment.recordings,
        environment=options.environment,
    )
    plan = build_plan(
        Request(
            estate=assessment.estate,
            server=server,
            live=live.server,
            commit=commit,
            findings=live.findings,
        )
    )
    recording = assessment.recordings.get(server)
    if recording is None:
        notes = (*notes, "settings that no kind models were not compared: there is no recording")
    elif not live.is_recording:
        raw = raw_findings(recording, live.server)
        plan = replace(plan, findings=in_order([*plan.findings, *raw]))
    return Drift(
        plan=plan,
        is_committed=commit is not None,
        is_recording=live.is_recording,
        is_detailed=options.is_detailed,
        notes=notes,
    )


def _committed(folder: str) -> tuple[FileTree, str | None, tuple[str, ...]]:
    working = open_tree(folder)
    repository, note = repository_of(Path(folder))
    head = repository.head() if repository else None
    if repository is None or head is None:
        why = note or "not in a git repository with a commit"
        return working, None, (f"{why}: the working tree was compared instead",)
    files = repository.files_at_head(Path(folder))
    if not files.paths():
        return working, None, ("nothing is committed here: the working tree was compared instead",)
    return CommittedTree(working.label, files), head.commit, ()
