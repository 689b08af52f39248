"""What holds for every report of every plan, however hostile its names are."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from unicodedata import category

from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from reconciler.model.changes import Action
from reconciler.model.findings import Finding
from reconciler.model.plans import Plan
from reconciler.plan.encoding import encode_finding
from reconciler.report.findings_text import render_findings
from reconciler.report.github_annotations import render_annotations
from reconciler.report.machine import to_json
from reconciler.report.markdown import LEAST_LIMIT, LIMIT, render_markdown
from reconciler.report.markdown_text import prose
from reconciler.report.outline import compare_outline, drift_outline, plan_outline
from reconciler.report.sarif import render_sarif
from reconciler.report.terminal import render_terminal
from reconciler.report.wording import RISKS
from tests.counterparts import ROOT
from tests.report import hostile
from tests.report.estates import NOW
from tests.report.hostile import MARK

UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
ESCAPE_SEQUENCE = re.compile(r"\x1b\[[0-9;]*m")
OWN_HTML = re.compile(
    r"<details(?: open)?><summary><code>[^<>]*</code>"
    r"(?: (?:<b>)?[^<>]*(?:</b>[^<>]*)?)?</summary>\n?|</details>\n?"
)

some = settings(max_examples=40, deadline=None)


def unseen(text: str) -> set[str]:
    return {character for character in text if category(character) in UNSEEN} - {"\n"}


def outlines(plan: Plan) -> list[str]:
    return [
        render(outline)
        for outline in (
            plan_outline(plan, all_steps=True, now=NOW, saved_to=plan.environment),
            drift_outline(plan),
            compare_outline(plan.changes, one=plan.environment, other=MARK, findings=plan.findings),
        )
        for render in (
            render_markdown,
            lambda outline: render_terminal(outline, width=80, colour=False),
        )
    ]


def tokens_of(markdown: str) -> list[Token]:
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    tokens = parser.parse(markdown)
    return [*tokens, *(child for token in tokens for child in token.children or ())]


@some
@given(plan=hostile.plans, limit=st.sampled_from([LEAST_LIMIT, 8_000, LIMIT]))
def test_markdown_keeps_within_its_limit_and_never_drops_counts_and_risks(
    plan: Plan, limit: int
) -> None:
    text = render_markdown(plan_outline(plan, now=NOW), limit=limit)

    assert len(text.encode("utf-16-le")) // 2 <= limit
    assert prose(plan_outline(plan).summary) in text
    for risk in {change.risk for change in plan.changes}:
        assert re.search(rf"^\| \**{RISKS[risk]}\** \|", text, re.MULTILINE)
    assert "content hash" in text or not plan.content_hash


@some
@given(plan=hostile.plans)
def test_the_summary_counts_every_change_once(plan: Plan) -> None:
    summary = plan_outline(plan).summary
    numbers = [int(number) for number in re.findall(r"(\d+) (?:to|by) ", summary)]

    assert sum(numbers) == len(plan.changes)
    assert not plan.changes or len(numbers) == len(Action) + 1


@some
@given(plan=hostile.plans)
def test_no_unseen_character_reaches_a_report(plan: Plan) -> None:
    for text in outlines(plan):
        assert unseen(text) == set()


@some
@given(findings=st.lists(hostile.findings, max_size=30))
def test_no_unseen_character_reaches_a_list_of_findings(findings: list[Finding]) -> None:
    for text in (
        render_findings(findings),
        render_annotations(findings),
        render_sarif(findings, version="0.1.0"),
        to_json([encode_finding(finding) for finding in findings]),
    ):
        assert unseen(text) == set()


@some
@given(plan=hostile.plans)
def test_names_are_never_markup_in_markdown(plan: Plan) -> None:
    for text in outlines(plan)[::2]:
        tokens = tokens_of(text)

        kinds = {token.type for token in tokens}
        assert not kinds & {"link_open", "image", "s_open", "hr", "blockquote_open", "code_block"}
        assert MARK not in "".join(token.content for token in tokens if token.type == "text")
        html = [token.content for token in tokens if token.type == "html_block"]
        assert [part for part in html if not OWN_HTML.fullmatch(part)] == []
        inline = {token.content for token in tokens if token.type == "html_inline"}
        assert inline <= {"<sub>", "</sub>"}
        assert is_balanced(html)


def is_balanced(html: Sequence[str]) -> bool:
    """Tell whether each `<details>` is closed before the next begins."""
    return [part.startswith("<details") for part in html] == [True, False] * (len(html) // 2)


@some
@given(plan=hostile.plans)
def test_colours_change_no_text(plan: Plan) -> None:
    outline = plan_outline(plan)

    coloured = render_terminal(outline, width=100, colour=True)

    plain = re.sub(r" +$", "", ESCAPE_SEQUENCE.sub("", coloured), flags=re.MULTILINE)
    assert plain == render_terminal(outline, width=100, colour=False)


@some
@given(findings=st.lists(hostile.findings, max_size=40))
def test_annotations_are_one_command_a_line_and_no_more_than_shown(
    findings: list[Finding],
) -> None:
    lines = render_annotations(findings).splitlines()

    for line in lines:
        assert re.match(r"::(error|warning|notice)(?: [^:]*)?::", line)
    for level in ("error", "warning", "notice"):
        assert sum(line.startswith(f"::{level}") for line in lines) <= 10


@some
@given(findings=st.lists(hostile.findings, max_size=20))
def test_sarif_has_a_relative_place_for_each_result(findings: list[Finding]) -> None:
    log = json.loads(render_sarif(findings, version="0.1.0"))

    (run,) = log["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    for result in run["results"]:
        place = result["locations"][0]["physicalLocation"]
        assert rules[result["ruleIndex"]] == result["ruleId"]
        assert re.fullmatch(r"[A-Za-z0-9/._~%-]+", place["artifactLocation"]["uri"])
        assert place["region"]["startLine"] >= 1
        assert place["region"].get("startColumn", 1) >= 1
    notices = run["invocations"][0]["toolExecutionNotifications"]
    assert len(run["results"]) + len(notices) == len(set(findings))


json_values: st.SearchStrategy[object] = st.recursive(
    st.none() | st.booleans() | st.integers() | hostile.texts | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)


@some
@given(value=json_values)
def test_json_gives_the_value_back(value: object) -> None:
    text = to_json(value)  # type: ignore[arg-type]  # what hypothesis builds is plain

    assert json.loads(text) == value
    assert text.endswith("\n")


def test_every_process_prints_the_same_text() -> None:
    program = (
        "from tests.report.test_golden import OUTLINES\n"
        "from reconciler.report.markdown import render_markdown\n"
        "from reconciler.report.terminal import render_terminal\n"
        "for outline in OUTLINES.values():\n"
        "    print(ascii(render_markdown(outline)))\n"
        "    print(ascii(render_terminal(outline, width=100, colour=True)))\n"
    )

    texts = {
        subprocess.run(
            [sys.executable, "-c", program],
            capture_output=True,
            check=True,
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2", "3")
    }

    assert len(texts) == 1
