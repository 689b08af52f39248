"""What a plan says about the time after it: steps by hand, runs, unmanaged rules, remedies."""

from __future__ import annotations

import re

from reconciler.model.changes import FollowUp, Step
from reconciler.model.plans import Plan, Unmanaged
from reconciler.report.findings_text import render_findings
from reconciler.report.markdown import render_markdown
from reconciler.report.outline import drift_outline, plan_outline
from reconciler.report.terminal import render_terminal
from tests.report.estates import (
    ATTRIBUTES,
    COST_CENTRE,
    LIVELY,
    SERVER,
    UNITS,
    change,
    field,
    finding,
    plan,
    rule,
)


def text_of(made: Plan, *, all_steps: bool = False) -> str:
    return render_terminal(plan_outline(made, all_steps=all_steps), width=200, colour=False)


def by_hand(number: int, *, name: str = "A", fields: int = 1) -> Plan:
    return plan(
        change(
            rule(name),
            is_manual=True,
            instructions=tuple(f"step {step}" for step in range(1, number + 1)),
            fields=[field(f"f{index}", "x" * 900, "y" * 900) for index in range(fields)],
        )
    )


def test_six_steps_by_hand_are_shown_before_the_text_folds_them() -> None:
    text = text_of(by_hand(9))

    assert "step 6\n" in text
    assert "step 7" not in text
    assert "… and 3 more steps (--steps prints them)" in text
    assert "more step" not in text_of(by_hand(6))
    assert "step 9" in text_of(by_hand(9), all_steps=True)


def test_markdown_shows_every_step_by_hand() -> None:
    text = render_markdown(plan_outline(by_hand(60)))

    assert all(f"`step {number}`" in text for number in range(1, 61))
    assert "more step" not in text


def test_markdown_folds_what_differs_before_the_steps_by_hand() -> None:
    text = render_markdown(plan_outline(by_hand(20, fields=30)), limit=5_000)

    assert all(f"`step {number}`" in text for number in range(1, 21))
    assert "xxxx" not in text


def test_a_change_that_is_not_by_hand_shows_its_steps_only_when_asked() -> None:
    text = render_markdown(plan_outline(plan(COST_CENTRE)))

    assert "by hand**" not in text


def test_the_runs_of_all_changes_are_one_list_with_each_connector_once() -> None:
    text = text_of(plan(COST_CENTRE, ATTRIBUTES, UNITS))
    _, listed = text.split("  runs needed")

    assert "corp: full import, then full synchronization\n" in listed
    assert listed.count("corp: ") == 1
    assert "this version starts none\n" in listed
    assert "runs needed" in render_markdown(plan_outline(plan(COST_CENTRE)))


def test_a_full_synchronization_makes_a_delta_synchronization_needless() -> None:
    delta = FollowUp(connector="corp", step=Step.DELTA_SYNCHRONIZATION)
    full = FollowUp(connector="corp", step=Step.FULL_SYNCHRONIZATION)

    text = text_of(
        plan(change(rule("A"), follow_ups=(delta,)), change(rule("B"), follow_ups=(full,)))
    )

    assert "runs needed   corp: full synchronization\n" in text


def test_runs_that_the_wizard_starts_are_told_apart() -> None:
    _, listed = text_of(plan(UNITS)).split("  runs needed")

    assert "corp: full import (the wizard starts it), then delta synchronization" in listed
    assert "this version starts none" not in listed


def test_what_another_change_needs_after_the_wizards_run_stands_behind_it() -> None:
    text = text_of(plan(UNITS, COST_CENTRE))

    assert "corp: full import (the wizard starts it), then full synchronization\n" in text


def test_a_run_of_the_wizard_does_not_stand_for_one_that_somebody_else_needs() -> None:
    delta = FollowUp(connector="corp", step=Step.DELTA_SYNCHRONIZATION)
    full = FollowUp(connector="corp", step=Step.FULL_SYNCHRONIZATION, by="wizard")

    text = text_of(plan(change(rule("A"), follow_ups=(delta, full))))

    assert "runs needed   corp: full synchronization\n" in text


def test_a_plan_that_needs_no_run_lists_none() -> None:
    assert "runs needed" not in text_of(plan(change(rule("A"))))


def test_unmanaged_rules_say_who_decides_and_how_they_come_into_git() -> None:
    stray = Unmanaged(address=rule("Stray"), name="Stray", server=SERVER)
    made = plan(unmanaged=(stray,))

    for text in (text_of(made), render_markdown(plan_outline(made))):
        assert "policy.prune" in text
        assert "reconciler import prod --from" in text
    assert "reconciler import prod --from" in render_markdown(drift_outline(made))
    assert "policy.prune" not in text_of(plan())


BEGINNING = "IIF(IsPresent([extensionAttribute7]), " * 15
TWO_TEXTS = (
    "flows.cn.expression",
    f"  in git     {BEGINNING}Trim([cn])",
    f"  on server  {BEGINNING}Left(Trim([cn]), 64)",
)


def test_two_long_texts_of_a_finding_are_shown_where_they_differ() -> None:
    found = finding("RC3102", expected=TWO_TEXTS)

    for text in (render_findings([found]), text_of(plan(findings=(found,)))):
        in_git = re.search(r"in git +(.*)", text)
        on_server = re.search(r"on server +(.*)", text)
        assert in_git is not None
        assert on_server is not None
        assert in_git[1].endswith("Trim([cn])")
        assert on_server[1].endswith("Left(Trim([cn]), 64)")
        assert len(on_server[1]) < 150


def test_one_long_word_is_cut_around_the_first_difference() -> None:
    found = finding(
        "RC3102",
        expected=(
            "description",
            f"  in git     {'a' * 900}b{'c' * 900}",
            f"  on server  {'a' * 900}",
        ),
    )

    text = render_findings([found])

    assert "abccc" in text
    assert max(map(len, text.splitlines())) < 450


def test_short_texts_of_a_finding_are_shown_whole() -> None:
    expected = ("flows.cn", "  in git     Trim([cn])", "  on server  (not there)")

    assert "    in git     Trim([cn])\n" in render_findings([finding(expected=expected)])


def test_a_remedy_names_the_environment_where_the_report_knows_it() -> None:
    found = finding(remedy="record it: reconciler snapshot ENV --from export:FOLDER")

    assert "reconciler snapshot prod --from" in text_of(plan(findings=(found,)))
    assert "reconciler snapshot prod --from" in render_markdown(
        drift_outline(plan(findings=(found,)))
    )
    assert "(ENV: the name of the environment)" in render_findings([found])


def test_a_plan_says_that_this_version_does_not_start_the_runs() -> None:
    text = text_of(LIVELY)

    assert "then   full synchronization of corp (not applied by this version)\n" in text
