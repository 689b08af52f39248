"""What git claims about the version of a default rule, against what was recorded."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reconciler.checks.rules.foreign_baseline import ForeignBaseline
from reconciler.checks.subject import Subject
from tests.checks.estates import SERVER, default_rule, desired, environment, read_as


def claims(subject: Subject) -> list[str]:
    return [finding.what.split(" claims ")[1] for finding in ForeignBaseline().run(subject)]


@pytest.mark.parametrize(
    ("notes", "found"),
    [
        ({}, []),
        ({"build": "2.5.189.0"}, ['build "2.5.190.0"']),
        ({"build": "2.6.1.0"}, []),
        ({"build": ""}, []),
        ({"tag": "Microsoft.InfromADUserJoin.002"}, ['tag "Microsoft.InfromADUserJoin.003"']),
        ({"tag": "Microsoft.InfromADUserJoin.004"}, ['tag "Microsoft.InfromADUserJoin.003"']),
    ],
)
def test_a_baseline_claims_no_other_version_than_was_read(
    notes: dict[str, str], found: list[str]
) -> None:
    assert claims(read_as(default_rule(), **notes)) == found


def test_a_rule_that_differs_is_not_judged_by_its_version() -> None:
    there = desired(default_rule(description="newer"))
    subject = desired(default_rule())
    address = subject.of_kind("default-rule")[0].address
    other = replace(there.of_kind("default-rule")[0], notes={"tag": "x", "build": "1.0.0.0"})
    recorded = Subject(server="sync01", resources={"default-rule": {address: other}})

    assert claims(replace(subject, recorded=recorded)) == []


def test_a_staging_server_may_have_another_build() -> None:
    staging = environment(**{SERVER.replace(".", "__"): "staging"})

    assert claims(read_as(default_rule(), staging, build="2.5.1.0")) == []
