"""Places inside texts."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reconciler.checks.text_places import place_in_text
from reconciler.model.places import Place

HEAD = Place("a.yaml", 3, 17)
lines = st.lists(st.text("abc [](", max_size=8), min_size=1, max_size=5)


@given(lines, st.integers(1, 12), st.data())
def test_a_character_of_a_block_is_found_in_the_file(
    text_lines: list[str], column: int, data: st.DataObject
) -> None:
    text = "\n".join(text_lines)
    offset = data.draw(st.integers(0, len(text)))
    file_lines = ["", "", "  expression: |-", *(" " * (column - 1) + line for line in text_lines)]

    place = place_in_text(HEAD, text, offset, is_block=True, block_column=column)

    rest = file_lines[place.line - 1][place.column - 1 :]
    assert rest == text[offset:].split("\n")[0]


def test_without_the_column_of_the_block_the_line_is_told_alone() -> None:
    place = place_in_text(HEAD, "IIF(\n  a)", 7, is_block=True)

    assert place == Place("a.yaml", 5, 0)


def test_a_text_on_one_line_is_counted_through() -> None:
    assert place_in_text(HEAD, "Trim([a])", 5) == Place("a.yaml", 3, 22)


def test_a_quoted_text_with_line_ends_is_told_by_its_beginning() -> None:
    assert place_in_text(HEAD, "a\nb", 2) == HEAD
