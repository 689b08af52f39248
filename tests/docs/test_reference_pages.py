"""The reference pages are generated, current, and complete."""

from __future__ import annotations

from pathlib import Path

import pytest

from docs.pages.codes import codes_page, declared_codes
from docs.pages.commands import commands_page
from docs.pages.exit_codes import exit_codes_page
from docs.pages.kinds import kinds_page
from docs.pages.registry import PAGES
from reconciler.application.exits import MEANINGS, Exit
from reconciler.checks.registry import CHECKS
from reconciler.cli.catalogue import COMMANDS
from reconciler.kinds.registry import KINDS
from tests.conftest import Golden


@pytest.mark.parametrize("name", PAGES)
def test_a_committed_page_is_what_the_code_says(name: str, checkout: Path, golden: Golden) -> None:
    golden(checkout / "docs" / "reference" / name, PAGES[name]())


def test_no_page_is_left_over(checkout: Path) -> None:
    found = {path.name for path in (checkout / "docs" / "reference").iterdir()}

    assert found == set(PAGES)


def test_every_kind_has_a_row_and_a_section() -> None:
    page = kinds_page()

    for kind in KINDS.values():
        assert page.count(f"| [{kind.title}](#{kind.name}) |") == 1
        assert page.count(f"\n## {kind.name}\n") == 1


def test_every_command_has_a_section() -> None:
    page = commands_page()

    assert [name for name in COMMANDS if f"\n## {name}\n" not in page] == []


def test_every_exit_code_has_its_meaning() -> None:
    page = exit_codes_page()

    assert [code for code in Exit if f"| {int(code)} | {MEANINGS[code]} |" not in page] == []


def test_every_code_says_what_it_means() -> None:
    """One that does not needs a comment beside its number, where it is declared."""
    unsaid = [f"{entry.code} in {entry.module}" for entry in declared_codes() if not entry.meaning]

    assert unsaid == []


def test_every_check_is_among_the_codes() -> None:
    page = codes_page()

    assert [check.code for check in CHECKS if f"[{check.code}](checks.md#" not in page] == []


def test_a_code_without_a_meaning_is_found(tmp_path: Path) -> None:
    module = tmp_path / "sample.py"
    module.write_text('ONE = "RC9801"\nTWO = "RC9802"  # said\nTHREE = "RC98"\n', encoding="utf-8")

    found = [(entry.code, entry.module, entry.meaning) for entry in declared_codes(tmp_path)]

    assert found == [("RC9801", "sample.py", ""), ("RC9802", "sample.py", "said")]
