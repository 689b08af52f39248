"""The reports as people see them, recorded; reviewed like code."""

from __future__ import annotations

from pathlib import Path

import pytest

from reconciler.report.findings_text import render_findings
from reconciler.report.github_annotations import render_annotations
from reconciler.report.markdown import LEAST_LIMIT, render_markdown
from reconciler.report.outline import (
    compare_outline,
    drift_outline,
    findings_outline,
    lineage_outline,
    plan_outline,
    server_words,
)
from reconciler.report.sarif import render_sarif
from reconciler.report.terminal import render_terminal
from tests.conftest import Golden
from tests.report.estates import (
    ALL_FINDINGS,
    COVERAGE,
    DAMAGED,
    DEPARTMENT,
    LIVELY,
    NOW,
    PROBLEMS,
    plan,
)

HERE = Path(__file__).parent / "golden"

OUTLINES = {
    "plan": plan_outline(LIVELY, now=NOW, saved_to="prod.plan.json"),
    "plan-steps": plan_outline(LIVELY, now=NOW, all_steps=True),
    "plan-damaged": plan_outline(DAMAGED, now=NOW),
    "plan-empty": plan_outline(plan(coverage=COVERAGE)),
    "drift": drift_outline(LIVELY, now=NOW),
    "drift-none": drift_outline(plan(coverage=COVERAGE), now=NOW),
    "compare": compare_outline(
        LIVELY.changes,
        one=server_words(LIVELY.servers[0], now=NOW),
        other="sync02.corp.contoso.com (staging), build 2.5.190.0",
    ),
    "compare-equal": compare_outline((), one="sync01", other="sync02", findings=PROBLEMS[:1]),
    "lineage": lineage_outline(DEPARTMENT, environment="prod"),
    "findings": findings_outline(ALL_FINDINGS, title="prod"),
}


@pytest.mark.parametrize("name", OUTLINES)
def test_the_terminal_form_is_the_recorded_one(golden: Golden, name: str) -> None:
    golden(HERE / f"{name}.txt", render_terminal(OUTLINES[name], width=118, colour=False))


@pytest.mark.parametrize("name", OUTLINES)
def test_the_markdown_form_is_the_recorded_one(golden: Golden, name: str) -> None:
    golden(HERE / f"{name}.md", render_markdown(OUTLINES[name]))


def test_a_narrow_terminal_wraps(golden: Golden) -> None:
    golden(HERE / "plan-narrow.txt", render_terminal(OUTLINES["plan"], width=72, colour=False))


def test_a_small_limit_folds_details_first(golden: Golden) -> None:
    golden(HERE / "plan-folded.md", render_markdown(OUTLINES["plan"], limit=LEAST_LIMIT))


def test_colours_are_the_recorded_ones(golden: Golden) -> None:
    text = render_terminal(OUTLINES["plan"], width=118, colour=True)

    golden(HERE / "plan-colour.txt", text.replace("\x1b", "ESC"))


def test_findings_read_like_a_compiler(golden: Golden) -> None:
    golden(HERE / "findings-of-one-file.txt", render_findings(PROBLEMS))
    golden(HERE / "findings-of-a-tree.txt", render_findings(ALL_FINDINGS))


def test_findings_for_machines_are_the_recorded_ones(golden: Golden) -> None:
    golden(HERE / "findings.annotations.txt", render_annotations(ALL_FINDINGS))
    golden(HERE / "findings.sarif.json", render_sarif(ALL_FINDINGS, version="0.1.0"))


def test_an_outline_without_findings_says_so() -> None:
    nothing = findings_outline((), title="prod")

    assert nothing.summary == "no problems; the desired state is valid."
