"""Laws of the rules' normal form and of its comparison."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings

from reconciler.kinds.rules.baselines import baseline_hash
from reconciler.kinds.rules.comparison import RULE_FIELDS
from reconciler.kinds.rules.normal_form import (
    DEFAULTS,
    FIELDS,
    from_document,
    from_tree,
    to_document,
    to_rule,
)
from reconciler.model.changes import FieldChange
from reconciler.model.nodes import Plain
from reconciler.model.rules import Rule
from tests.kinds.strategies import document_rules, respaced, rules
from tests.kinds.trees import tree_of


@given(rules())
def test_what_is_written_is_read_back(fields: dict[str, Plain]) -> None:
    assert from_document(to_document(fields)) == fields


@given(document_rules())
def test_a_document_holds_no_default_twice(document: dict[str, Plain]) -> None:
    once = to_document(from_document(document))

    assert to_document(from_document(once)) == once
    assert not any(name in once and once[name] == value for name, value in DEFAULTS.items())


@given(rules())
def test_a_live_rule_and_its_document_have_one_normal_form(fields: dict[str, Plain]) -> None:
    assume(isinstance(fields["precedence"], int))

    assert from_tree(tree_of(fields)) == fields


@given(rules())
def test_every_rule_has_a_typed_form(fields: dict[str, Plain]) -> None:
    rule = to_rule(fields, name="In from AD - User", connector="corp")

    assert isinstance(rule, Rule)
    assert {flow.target for flow in rule.flows} == set(mapping(fields["flows"]))


@given(rules())
def test_a_rule_does_not_differ_from_itself(fields: dict[str, Plain]) -> None:
    assert differences(fields, fields) == []


@given(rules())
def test_blanks_outside_literals_are_no_difference(fields: dict[str, Plain]) -> None:
    assert differences(fields, respaced(fields)) == []


@settings(max_examples=300)
@given(rules(), rules())
def test_rules_differ_exactly_when_their_normal_forms_do(
    one: dict[str, Plain], other: dict[str, Plain]
) -> None:
    for name, comparison in RULE_FIELDS.items():
        is_same = comparison.normal(one[name]) == comparison.normal(other[name])
        assert (differences(one, other, name) == []) is is_same


@given(rules(), rules())
def test_a_difference_is_one_in_both_directions(
    one: dict[str, Plain], other: dict[str, Plain]
) -> None:
    for name in RULE_FIELDS:
        assert bool(differences(one, other, name)) is bool(differences(other, one, name))


@given(rules())
def test_the_order_of_scope_groups_and_conditions_means_nothing(fields: dict[str, Plain]) -> None:
    scope = fields["scope"]
    assert isinstance(scope, list)
    turned: list[Plain] = [
        [*reversed(group)] if isinstance(group, list) else group for group in reversed(scope)
    ]

    assert differences(fields, {**fields, "scope": turned}) == []


def test_the_order_of_join_groups_counts_that_of_conditions_does_not() -> None:
    a: Plain = {"cs": "mail", "mv": "mail", "case_sensitive": False}
    b: Plain = {"cs": "employeeID", "mv": "employeeID", "case_sensitive": False}
    join = RULE_FIELDS["join"]

    assert [*join.differences("join", [[a, b]], [[b, a]])] == []
    assert [*join.differences("join", [[a], [b]], [[b], [a]])] != []


def test_a_join_group_put_in_front_is_one_change() -> None:
    ladder: list[Plain] = [
        [{"cs": name, "mv": name, "case_sensitive": False}] for name in ("objectSID", "mail", "cn")
    ]
    first: Plain = [{"cs": "employeeID", "mv": "employeeID", "case_sensitive": True}]

    changes = [*RULE_FIELDS["join"].differences("join", ladder, [first, *ladder])]

    assert changes == [FieldChange(path="join[0]", before=None, after=first)]


def test_a_changed_value_of_a_condition_is_told_as_that_value() -> None:
    def scope(value: str) -> Plain:
        return [[{"attribute": "employeeType", "operator": "EQUAL", "value": value}]]

    changes = [*RULE_FIELDS["scope"].differences("scope", scope("Employee"), scope("Staff"))]

    assert changes == [FieldChange(path="scope[0][0].value", before="Employee", after="Staff")]


def test_blanks_inside_a_literal_are_a_difference() -> None:
    def flow(literal: str) -> Plain:
        expression = f'"{literal}" & [company]'
        return {"company": {"expression": expression, "merge": "update", "execute_once": False}}

    (change,) = RULE_FIELDS["flows"].differences("flows", flow("a b"), flow("a  b"))

    assert change.path == "flows.company.expression"
    assert change.form == "expression"


def test_a_flow_that_changes_its_way_is_told_as_a_whole() -> None:
    before: Plain = {"title": {"from": "title", "merge": "update", "execute_once": False}}
    after: Plain = {"title": {"constant": "x", "merge": "update", "execute_once": False}}

    (change,) = RULE_FIELDS["flows"].differences("flows", before, after)

    assert (change.path, change.form) == ("flows.title", "flow")


# -- the closed-document law


BARE: dict[str, Plain] = {
    "direction": "inbound",
    "source": "user",
    "target": "person",
    "link": "join",
    "precedence": 50,
}
OTHER_THAN_DEFAULT: dict[str, Plain] = {
    "description": "words",
    "disabled": True,
    "password_sync": True,
    "soft_delete_expiry": "30.00:00:00",
    "scope": [[{"attribute": "mail", "operator": "ISNOTNULL"}]],
    "join": [[{"cs": "mail", "mv": "mail"}]],
    "flows": {"mail": {"from": "mail"}},
}
CHANGED: dict[str, Plain] = {
    "direction": "outbound",
    "source": "contact",
    "target": "group",
    "link": "provision",
    "precedence": 51,
    **OTHER_THAN_DEFAULT,
}


def test_every_field_of_a_rule_is_looked_at_by_this_law() -> None:
    assert set(CHANGED) == set(FIELDS) == set(RULE_FIELDS)
    assert set(OTHER_THAN_DEFAULT) == set(DEFAULTS)


@pytest.mark.parametrize("name", FIELDS)
def test_a_field_of_its_default_in_git_and_another_value_on_the_server_differs(name: str) -> None:
    in_git = from_document(BARE)
    on_server = from_document({**BARE, name: CHANGED[name]})

    assert {root(change.path) for change in differences(on_server, in_git)} == {name}
    assert {root(change.path) for change in differences(in_git, on_server)} == {name}


FLOW_MEMBERS: dict[str, Plain] = {"merge": "merge", "execute_once": True}


@pytest.mark.parametrize("name", FLOW_MEMBERS)
@pytest.mark.parametrize(
    "way", [{"from": "mail"}, {"constant": "x"}, {"expression": "Trim([mail])"}], ids=str
)
def test_a_flag_of_a_flow_at_its_default_in_git_and_not_on_the_server_differs(
    way: dict[str, Plain], name: str
) -> None:
    in_git = from_document({**BARE, "flows": {"mail": way}})
    on_server = from_document({**BARE, "flows": {"mail": {**way, name: FLOW_MEMBERS[name]}}})

    assert [change.path for change in differences(on_server, in_git)] == [f"flows.mail.{name}"]


def test_listed_sources_on_the_server_alone_are_a_difference() -> None:
    way: dict[str, Plain] = {"expression": "Trim([mail])"}
    in_git = from_document({**BARE, "flows": {"mail": way}})
    on_server = from_document({**BARE, "flows": {"mail": {**way, "sources": ["False"]}}})

    assert [change.path for change in differences(on_server, in_git)] == ["flows.mail.sources"]


@pytest.mark.parametrize(
    ("field", "without", "with_"),
    [
        (
            "scope",
            {"attribute": "mail", "operator": "EQUAL"},
            {"attribute": "mail", "operator": "EQUAL", "value": "x"},
        ),
        (
            "join",
            {"cs": "mail", "mv": "mail"},
            {"cs": "mail", "mv": "mail", "case_sensitive": True},
        ),
    ],
)
def test_a_member_of_a_condition_at_its_default_in_git_and_not_on_the_server_differs(
    field: str, without: Plain, with_: Plain
) -> None:
    in_git = from_document({**BARE, field: [[without]]})
    on_server = from_document({**BARE, field: [[with_]]})

    assert len(differences(on_server, in_git)) == 1


@given(rules(), rules())
def test_what_one_rule_has_and_the_other_lacks_is_always_a_difference(
    one: dict[str, Plain], other: dict[str, Plain]
) -> None:
    only = set(mapping(one["flows"])) - set(mapping(other["flows"]))
    told = {change.path for change in differences(one, other, "flows")}

    assert {f"flows.{target}" for target in only} <= told


# -- baselines


@given(rules())
def test_disabled_precedence_and_blanks_do_not_move_the_hash_of_a_default_rule(
    fields: dict[str, Plain],
) -> None:
    moved = {**respaced(fields), "disabled": not fields["disabled"], "precedence": 17}

    assert baseline_hash("n", "corp", moved) == baseline_hash("n", "corp", fields)


@pytest.mark.parametrize("name", sorted(set(FIELDS) - {"disabled", "precedence"}))
def test_every_other_field_moves_the_hash_of_a_default_rule(name: str) -> None:
    before, after = from_document(BARE), from_document({**BARE, name: CHANGED[name]})

    assert baseline_hash("n", "corp", before) != baseline_hash("n", "corp", after)


def differences(
    before: dict[str, Plain], after: dict[str, Plain], *names: str
) -> list[FieldChange]:
    return [
        change
        for name in names or RULE_FIELDS
        for change in RULE_FIELDS[name].differences(name, before[name], after[name])
    ]


def root(path: str) -> str:
    return path.split(".", maxsplit=1)[0].split("[", maxsplit=1)[0]


def mapping(value: Plain) -> dict[str, Plain]:
    assert isinstance(value, dict)
    return value
