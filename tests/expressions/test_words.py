"""Expressions as rows of words."""

from __future__ import annotations

import pytest
from hypothesis import given

from reconciler.expressions.canonical import canonical
from reconciler.expressions.tokens import BLANKS
from reconciler.expressions.words import words
from tests.expressions.texts import any_text, expressions, laid_out


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ('Left( "a  b",-3 )', ("Left", "(", '"a  b"', ", ", "-3", ")")),
        ('[a]&"x"', ("[a]", " & ", '"x"')),
        ("5-3", ("5", " - ", "3")),
        ('"never closed, (', ('"never closed, (',)),
        ("two   words", ("two", " words")),
        ("[a] # [b]", ("[a]", " #", " [b]")),
        ("“x y”", ("“", "x", " y", "”")),
        ("[a] )", ("[a]", ")")),
        ("", ()),
    ],
)
def test_a_literal_is_one_word_and_blanks_are_folded(text: str, row: tuple[str, ...]) -> None:
    assert words(text) == row


@given(expressions.flatmap(laid_out))
def test_the_words_of_an_expression_join_to_its_canonical_text(text: str) -> None:
    assert "".join(words(text)) == canonical(text)


@given(any_text)
def test_no_character_but_a_blank_is_ever_lost(text: str) -> None:
    def visible(string: str) -> str:
        return "".join(character for character in string if character not in BLANKS)

    assert visible("".join(words(text))) == visible(text)
