"""Precedence, names and identity of rules."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reconciler.checks.rules.custom_precedence import CustomPrecedence
from reconciler.checks.rules.edited_default_rule import EditedDefaultRule
from reconciler.checks.rules.insertion_point import InsertionPoint
from reconciler.checks.rules.known_connector import KnownConnector
from reconciler.checks.rules.moved_from import MovedFrom
from reconciler.checks.rules.one_name import OneName
from reconciler.checks.rules.one_precedence import OnePrecedence
from reconciler.checks.rules.precedence_anchor import PrecedenceAnchor
from reconciler.checks.rules.precedence_circle import PrecedenceCircle, find_circles
from reconciler.checks.rules.precedence_room import PrecedenceRoom, find_homeless
from reconciler.kinds.rules.precedence import UnsolvableError, Wish, find_circle, solve
from reconciler.model.estates import Document
from reconciler.model.nodes import Plain
from tests.checks.estates import connector, default_rule, rule, run


@pytest.mark.parametrize("number", [-1, 0, 100, 300])
def test_a_number_outside_the_band_is_refused_with_the_way_to_insert(number: int) -> None:
    (finding,) = run(CustomPrecedence(), rule(precedence=number))

    assert f"precedence {number} " in finding.what
    assert "insert_before" in finding.remedy


@pytest.mark.parametrize("number", [1, 99])
def test_the_ends_of_the_band_are_accepted(number: int) -> None:
    assert run(CustomPrecedence(), rule(precedence=number)) == []


@pytest.mark.parametrize(
    "wish", [{"before": "Payroll"}, {"insert_before": "corp/x"}, {"insert_after": "last"}]
)
def test_a_wish_is_not_judged_by_its_number(wish: dict[str, str]) -> None:
    assert run(CustomPrecedence(), rule(precedence={**wish})) == []


def test_a_number_shared_with_a_default_rule_is_refused() -> None:
    (finding,) = run(OnePrecedence(), rule(precedence=100), default_rule(precedence=100))

    assert "In from AD - User Join" in finding.what


def test_default_rules_may_share_a_number_among_themselves() -> None:
    other = default_rule("Other", tag="Microsoft.Other.001", precedence=100)

    assert run(OnePrecedence(), default_rule(precedence=100), other) == []


def test_a_disabled_rule_keeps_its_number() -> None:
    assert run(OnePrecedence(), rule("HR", disabled=True), rule("Payroll"))


def test_the_other_holder_of_a_number_is_told_with_its_place() -> None:
    (finding,) = run(OnePrecedence(), rule("HR"), rule("Payroll"))

    assert any("rules/hr.yaml:" in line for line in finding.expected)


def test_one_name_on_two_connectors_is_accepted() -> None:
    emea = rule(connector="emea", file="rules/emea.yaml")

    assert run(OneName(), rule(), emea, connector(), connector("emea")) == []


def test_names_that_differ_in_case_are_two_names() -> None:
    assert run(OneName(), rule("HR"), rule("hr", file="rules/second.yaml")) == []


def test_two_versions_of_one_default_rule_are_refused() -> None:
    newer = default_rule(tag="Microsoft.InfromADUserJoin.004")

    (finding,) = run(OneName(), default_rule(), newer)

    assert 'has the tag "Microsoft.InfromADUserJoin"' in finding.what


def test_two_rules_cannot_both_be_the_old_one() -> None:
    (finding,) = run(
        MovedFrom(), rule("A", moved_from="HR"), rule("B", moved_from="HR", precedence=51)
    )

    assert "claimed by another rule too" in finding.what


def test_a_misspelled_anchor_gets_a_suggestion() -> None:
    (finding,) = run(
        PrecedenceAnchor(), rule(precedence={"after": "Payrol"}), rule("Payroll", precedence=3)
    )

    assert finding.remedy == 'did you mean "Payroll"?'


def test_an_anchor_that_two_other_connectors_have_wants_its_connector() -> None:
    (finding,) = run(
        PrecedenceAnchor(),
        rule(connector="fabrikam", precedence={"after": "HR"}),
        rule("HR", connector="corp"),
        rule("HR", connector="emea", file="rules/hr-emea.yaml"),
    )

    assert "2 connectors have" in finding.what
    assert "corp/" in finding.remedy


def test_an_anchor_with_its_connector_is_found() -> None:
    wish = rule(connector="fabrikam", precedence={"after": "emea/HR"})

    assert run(PrecedenceAnchor(), wish, rule("HR", connector="emea")) == []


def test_a_default_rule_as_anchor_is_answered_with_its_tag() -> None:
    (finding,) = run(
        PrecedenceAnchor(), rule(precedence={"before": "In from AD - User Join"}), default_rule()
    )

    assert finding.remedy.endswith("insert_before: corp/Microsoft.InfromADUserJoin")


def test_a_circle_names_its_rules_in_order() -> None:
    (finding,) = run(
        PrecedenceCircle(),
        rule("A", precedence={"after": "B"}),
        rule("B", precedence={"after": "C"}),
        rule("C", precedence={"after": "A"}),
    )

    assert '"A" → "B" → "C" → "A"' in finding.expected[0]


def test_a_rule_cannot_stand_before_itself() -> None:
    assert run(PrecedenceCircle(), rule("A", precedence={"before": "A"}))


def test_two_rules_that_mean_the_same_order_are_no_circle() -> None:
    assert (
        run(
            PrecedenceCircle(),
            rule("A", precedence={"before": "B"}),
            rule("B", precedence={"after": "A"}),
        )
        == []
    )


def crowd(count: int) -> list[Document]:
    return [rule(f"Rule {number}", precedence=number) for number in range(1, count + 1)]


def test_a_full_band_has_no_room_for_another_rule() -> None:
    wish = rule("HR", precedence={"after": "Rule 1"})

    assert run(PrecedenceRoom(), *crowd(98), wish) == []
    assert run(PrecedenceRoom(), *crowd(99), wish)


def test_nothing_can_stand_behind_a_rule_that_is_inserted_among_default_rules() -> None:
    last = rule("Last", precedence={"insert_after": "last"})

    assert run(PrecedenceRoom(), last, rule("HR", precedence={"after": "Last"}))
    assert run(PrecedenceRoom(), last, rule("HR", precedence={"before": "Last"})) == []


names = st.sampled_from("abcdefg")
wishes = st.dictionaries(names, st.tuples(names, st.booleans()), max_size=6).map(
    lambda found: {
        rule: Wish(rule=rule, anchor=anchor, is_before=is_before, current=None)
        for rule, (anchor, is_before) in found.items()
    }
)


@given(wishes)
def test_circles_are_found_exactly_where_the_solver_finds_one(found: dict[str, Wish]) -> None:
    assert bool(find_circles(found)) is bool(find_circle(list(found.values())))


@given(wishes, st.dictionaries(names, st.integers(1, 99), max_size=7))
def test_room_is_missing_exactly_where_the_solver_finds_no_numbers(
    found: dict[str, Wish], numbers: dict[str, int]
) -> None:
    fixed = {name: number for name, number in numbers.items() if name not in found}
    if find_circles(found):
        return

    try:
        solve(list(found.values()), fixed=fixed, taken=frozenset())
    except UnsolvableError:
        assert find_homeless(found, fixed)
    else:
        assert find_homeless(found, fixed) == ()


def test_a_mistyped_insertion_point_gets_a_suggestion() -> None:
    (finding,) = run(
        InsertionPoint(),
        rule(precedence={"insert_before": "corp/Microsoft.InfromADUserjoin"}),
        default_rule(),
    )

    assert 'did you mean "corp/Microsoft.InfromADUserJoin"' in finding.remedy


def test_without_recorded_default_rules_no_insertion_point_is_judged() -> None:
    assert run(InsertionPoint(), rule(precedence={"insert_before": "corp/x"})) == []


def test_a_default_rule_of_an_unknown_connector_is_reported() -> None:
    (finding,) = run(KnownConnector(), default_rule(connector="crop"))

    assert finding.remedy == 'did you mean "corp"?'


def test_an_edited_default_rule_is_answered_with_the_supported_recipe() -> None:
    (finding,) = run(EditedDefaultRule(), default_rule(edited={"target": "group"}))

    assert "clone it" in finding.remedy
    assert "disable the original" in finding.remedy


def test_idle_blanks_and_another_number_are_no_edit() -> None:
    flows: Plain = {"cn": {"expression": "Trim( [cn] )"}}
    document = default_rule(
        flows={"cn": {"expression": "Trim([cn])"}},
        edited={"flows": flows, "precedence": 117},
    )

    assert run(EditedDefaultRule(), document) == []


def test_a_blank_inside_a_literal_is_an_edit() -> None:
    document = default_rule(
        flows={"cn": {"expression": '"a b"'}}, edited={"flows": {"cn": {"expression": '"a  b"'}}}
    )

    assert run(EditedDefaultRule(), document)
