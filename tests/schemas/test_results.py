"""The schemas of results accept what the encoders write, whatever it is."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from reconciler.model.addresses import Address
from reconciler.model.changes import (
    Action,
    Attribution,
    Change,
    FieldChange,
    FollowUp,
    Operation,
    Risk,
    Step,
    Support,
)
from reconciler.model.findings import Concern, Finding, Severity
from reconciler.model.nodes import Plain
from reconciler.model.places import Place
from reconciler.model.plans import (
    Blocked,
    KindCoverage,
    Plan,
    Selection,
    ServerFacts,
    Unmanaged,
)
from reconciler.model.snapshots import State
from reconciler.plan.encoding import encode_finding, encode_plan
from tests.schemas.files import SCHEMAS, read

PLAN = read(SCHEMAS / "plan.schema.json")
RESULT = read(SCHEMAS / "result.schema.json")

text = st.text(max_size=8)
maybe = st.none() | text
names = st.text(min_size=1, max_size=8)
hashes = st.text("0123456789abcdef", min_size=64, max_size=64)
addresses = st.builds(Address, names, names, names)
plain = st.recursive(st.none() | st.booleans() | st.integers() | text, st.lists)
findings = st.builds(
    Finding,
    code=st.sampled_from(["RC1001", "RC4203"]),
    severity=st.sampled_from(Severity),
    concern=st.sampled_from(Concern),
    what=text,
    place=st.none() | st.builds(Place, text, st.integers(0), st.integers(0), text),
    address=st.none() | addresses,
    server=maybe,
    expected=st.lists(text, max_size=2).map(tuple),
    remedy=text,
    see=text,
)
changes = st.builds(
    Change,
    address=addresses,
    name=text,
    kind=text,
    server=text,
    action=st.sampled_from(Action),
    risk=st.sampled_from(Risk),
    support=st.sampled_from(Support),
    attribution=st.sampled_from(Attribution),
    fields=st.lists(
        st.builds(
            FieldChange,
            path=text,
            before=plain,
            after=plain,
            form=st.sampled_from(["text", "member", "expression", "flow"]),
        ),
        max_size=2,
    ).map(tuple),
    moved_from=st.none() | addresses,
    after=st.lists(addresses, max_size=2).map(tuple),
    instructions=st.lists(text, max_size=2).map(tuple),
    operations=st.lists(
        st.builds(
            Operation,
            id=text,
            server=text,
            verb=text,
            target=text,
            group=text,
            expect=st.dictionaries(text, text, max_size=2),
            value=st.dictionaries(text, plain, max_size=2),
        ),
        max_size=2,
    ).map(tuple),
    follow_ups=st.lists(
        st.builds(
            FollowUp,
            connector=text,
            step=st.sampled_from(Step),
            by=st.sampled_from(["reconciler", "wizard", "person"]),
        ),
        max_size=2,
    ).map(tuple),
)
plans = st.builds(
    Plan,
    environment=text,
    selection=st.builds(Selection, server=text, targets=st.lists(addresses, max_size=2).map(tuple)),
    servers=st.lists(
        st.builds(
            ServerFacts,
            name=text,
            role=text,
            build=maybe,
            read_at=maybe,
            kind_of_source=text,
            instance=maybe,
        ),
        max_size=2,
    ).map(tuple),
    desired_fingerprint=hashes,
    commit=maybe,
    live_fingerprints=st.dictionaries(text, hashes, max_size=2),
    content_hash=hashes,
    changes=st.lists(changes, max_size=2).map(tuple),
    unmanaged=st.lists(
        st.builds(Unmanaged, address=addresses, name=text, server=text), max_size=2
    ).map(tuple),
    findings=st.lists(findings, max_size=2).map(tuple),
    coverage=st.lists(
        st.builds(
            KindCoverage,
            kind=text,
            server=text,
            state=st.sampled_from(State),
            note=text,
            declared=st.booleans(),
        ),
        max_size=2,
    ).map(tuple),
    blocked=st.lists(st.builds(Blocked, address=addresses, reason=text), max_size=2).map(tuple),
    impact=plain,
)


@settings(deadline=None, max_examples=60)
@given(plans)
def test_every_plan_that_can_be_encoded_has_the_shape_of_its_schema(plan: Plan) -> None:
    assert [*Draft202012Validator(PLAN).iter_errors(encode_plan(plan))] == []


@settings(deadline=None, max_examples=100)
@given(st.lists(findings, max_size=3))
def test_every_finding_has_the_shape_of_its_schema(found: list[Finding]) -> None:
    result = {
        "format_version": 1,
        "command": "validate",
        "exit_code": 65,
        "environments": ["prod"],
        "findings": [encode_finding(finding) for finding in found],
        "skipped": [],
    }

    assert [*validator(RESULT).iter_errors(result)] == []


def test_a_result_that_ended_early_needs_nothing_but_its_findings() -> None:
    result = {"format_version": 1, "command": "", "exit_code": 64, "findings": []}

    assert [*validator(RESULT).iter_errors(result)] == []


@pytest.mark.parametrize("schema", [PLAN, RESULT], ids=["plan", "result"])
def test_a_result_with_a_member_that_nobody_knows_is_refused(schema: dict[str, Plain]) -> None:
    (example,) = [{"format_version": 1, "surprise": True}]
    errors = [error.validator for error in validator(schema).iter_errors(example)]

    assert "additionalProperties" in errors
    assert "required" in errors


def test_the_words_of_a_plan_are_those_of_the_program() -> None:
    change = members(PLAN["$defs"], "change", "properties")
    coverage = members(PLAN["properties"], "coverage", "items", "properties")

    assert members(change, "risk")["enum"] == [*Risk]
    assert members(change, "action")["enum"] == [*Action]
    assert members(change, "support")["enum"] == [*Support]
    assert members(change, "attribution")["enum"] == [*Attribution]
    assert members(change, "follow_ups", "items", "properties", "step")["enum"] == [*Step]
    assert members(coverage, "state")["enum"] == [*State]


def validator(schema: dict[str, Plain]) -> Draft202012Validator:
    """Return a validator that finds one schema file from another."""
    resource = Resource.from_contents(PLAN)
    return Draft202012Validator(
        schema, registry=Registry().with_resource("plan.schema.json", resource)
    )


def members(part: Plain, *path: str) -> dict[str, Plain]:
    for step in path:
        assert isinstance(part, dict)
        part = part[step]
    assert isinstance(part, dict)
    return part
