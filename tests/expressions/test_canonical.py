"""The one spelling of an expression: what counts, and what does not."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from reconciler.expressions.canonical import canonical, same
from reconciler.expressions.parsing import parse
from tests.expressions.texts import Tokens, any_text, expressions, laid_out


@pytest.mark.parametrize(
    ("text", "spelling"),
    [
        ('IIF( [c]="a b" ,1,NULL)', 'IIF([c] = "a b", 1, NULL)'),
        ("Trim\n  ([a])\r\n", "Trim([a])"),
        ('[a]&"@"&%Domain.FQDN%', '[a] & "@" & %Domain.FQDN%'),
        ('"a"& &HF', '"a" & &HF'),
        ("5--3", "5 - -3"),
        ("((  [a] ))", "(([a]))"),
        ("&Hf + 007", "&Hf + 007"),
        ("[ mail ]", "[ mail ]"),
        ("Now( )", "Now()"),
        ("trim([a])", "trim([a])"),
    ],
)
def test_blanks_outside_literals_get_one_spelling_and_nothing_else_changes(
    text: str, spelling: str
) -> None:
    assert canonical(text) == spelling


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ('"a b"', '"a  b"'),
        ('" a"', '"a"'),
        ("[ mail ]", "[mail]"),
        ("Trim([a])", "trim([a])"),
        ("&HF", "&Hf"),
        ("15", "015"),
        ("([a])", "[a]"),
        ('"a\nb"', '"a\r\nb"'),
    ],
)
def test_everything_but_blanks_outside_literals_counts(one: str, other: str) -> None:
    assert not same(one, other)


@pytest.mark.parametrize(
    ("text", "spelling"),
    [("Trim( [a]", "Trim( [a]"), ("oops  (\r\nx\ry", "oops  (\nx\ny"), ("", ""), (" \r\n", " \n")],
)
def test_an_unreadable_text_is_its_own_spelling_but_for_line_ends(text: str, spelling: str) -> None:
    assert canonical(text) == spelling


def test_equal_texts_are_the_same_even_when_unreadable() -> None:
    assert same("Trim(", "Trim(")
    assert not same("Trim(", "Trim( ")


@given(expressions, st.data())
def test_any_layout_has_the_spelling_of_the_original(tokens: Tokens, data: st.DataObject) -> None:
    original = " ".join(tokens)

    assert canonical(data.draw(laid_out(tokens))) == canonical(original)
    assert same(data.draw(laid_out(tokens)), original)


@given(expressions.flatmap(laid_out) | any_text)
def test_the_spelling_of_a_spelling_is_itself(text: str) -> None:
    assert canonical(canonical(text)) == canonical(text)


@given(expressions.flatmap(laid_out))
def test_the_spelling_means_the_same_tree(text: str) -> None:
    assert parse(canonical(text)) == parse(text)


@given(expressions.flatmap(laid_out), expressions.flatmap(laid_out))
def test_one_spelling_is_one_tree(one: str, other: str) -> None:
    assert same(one, other) == (parse(one) == parse(other))


@given(st.text(alphabet="ab \t\n", max_size=6), st.text(alphabet="ab \t\n", max_size=6))
def test_blanks_inside_a_literal_always_count(one: str, other: str) -> None:
    assume(one != other)

    assert not same(f'Trim("{one}")', f'Trim("{other}")')
