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

    place = place_in_text(Place("a.yaml", 4, column), text, offset, whole=HEAD)

    rest = file_lines[place.line - 1][place.column - 1 :]
    assert rest == text[offset:].split("\n")[0]


def test_a_text_whose_characters_cannot_be_counted_is_told_as_a_whole() -> None:
    assert place_in_text(None, "a\nb", 2, whole=HEAD) == HEAD


def test_a_text_on_one_line_is_counted_through() -> None:
    assert place_in_text(HEAD, "Trim([a])", 5, whole=HEAD) == Place("a.yaml", 3, 22)
