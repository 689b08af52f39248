"""Laws of the comparisons of single values and sets."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reconciler.kinds.comparison import (
    Comparison,
    distinguished_name,
    exact,
    exact_members,
    ignoring_case,
    members_ignoring_case,
    name_members,
    ordered,
    time_span,
)
from reconciler.kinds.minimum_build import AtLeast, build_number
from reconciler.kinds.registry import KINDS
from reconciler.kinds.rules.comparison import RULE_FIELDS
from reconciler.model.nodes import Plain

NAMES = st.sampled_from(
    ["OU=A,DC=contoso", "ou=a, dc=Contoso", "OU=B,DC=contoso", "no name", "00:30:00", "0.00:30", ""]
)
SCALARS: st.SearchStrategy[Plain] = st.one_of(st.none(), st.booleans(), NAMES)
LISTS: st.SearchStrategy[Plain] = st.lists(NAMES, max_size=4).map(lambda names: [*names])
WHOLE = {
    "exact": exact,
    "ignoring case": ignoring_case,
    "distinguished name": distinguished_name,
    "time span": time_span,
    "ordered": ordered,
}
SETS = {
    "exact members": exact_members,
    "members ignoring case": members_ignoring_case,
    "name members": name_members,
}


@pytest.mark.parametrize("comparison", [*WHOLE.values(), *SETS.values()], ids=[*WHOLE, *SETS])
@given(one=SCALARS | LISTS, other=SCALARS | LISTS)
def test_values_differ_exactly_when_their_normal_forms_do(
    comparison: Comparison, one: Plain, other: Plain
) -> None:
    is_same = comparison.normal(one) == comparison.normal(other)

    assert (differences(comparison, one, other) == []) is is_same


@pytest.mark.parametrize("comparison", [*WHOLE.values(), *SETS.values()], ids=[*WHOLE, *SETS])
@given(value=SCALARS | LISTS)
def test_a_normal_form_is_its_own_normal_form(comparison: Comparison, value: Plain) -> None:
    assert comparison.normal(comparison.normal(value)) == comparison.normal(value)


@given(LISTS, LISTS)
def test_each_member_that_comes_or_goes_is_told_on_its_own(one: Plain, other: Plain) -> None:
    assert isinstance(one, list)
    assert isinstance(other, list)

    changes = differences(exact_members, one, other)

    gone = [before for before, after in changes if after is None]
    come = [after for before, after in changes if before is None]
    assert gone == sorted({*map(str, one)} - {*map(str, other)})
    assert come == sorted({*map(str, other)} - {*map(str, one)})
    assert len(gone) + len(come) == len(changes)


@given(LISTS, st.permutations(range(4)))
def test_a_set_has_no_order(value: Plain, order: list[int]) -> None:
    assert isinstance(value, list)
    turned: list[Plain] = [value[number] for number in order if number < len(value)]

    assert differences(exact_members, value, turned) == []


def test_a_list_whose_order_counts_is_told_as_one_value() -> None:
    assert differences(ordered, ["a", "b"], ["b", "a"]) == [(["a", "b"], ["b", "a"])]


@pytest.mark.parametrize(
    ("running", "wish", "is_enough"),
    [
        ("2.5.190.0", "2.5.79.0", True),
        ("2.5.79.0", "2.5.190.0", False),
        ("2.5.79", "2.5.79.0", True),
        ("2.5.79.0", "2.5.79", True),
        ("2.5.79.1", "2.5.79", True),
        ("2.5.79", "2.5.79.1", False),
    ],
)
def test_a_build_is_enough_when_it_is_equal_or_higher(
    running: str, wish: str, *, is_enough: bool
) -> None:
    assert (differences(AtLeast(), running, wish) == []) is is_enough


@given(st.lists(st.integers(0, 99999), min_size=2, max_size=4))
def test_a_build_is_compared_by_number_and_not_as_text(numbers: list[int]) -> None:
    text = ".".join(map(str, numbers))

    assert build_number(text + ".0.0") == build_number(text)
    assert build_number(text + ".1") > build_number(text)


def test_every_field_of_every_kind_is_compared_by_one_of_the_comparisons_tested_here() -> None:
    tested = [*WHOLE.values(), *SETS.values(), *RULE_FIELDS.values(), AtLeast()]

    for kind in KINDS.values():
        assert [name for name, each in kind.fields.items() if each not in tested] == [], kind.name


def differences(comparison: Comparison, one: Plain, other: Plain) -> list[tuple[Plain, Plain]]:
    return [(item.before, item.after) for item in comparison.differences("value", one, other)]
