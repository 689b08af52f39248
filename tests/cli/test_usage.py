"""Wrong command lines: exit 64, what is wrong, what was expected, what to do."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from reconciler.application.refusals import USAGE
from tests.cli.terminals import show


@pytest.mark.parametrize(
    ("arguments", "what", "expected", "remedy"),
    [
        (["plam"], 'there is no command "plam"', "init, import, validate", 'did you mean "plan"?'),
        (["xyzzy"], 'there is no command "xyzzy"', "init, import", "see reconciler --help"),
        (["plan", "--foo"], 'reconciler plan has no option "--foo"', "", "--help|did you mean"),
        (["plan", "--taget", "x"], "has no option", "", 'did you mean "--target"?'),
        (["--foo", "plan"], 'reconciler has no option "--foo"', "", "--help|did you mean"),
        (["plan"], "reconciler plan needs ENV", "reconciler plan [OPTIONS] ENV", "plan --help"),
        (["import", "prod"], "reconciler import needs --from SOURCE", "[OPTIONS] ENV", "--help"),
        (["plan", "prod", "--log-level", "x"], "--log-level", "debug, info, warning", "--help"),
        (
            ["plan", "prod", "--output"],
            'option "--output" requires an',
            "",
            "see reconciler --help",
        ),
        (
            ["plan", "prod", "--json=x"],
            'option "--json" does not take',
            "",
            "see reconciler --help",
        ),
        (["plan", "prod", "more"], "unexpected extra argument", "", "see reconciler plan --help"),
    ],
)
def test_a_wrong_command_line_is_told_in_full(
    arguments: list[str], what: str, expected: str, remedy: str
) -> None:
    shown = show(arguments)
    first, *rest = shown.err.splitlines()

    assert (shown.code, shown.out) == (64, "")
    assert first.startswith(f"{USAGE}  ")
    assert what in first
    assert not first.endswith(".")
    assert any(expected in line for line in rest)
    assert any(part in line for part in remedy.split("|") for line in rest)
    assert rest[-1] == "1 problem; nothing was written"


def test_without_a_command_the_help_is_shown_and_nothing_is_done() -> None:
    shown = show([])

    assert (shown.code, shown.out) == (64, "")
    assert "Commands:" in shown.err


@pytest.mark.parametrize("flags", [["--json"], ["--format", "json"], ["--format=json"]])
def test_a_wrong_command_line_has_json_too(flags: list[str]) -> None:
    shown = show(["plan", *flags])

    found = json.loads(shown.out)
    assert (shown.code, found["exit_code"], found["command"]) == (64, 64, "plan")
    assert [item["code"] for item in found["findings"]] == [USAGE]


def test_characters_of_a_wrong_word_do_not_act_on_the_terminal() -> None:
    assert "\x1b" not in show(["pl\x1b[2Jan"]).err
    assert "\x1b" not in show(["plan", "--o\x1b[2Jx"]).err


@pytest.mark.parametrize(
    ("attribute", "remedy"),
    [
        ("Department", 'did you mean "department"?'),
        ("departmnt", 'did you mean "department"?'),
        ("zzz", "see them all: reconciler lineage prod"),
    ],
)
def test_an_attribute_that_nobody_feeds_names_the_nearest(
    estate: Path, attribute: str, remedy: str
) -> None:
    assert estate.is_dir()

    shown = show(["lineage", "prod", "--attribute", attribute])

    assert shown.code == 64
    assert remedy in shown.err
