"""Attribute filters through cloudFiltered."""

from __future__ import annotations

from reconciler.checks.filtering.filter_value import FilterValue
from reconciler.checks.filtering.mixed_filters import MixedFilters
from reconciler.model.estates import Document
from reconciler.model.nodes import Plain
from tests.checks.estates import rule, run

STAFF: Plain = [[{"attribute": "employeeType", "operator": "EQUAL", "value": "Staff"}]]


def marking(value: str, precedence: Plain, *, scope: Plain = STAFF, **fields: Plain) -> Document:
    flows: Plain = {"cloudFiltered": {"constant": value}}
    name = f"Filter {value} {precedence}"
    return rule(name, precedence=precedence, scope=scope, flows=flows, **fields)


def catch_all(precedence: Plain = 60, **fields: Plain) -> Document:
    return marking("True", precedence, scope=[], **fields)


def test_positive_filtering_as_documented_is_accepted() -> None:
    assert run(FilterValue(), marking("False", 50), marking("False", 51), catch_all()) == []


def test_a_catch_all_must_stand_behind() -> None:
    assert run(FilterValue(), marking("False", 50), catch_all(40))


def test_a_catch_all_must_be_enabled_and_for_the_same_objects() -> None:
    assert run(FilterValue(), marking("False", 50), catch_all(disabled=True))
    assert run(FilterValue(), marking("False", 50), catch_all(source="contact"))
    assert run(FilterValue(), marking("False", 50), catch_all(connector="emea"))


def test_a_catch_all_whose_number_is_still_a_wish_is_believed() -> None:
    assert run(FilterValue(), marking("False", 50), catch_all({"insert_after": "last"})) == []


def test_any_other_value_is_refused() -> None:
    (finding,) = run(FilterValue(), marking("yes", 50))

    assert 'the constant "yes" for cloudFiltered' in finding.what


def test_case_does_not_matter() -> None:
    assert run(FilterValue(), marking("TRUE", 50)) == []


def test_a_disabled_rule_filters_nobody() -> None:
    assert run(FilterValue(), marking("False", 50, disabled=True)) == []


def test_negative_filters_alone_are_not_mixed() -> None:
    assert run(MixedFilters(), marking("True", 50), marking("True", 51)) == []


def test_filters_of_different_object_types_are_not_mixed() -> None:
    contacts = marking("True", 51, source="contact")

    assert run(MixedFilters(), marking("False", 50), catch_all(), contacts) == []
