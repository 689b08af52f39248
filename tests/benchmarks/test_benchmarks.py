"""The benchmarks measure what they say: the estates that they make, the table that they print."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from benchmarks.estates import multiply_export
from benchmarks.measuring import measure
from benchmarks.tables import Row, table
from reconciler.kinds.rules.tags import parse_tag
from reconciler.live.recorded.sources import parse_source, read_source


def test_a_multiplied_export_holds_that_many_different_default_rules(
    checkout: Path, tmp_path: Path
) -> None:
    example = checkout / "desired-state" / "prod" / "export" / "sync01"
    before = len([*(example / "SynchronizationRules").glob("*.xml")])

    number = multiply_export(example, tmp_path / "export", times=3)

    recorded = read_source(parse_source(f"export:{tmp_path / 'export'}"))
    rules = recorded.snapshot.servers[0].tree.get("rules", [])
    tagged = [
        (rule["connector"], tag.agnostic) for rule in rules if (tag := parse_tag(rule["tag"]))
    ]
    assert number == len(rules) == before * 3
    assert len(set(tagged)) == len(tagged)
    assert len({rule["precedence"] for rule in rules}) == len(rules)
    assert recorded.findings == ()


@pytest.mark.parametrize(
    ("value", "target", "verdict"), [(0.1, 0.2, "reached"), (0.3, 0.2, "missed"), (0.3, None, "")]
)
def test_a_row_says_whether_its_target_was_reached(
    value: float, target: float | None, verdict: str
) -> None:
    assert Row(what="plan", value=value, unit="s", target=target).verdict == verdict


def test_the_table_is_aligned() -> None:
    rows = [
        Row(what="plan", value=0.5, unit="s", target=0.7),
        Row(what="  peak memory", value=200, unit="MB", target=150),
    ]

    assert table(rows).splitlines() == [
        "what           measured    target",
        "plan             0.50 s  ≤ 0.70 s  reached",
        "  peak memory    200 MB  ≤ 150 MB  missed",
    ]


def test_a_program_that_fails_is_told_with_what_it_said(tmp_path: Path) -> None:
    program = [sys.executable, "-c", "raise SystemExit('no such estate')"]

    with pytest.raises(RuntimeError, match="no such estate"):
        measure(program, folder=tmp_path, runs=1)


def test_a_measured_program_has_taken_time_and_memory(tmp_path: Path) -> None:
    measured = measure([sys.executable, "-c", ""], folder=tmp_path, runs=2)

    assert measured.seconds > 0
    assert measured.processor > 0
    assert measured.peak > 1_000_000
