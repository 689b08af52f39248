"""Every check is listed, provoked, and speaks in the four parts of a finding."""

from __future__ import annotations

import pytest

from reconciler.checks.check import Check
from reconciler.checks.registry import CHECKS
from reconciler.model.findings import Concern, Finding, Severity
from tests.checks.provocations import PROVOCATIONS

BY_CODE = {check.code: check for check in CHECKS}

every_check = pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.code)


def test_every_code_belongs_to_one_check_and_they_stand_in_order() -> None:
    codes = [check.code for check in CHECKS]

    assert codes == sorted(set(codes))


def test_every_check_has_a_configuration_that_provokes_it() -> None:
    assert PROVOCATIONS.keys() == BY_CODE.keys()


def bad_findings(check: Check) -> list[Finding]:
    return list(check.run(PROVOCATIONS[check.code].bad))


@every_check
def test_a_violation_is_found(check: Check) -> None:
    assert [finding.code for finding in bad_findings(check)] == [check.code]


@every_check
def test_the_corrected_configuration_is_accepted(check: Check) -> None:
    assert list(check.run(PROVOCATIONS[check.code].good)) == []


@every_check
def test_a_finding_says_where_what_expected_and_what_to_do(check: Check) -> None:
    for finding in bad_findings(check):
        assert finding.place is not None
        assert finding.place.file
        assert finding.what
        assert all(finding.expected)
        assert finding.expected
        assert finding.remedy
        assert finding.see.endswith(check.code.lower())


@every_check
def test_a_finding_keeps_the_house_style(check: Check) -> None:
    for finding in bad_findings(check):
        lines = (finding.what, *finding.expected, finding.remedy)
        assert not any(line.endswith((".", "!")) or "\n" in line for line in lines)
        assert not any(word in finding.what for word in ("please", "invalid", "failed"))
        first = finding.what.split()[0]
        assert first == first.lower() or first.startswith('"')


@every_check
def test_errors_concern_the_desired_state_and_notes_are_advice(check: Check) -> None:
    for finding in bad_findings(check):
        assert finding.severity is check.severity
        is_note = finding.severity is Severity.NOTE
        assert finding.concern is (Concern.ADVICE if is_note else Concern.DESIRED)


@every_check
def test_a_check_describes_itself(check: Check) -> None:
    assert check.title == check.title.strip()
    assert not check.title.endswith(".")
    assert check.description.endswith(".")
    assert check.authority
    assert check.example
