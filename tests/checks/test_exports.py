"""What runs today is accepted: real and lively configurations give no errors (decision A13)."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from reconciler.application.assessing import schemas_by_alias
from reconciler.checks.running import run_checks
from reconciler.checks.subject import Subject
from reconciler.kinds.naming import name_connectors
from reconciler.live.recorded.export import read_export
from reconciler.model.addresses import Address
from reconciler.model.findings import Severity
from reconciler.plan.sides import found_resources


def subject_of(folder: Path) -> Subject:
    (server,) = read_export(folder).snapshot.servers
    naming = name_connectors(server, None)
    found = found_resources(server, naming)
    return Subject(
        server=server.name,
        resources={kind: reading.by_address() for kind, reading in found.items()},
        schemas=schemas_by_alias(naming, server),
    )


@pytest.fixture(scope="module")
def contoso(contoso_export: Path) -> Subject:
    return subject_of(contoso_export)


@pytest.fixture(scope="module")
def example(checkout: Path) -> Subject:
    return subject_of(checkout / "desired-state" / "prod" / "export" / "sync01")


def clones(subject: Subject) -> Subject:
    """Return the configuration with a custom copy of each default rule beside it."""
    copies = {}
    for number, checked in enumerate(subject.default_rules, start=1):
        name = f"{checked.rule.name} {number}"
        address = Address("sync-rule", checked.rule.connector, name)
        fields = {**checked.resource.fields, "precedence": number}
        copies[address] = replace(checked.resource, address=address, name=name, fields=fields)
    resources = {**subject.resources, "sync-rule": copies}
    return replace(subject, resources=resources)


def test_a_standard_installation_gives_no_finding_at_all(contoso: Subject) -> None:
    assert len(contoso.default_rules) == 62

    checked = run_checks(contoso, recorded=None)

    assert checked.findings == ()
    assert checked.skipped == ()


def test_a_clone_of_any_default_rule_is_only_reminded_of_its_original(contoso: Subject) -> None:
    checked = run_checks(clones(contoso), recorded=None)

    assert {(finding.code, finding.severity) for finding in checked.findings} == {
        ("RC2109", Severity.WARNING)
    }


def test_as_custom_rules_the_vendors_would_break_the_vendors_demands(contoso: Subject) -> None:
    alone = clones(contoso)
    checked = run_checks(
        replace(alone, resources={**alone.resources, "default-rule": {}}), recorded=None
    )

    assert {finding.code for finding in checked.findings} == {"RC1417", "RC1418", "RC2303"}


def test_the_oddities_of_the_example_estate_are_warnings_where_they_stand(
    example: Subject,
) -> None:
    checked = run_checks(example, recorded=example)

    assert example.custom_rules
    assert not [item for item in checked.findings if item.severity is Severity.ERROR]
    assert {item.code for item in checked.findings} >= {"RC2001"}


def test_the_oddities_of_the_example_estate_would_be_errors_if_git_introduced_them(
    example: Subject,
) -> None:
    checked = run_checks(example, recorded=None)

    assert [item for item in checked.findings if item.severity is Severity.ERROR]
