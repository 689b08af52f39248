"""Expressions that readers, and perhaps servers, take differently."""

from __future__ import annotations

import pytest
from hypothesis import given

from reconciler.expressions.parsing import parse, read
from reconciler.expressions.readings import OTHER_READINGS, disputed, to_bracket
from reconciler.expressions.syntax import Binary, walk
from tests.expressions.texts import expressions, laid_out


def dispute(text: str) -> Binary | None:
    return disputed(text, tree=parse(text))


@pytest.mark.parametrize(
    "text",
    [
        "[a]",
        "[a] & [b] & [c]",
        "10 - 2 - 3",
        "[a] = True && [b]",
        "Left([a],3) & Left([b],3)",
        "([a] = 1) || ([b] = 2) || ([c] = 3)",
        "(True || True) && False",
        "2 * 5 + 3",
        "1 + 2 - 3",
        "BitAnd([u],2) = 0",
    ],
)
def test_one_reading_is_no_dispute(text: str) -> None:
    assert dispute(text) is None


@pytest.mark.parametrize(
    ("text", "operator_start", "part"),
    [
        ("2 + 5 * 3", 2, "2 + 5"),  # VBA multiplies first
        ('[a] = "x" & "y"', 4, '"x" & "y"'),  # flat compares first
        ("1 & 2 + 3", 2, "1 & 2"),  # VBA adds first
        ("True || True && False", 5, "True || True"),  # VBA takes && first
        ("[a] || [b] = 1", 4, "[b] = 1"),
        ("IIF([a],1,[b] || [c] = 2)", 14, "[c] = 2"),
        ("[a] = 1 || [b] = 2", 8, "[b] = 2"),
    ],
)
def test_a_disputed_operator_is_found_with_the_part_to_bracket(
    text: str, operator_start: int, part: str
) -> None:
    node = dispute(text)

    assert node is not None
    assert node.operator_start == operator_start
    bracketed = to_bracket(node)
    assert text[bracketed.start : bracketed.end] == part


@given(expressions.flatmap(laid_out))
def test_a_dispute_is_exactly_a_different_tree_in_another_reading(text: str) -> None:
    tree = parse(text)
    agreed = all(read(text, levels=levels) == tree for levels in OTHER_READINGS)

    assert (disputed(text, tree=tree) is None) == agreed


@given(expressions.flatmap(laid_out))
def test_following_the_advice_settles_every_dispute(text: str) -> None:
    operators = sum(isinstance(node, Binary) for node in walk(parse(text)))

    for _ in range(operators):
        text = with_advised_brackets(text)

    assert dispute(text) is None


def with_advised_brackets(text: str) -> str:
    node = dispute(text)
    if node is None:
        return text
    part = to_bracket(node)
    return f"{text[: part.start]}({text[part.start : part.end]}){text[part.end :]}"
