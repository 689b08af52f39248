"""
Exit codes and which one wins; the table in the documentation is made of this.

design.md section 6. What happened is the results' to say; here it only gets its number.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum

from reconciler.model.findings import Concern, Finding, Severity
from reconciler.model.plans import Plan
from reconciler.model.snapshots import State


class Exit(IntEnum):
    """The exit codes of every command."""

    DONE = 0
    DEFECT = 1
    CHANGES = 2
    BLOCKED = 3
    STALE = 4
    PARTLY = 5
    INCOMPLETE = 6
    LOCKED = 7
    REFUSED = 8
    USAGE = 64
    INVALID = 65
    INTERRUPTED = 130


MEANINGS = {
    Exit.DONE: "done; in sync, or nothing to complain about",
    Exit.DEFECT: "a defect of reconciler itself",
    Exit.CHANGES: "there are changes, manual steps, unmanaged rules or findings that live differs "
    "(only with `--detailed-exitcode`)",
    Exit.BLOCKED: "blocked by policy or budget",
    Exit.STALE: "the plan is stale",
    Exit.PARTLY: "applied partly, or held",
    Exit.INCOMPLETE: "incomplete: something that was needed could not be read",
    Exit.LOCKED: "locked by somebody else, or busy",
    Exit.REFUSED: "the world refused: sign-in, permission, network",
    Exit.USAGE: "wrong usage",
    Exit.INVALID: "the desired state is not valid; nothing was written",
    Exit.INTERRUPTED: "interrupted",
}
"""What each exit code means, as the documentation says it."""


def has_error(findings: Iterable[Finding], concern: Concern) -> bool:
    """Tell whether there is an error of a concern."""
    return any(item.severity is Severity.ERROR and item.concern is concern for item in findings)


def is_incomplete(plan: Plan) -> bool:
    """Tell whether something was damaged, or something declared was not read (decision B3)."""
    return has_error(plan.findings, Concern.SOURCE) or any(
        entry.state is State.DAMAGED or (entry.state is State.ABSENT and entry.declared)
        for entry in plan.coverage
    )


def exit_of_plan(plan: Plan, *, is_detailed: bool) -> Exit:
    """Return the exit code of a plan: 65 before 6 before 2."""
    if has_error(plan.findings, Concern.DESIRED):
        return Exit.INVALID
    if is_incomplete(plan):
        return Exit.INCOMPLETE
    return Exit.CHANGES if is_detailed and plan.has_differences else Exit.DONE


def exit_of_findings(findings: Iterable[Finding]) -> Exit:
    """Return the exit code of findings alone."""
    found = list(findings)
    if has_error(found, Concern.DESIRED):
        return Exit.INVALID
    return Exit.INCOMPLETE if has_error(found, Concern.SOURCE) else Exit.DONE
