"""The reference page is generated and current."""

from __future__ import annotations

from pathlib import Path

from reconciler.checks.reference import reference_page
from reconciler.checks.registry import CHECKS
from tests.conftest import Golden


def test_the_committed_page_is_what_the_checks_say(checkout: Path, golden: Golden) -> None:
    golden(checkout / "docs" / "reference" / "checks.md", reference_page())


def test_every_check_has_a_section_and_a_row() -> None:
    page = reference_page()

    for check in CHECKS:
        assert page.count(f"### {check.code}\n") == 1
        assert page.count(f"| [{check.code}](#{check.code.lower()}) |") == 1


def test_a_check_that_needs_a_schema_says_so() -> None:
    needing = [check for check in CHECKS if check.needs_schema]

    assert reference_page().count("needs a recorded schema") == len(needing)
