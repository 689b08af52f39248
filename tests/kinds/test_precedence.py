"""Laws of the numbers that relative precedences get."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from reconciler.kinds.rules.precedence import (
    HIGHEST,
    LOWEST,
    UnsolvableError,
    Wish,
    find_circle,
    next_default,
    solve,
)

FIXED = ["fixed-a", "fixed-b", "fixed-c"]


def wish(rule: str, anchor: str, *, is_before: bool = True, current: int | None = None) -> Wish:
    return Wish(rule=rule, anchor=anchor, is_before=is_before, current=current)


@st.composite
def problems(
    draw: st.DrawFn, *, most: int = 6, free: int = 99
) -> tuple[list[Wish], dict[str, int], frozenset[int]]:
    """Return wishes without a circle: each names a fixed rule or one that comes earlier."""
    band = range(LOWEST, HIGHEST + 1)
    numbers = draw(st.lists(st.integers(1, 99), min_size=3, max_size=3, unique=True))
    fixed = dict(zip(FIXED, numbers, strict=True))
    places = draw(st.frozensets(st.sampled_from(band), min_size=min(free, 15), max_size=free))
    taken = frozenset(band) - places - {*numbers}
    names = draw(st.permutations([f"rule-{number}" for number in range(most)]))
    wishes = []
    for position in range(draw(st.integers(0, most))):
        anchor = draw(st.sampled_from([*FIXED, *names[:position], "nobody"]))
        current = draw(st.none() | st.integers(0, 120) | st.sampled_from(sorted(places)))
        wishes.append(wish(names[position], anchor, is_before=draw(st.booleans()), current=current))
    return wishes, fixed, taken


@settings(max_examples=300)
@given(problems())
def test_numbers_fulfil_every_wish_are_free_and_given_once(
    problem: tuple[list[Wish], dict[str, int], frozenset[int]],
) -> None:
    wishes, fixed, taken = problem

    try:
        solved = solve(wishes, fixed=fixed, taken=taken)
    except UnsolvableError:
        return

    assert solved.keys() == {item.rule for item in wishes}
    assert all(LOWEST <= number <= HIGHEST for number in solved.values())
    assert len({*solved.values()}) == len(solved)
    assert not {*solved.values()} & (taken | {*fixed.values()})
    numbers = {**fixed, **solved}
    for item in wishes:
        if item.anchor in numbers:
            assert (numbers[item.rule] < numbers[item.anchor]) is item.is_before


@settings(max_examples=150)
@given(problems())
def test_wishes_in_any_order_give_the_same_numbers(
    problem: tuple[list[Wish], dict[str, int], frozenset[int]],
) -> None:
    wishes, fixed, taken = problem

    assert answer(wishes, fixed, taken) == answer([*reversed(wishes)], fixed, taken)
    assert answer(wishes, dict(reversed(fixed.items())), taken) == answer(wishes, fixed, taken)


@settings(max_examples=150)
@given(problems())
def test_numbers_that_fulfil_their_wishes_are_kept(
    problem: tuple[list[Wish], dict[str, int], frozenset[int]],
) -> None:
    wishes, fixed, taken = problem
    solved = answer(wishes, fixed, taken)
    if solved is None:
        return

    satisfied = [
        wish(item.rule, item.anchor, is_before=item.is_before, current=solved[item.rule])
        for item in wishes
    ]

    assert answer(satisfied, fixed, taken) == solved


@settings(max_examples=100)
@given(problems(most=4, free=8))
def test_no_rule_moves_that_could_have_stayed(
    problem: tuple[list[Wish], dict[str, int], frozenset[int]],
) -> None:
    wishes, fixed, taken = problem
    numbers_today = [item.current for item in wishes if item.current is not None]
    assume(len(set(numbers_today)) == len(numbers_today))  # unique on a server
    solved = answer(wishes, fixed, taken)
    if solved is None:
        return
    moved = {item.rule for item in wishes if solved[item.rule] != item.current}

    for spared in moved:
        kept = {
            item.rule: item.current
            for item in wishes
            if item.rule == spared or item.rule not in moved
        }
        if any(number is None for number in kept.values()):
            continue
        numbers = {name: number for name, number in kept.items() if number is not None}
        rest = [item for item in wishes if item.rule not in numbers]
        assert not can_stand(wishes, rest, {**fixed, **numbers}, fixed, taken)


def test_a_chain_of_new_rules_finds_its_numbers_whatever_the_names() -> None:
    names = [f"rule-{number:02}" for number in range(30)]
    for ordered in (names, names[::-1]):
        anchors = [*ordered[1:], "fixed-a"]
        wishes = [wish(rule, anchor) for rule, anchor in zip(ordered, anchors, strict=True)]

        solved = solve(wishes, fixed={"fixed-a": 40}, taken=frozenset())

        assert [solved[name] for name in ordered] == sorted(solved.values())
        assert max(solved.values()) < 40


def test_a_band_that_is_just_wide_enough_is_filled() -> None:
    names = [f"rule-{number:02}" for number in range(98)]
    anchors = [*names[1:], "fixed-a"]
    wishes = [wish(rule, anchor) for rule, anchor in zip(names, anchors, strict=True)]

    assert solve(wishes, fixed={"fixed-a": 99}, taken=frozenset())["rule-00"] == 1
    with pytest.raises(UnsolvableError, match="no free numbers between 1 and 99"):
        solve(wishes, fixed={"fixed-a": 98}, taken=frozenset())


def test_a_new_rule_stands_next_to_its_anchor() -> None:
    before = solve([wish("new", "a")], fixed={"a": 50}, taken=frozenset({49}))
    after = solve([wish("new", "a", is_before=False)], fixed={"a": 50}, taken=frozenset({51}))

    assert before == {"new": 48}
    assert after == {"new": 52}


def test_a_rule_that_has_to_move_moves_as_little_as_it_can() -> None:
    solved = solve([wish("moved", "a", current=60)], fixed={"a": 50}, taken=frozenset({49}))

    assert solved == {"moved": 48}


def test_of_two_rules_with_one_number_one_moves() -> None:
    wishes = [wish("one", "a", current=10), wish("two", "a", current=10)]

    solved = solve(wishes, fixed={"a": 50}, taken=frozenset())

    assert sorted(solved.values()) == [10, 11] or sorted(solved.values()) == [9, 10]


def test_the_fewest_rules_move_even_where_one_far_shift_replaces_two_near_ones() -> None:
    wishes = [
        wish("first", "second", current=20),
        wish("second", "third", current=10),
        wish("third", "a", current=30),
    ]

    solved = solve(wishes, fixed={"a": 90}, taken=frozenset())

    assert [name for name, number in solved.items() if number != at(wishes, name)] in (
        ["first"],
        ["second"],
    )


@pytest.mark.parametrize(
    "wishes",
    [
        [wish("a", "a")],
        [wish("a", "b"), wish("b", "a")],
        [wish("a", "b"), wish("b", "c"), wish("c", "a")],
        [wish("a", "b", is_before=False), wish("b", "a", is_before=False)],
    ],
)
def test_a_circle_is_found_and_named(wishes: list[Wish]) -> None:
    circle = find_circle(wishes)

    assert circle[0] == circle[-1]
    assert {*circle} == {item.rule for item in wishes}
    with pytest.raises(UnsolvableError, match="circle"):
        solve(wishes, fixed={}, taken=frozenset())


def test_two_rules_that_agree_about_each_other_form_no_circle() -> None:
    assert find_circle([wish("a", "b"), wish("b", "a", is_before=False)]) == ()


@given(problems())
def test_wishes_that_only_name_what_comes_earlier_form_no_circle(
    problem: tuple[list[Wish], dict[str, int], frozenset[int]],
) -> None:
    assert find_circle(problem[0]) == ()


def test_an_anchor_behind_the_band_lets_every_number_be() -> None:
    solved = solve([wish("new", "inserted")], fixed={"inserted": 100}, taken=frozenset())

    assert solved == {"new": 99}
    with pytest.raises(UnsolvableError):
        solve(
            [wish("new", "inserted", is_before=False)],
            fixed={"inserted": 100},
            taken=frozenset(),
        )


def test_an_insertion_is_before_the_next_default_rule() -> None:
    defaults = {"corp/Microsoft.A": 100, "corp/Microsoft.B": 102}

    assert next_default(99, defaults) == "corp/Microsoft.A"
    assert next_default(101, defaults) == "corp/Microsoft.B"
    assert next_default(102, defaults) is None


def answer(
    wishes: list[Wish], fixed: dict[str, int], taken: frozenset[int]
) -> dict[str, int] | None:
    try:
        return solve(wishes, fixed=fixed, taken=taken)
    except UnsolvableError:
        return None


def at(wishes: list[Wish], name: str) -> int | None:
    return next(item.current for item in wishes if item.rule == name)


def can_stand(
    wishes: list[Wish],
    rest: list[Wish],
    numbers: dict[str, int],
    fixed: dict[str, int],
    taken: frozenset[int],
) -> bool:
    """Tell by trying whether the rest finds numbers when the others keep theirs."""
    own = {name: number for name, number in numbers.items() if name not in fixed}
    if len({*own.values()}) < len(own) or {*own.values()} & (taken | {*fixed.values()}):
        return False
    if any(not LOWEST <= number <= HIGHEST for number in own.values()):
        return False
    if not rest:
        return all(fulfilled(item, numbers) for item in wishes)
    head = rest[0].rule
    free = [
        number
        for number in range(LOWEST, HIGHEST + 1)
        if number not in taken and number not in numbers.values()
    ]
    return any(
        can_stand(wishes, rest[1:], {**numbers, head: number}, fixed, taken)
        for number in free
        if all(fulfilled(item, {**numbers, head: number}) for item in wishes)
    )


def fulfilled(item: Wish, numbers: dict[str, int]) -> bool:
    if item.rule not in numbers or item.anchor not in numbers:
        return True
    return (numbers[item.rule] < numbers[item.anchor]) is item.is_before
