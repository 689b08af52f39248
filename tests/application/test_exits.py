"""Exit codes: which one a plan or a list of findings has when several apply."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from reconciler.application.exits import MEANINGS, Exit, exit_of_findings, exit_of_plan
from reconciler.model.findings import Concern, Finding, Severity
from reconciler.model.plans import KindCoverage, Plan
from reconciler.model.snapshots import State
from tests.plan.estates import estate, live, plan, rule

EMPTY = replace(plan(estate(), live()), coverage=())
CHANGING = replace(plan(estate(rule()), live()), coverage=())


def finding(severity: Severity, concern: Concern) -> Finding:
    return Finding(code="RC3201", severity=severity, concern=concern, what="x")


def covered(state: State, *, declared: bool) -> KindCoverage:
    return KindCoverage(kind="x", server="sync01", state=state, declared=declared)


INVALID = finding(Severity.ERROR, Concern.DESIRED)
DAMAGED = finding(Severity.ERROR, Concern.SOURCE)
DIFFERENT = finding(Severity.WARNING, Concern.LIVE)


def test_every_code_has_a_meaning() -> None:
    assert MEANINGS.keys() == {*Exit}


@pytest.mark.parametrize(
    ("found", "plain", "detailed"),
    [
        (EMPTY, Exit.DONE, Exit.DONE),
        (CHANGING, Exit.DONE, Exit.CHANGES),
        (replace(EMPTY, findings=(DIFFERENT,)), Exit.DONE, Exit.CHANGES),
        (replace(CHANGING, findings=(DAMAGED,)), Exit.INCOMPLETE, Exit.INCOMPLETE),
        (replace(CHANGING, findings=(DAMAGED, INVALID)), Exit.INVALID, Exit.INVALID),
    ],
)
def test_invalid_wins_over_incomplete_and_that_over_changes(
    found: Plan, plain: Exit, detailed: Exit
) -> None:
    assert exit_of_plan(found, is_detailed=False) is plain
    assert exit_of_plan(found, is_detailed=True) is detailed


@pytest.mark.parametrize(("state", "declared"), [*product(State, [True, False])])
def test_a_plan_is_incomplete_by_damage_and_by_what_is_declared_and_unread(
    state: State, *, declared: bool
) -> None:
    found = replace(EMPTY, coverage=(covered(state, declared=declared),))
    is_incomplete = state is State.DAMAGED or (state is State.ABSENT and declared)

    assert (exit_of_plan(found, is_detailed=False) is Exit.INCOMPLETE) is is_incomplete


@pytest.mark.parametrize(("severity", "concern"), [*product(Severity, Concern)])
def test_only_errors_about_files_and_sources_have_a_code(
    severity: Severity, concern: Concern
) -> None:
    codes = {
        (Severity.ERROR, Concern.DESIRED): Exit.INVALID,
        (Severity.ERROR, Concern.SOURCE): Exit.INCOMPLETE,
    }

    assert exit_of_findings([finding(severity, concern)]) is codes.get(
        (severity, concern), Exit.DONE
    )


def test_findings_together_have_the_code_that_wins() -> None:
    assert exit_of_findings([DAMAGED, INVALID]) is Exit.INVALID
    assert exit_of_findings([]) is Exit.DONE
