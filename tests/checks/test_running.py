"""Running all checks: what stands on the server is accepted, what git brings is not (A13)."""

from __future__ import annotations

import pytest

from reconciler.checks.registry import CHECKS
from reconciler.checks.running import run_checks
from reconciler.model.estates import Document
from reconciler.model.findings import Severity
from reconciler.model.nodes import Plain
from tests.checks.estates import (
    SCHEMAS,
    connector,
    default_rule,
    desired,
    recorded,
    rule,
    units,
)

ERROR, WARNING = Severity.ERROR, Severity.WARNING


def severities(git: tuple[Document, ...], server: tuple[Document, ...], code: str) -> list[str]:
    checked = run_checks(desired(*git), recorded=recorded(*server))
    return [finding.severity for finding in checked.findings if finding.code == code]


def test_a_violation_that_stands_unchanged_is_a_warning_that_names_the_server() -> None:
    checked = run_checks(desired(rule(precedence=0)), recorded=recorded(rule(precedence=0)))

    (finding,) = checked.findings
    assert finding.severity is WARNING
    assert finding.expected[-1] == "as found on sync01"


def test_a_violation_that_git_introduces_is_an_error() -> None:
    assert severities((rule(precedence=0),), (rule(precedence=7),), "RC2001") == [ERROR]
    assert severities((rule(precedence=0),), (), "RC2001") == [ERROR]


def test_a_violation_that_git_alters_is_an_error() -> None:
    assert severities((rule(precedence=105),), (rule(precedence=104),), "RC2001") == [ERROR]


def test_a_renamed_rule_brings_its_violation_along() -> None:
    new = rule("New name", precedence=0, moved_from="Old name")

    assert severities((new,), (rule("Old name", precedence=0),), "RC2001") == [WARNING]


def test_a_moved_from_that_was_applied_long_ago_makes_no_difference() -> None:
    new = rule("New name", precedence=0, moved_from="Old name")

    assert severities((new,), (rule("New name", precedence=0),), "RC2001") == [WARNING]


def test_a_second_rule_with_the_violation_of_the_first_is_an_error() -> None:
    git = (rule("A", precedence=0), rule("B", precedence=0))

    assert severities(git, (rule("A", precedence=0),), "RC2001") == [WARNING, ERROR]


def test_without_a_recorded_snapshot_every_violation_is_new() -> None:
    checked = run_checks(desired(rule(precedence=0)), recorded=None)

    assert [finding.severity for finding in checked.findings] == [ERROR]


@pytest.mark.parametrize(
    ("code", "documents"),
    [
        ("RC2402", (default_rule(), connector(attributes=[]))),
        ("RC2407", (units(exclude=["OU=Leavers"]),)),
    ],
)
def test_some_violations_are_not_worth_a_word_when_they_stand(
    code: str, documents: tuple[Document, ...]
) -> None:
    assert severities(documents, (), code)
    assert severities(documents, documents, code) == []


def test_a_note_stays_a_note() -> None:
    flows: Plain = {"department": {"expression": "CBin(1, 4)"}}
    document = rule(flows=flows)

    assert severities((document,), (document,), "RC1418") == [Severity.NOTE]


def test_without_schemas_the_checks_that_need_them_are_told_as_skipped() -> None:
    checked = run_checks(desired(rule()), recorded=None)

    assert len(checked.skipped) == sum(check.needs_schema for check in CHECKS)
    assert "RC2301 attribute that the schema does not have" in checked.skipped


def test_with_schemas_nothing_is_skipped() -> None:
    assert run_checks(desired(rule(), schemas=SCHEMAS), recorded=None).skipped == ()


def test_a_snapshot_without_a_schema_excuses_no_violation_of_one() -> None:
    document = rule(flows={"department": {"from": "nix"}})
    checked = run_checks(desired(document, schemas=SCHEMAS), recorded=recorded(document))

    assert [finding.severity for finding in checked.findings] == [ERROR]


def test_all_problems_are_collected() -> None:
    flows: Plain = {"department": {"expression": "trim("}, "mail": {"constant": "NULL"}}
    checked = run_checks(desired(rule(precedence=0, link="provision", flows=flows)), recorded=None)

    assert {"RC1411", "RC2001", "RC2101", "RC2108"} <= {
        finding.code for finding in checked.findings
    }
