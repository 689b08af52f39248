"""What the README shows is what happens: every command block is run, in its order, in one shell."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from reconciler.application.exits import Exit
from tests.conftest import Golden
from tests.readme.console import Block, iter_blocks, normal
from tests.readme.desk import Desk


def test_every_command_does_what_the_page_shows(checkout: Path, desk: Desk, golden: Golden) -> None:
    path = checkout / "README.md"

    golden(path, desk.replayed(path.read_text(encoding="utf-8")))


def test_the_quick_start_is_two_commands_and_nothing_else(checkout: Path) -> None:
    first = next(iter_blocks((checkout / "README.md").read_text(encoding="utf-8"), "sh"))

    assert [line.split("#")[0].strip() for line in first.text.splitlines()] == [
        "make demo",
        "make test",
    ]


def test_no_block_escapes_the_run(checkout: Path) -> None:
    """A shell block in another spelling of its language would never be run."""
    page = (checkout / "README.md").read_text(encoding="utf-8")
    languages = set(re.findall(r"^```(\w+)$", page, flags=re.MULTILINE))

    assert languages <= {"sh", "console", "yaml", "powershell", "text"}
    assert {"sh", "console"} <= languages


def test_the_table_of_exit_codes_is_complete(checkout: Path) -> None:
    page = (checkout / "README.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (\d+) \|", page, flags=re.MULTILINE)

    assert [int(row) for row in rows] == [int(code) for code in Exit]


@pytest.mark.parametrize(
    ("shown", "printed", "same"),
    [
        ("exported about 22 days ago · x", "exported today, 3 hours ago · x", True),
        ("desired 92e88c0", "desired abcdef0", True),
        ("Plan: no changes.", "Plan: 1 to create.", False),
    ],
)
def test_only_the_day_and_the_committer_may_differ(shown: str, printed: str, *, same: bool) -> None:
    assert (normal(shown) == normal(printed)) is same


def test_a_wrong_output_is_replaced(desk: Desk) -> None:
    page = "text\n```console\n$ echo one\ntwo\n$ false\n$ echo $?\n0\n```\nmore\n"

    assert desk.replayed(page) == (
        "text\n```console\n$ echo one\none\n$ false\n$ echo $?\n1\n```\nmore\n"
    )


def test_a_command_that_fails_is_noticed(desk: Desk) -> None:
    with pytest.raises(AssertionError, match="ended with 1"):
        desk.replayed("```console\n$ false\n```\n")


def test_a_command_may_go_on_in_the_next_line() -> None:
    block = Block(language="console", text="$ echo one \\\n  two\none two\n", start=0)

    assert block.commands == (("echo one \\\n  two", "one two\n"),)
