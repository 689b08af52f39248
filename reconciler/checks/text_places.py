"""
Where a character of a text stands in its file.

Only texts whose characters stand in the file as they are meant can be counted through; for others
the place of the text as a whole is the best answer.
"""

from __future__ import annotations

from reconciler.model.places import Place


def place_in_text(
    place: Place, text: str, offset: int, *, is_block: bool = False, block_column: int = 0
) -> Place:
    r"""
    Return the place of a character, `offset` counted from 0.

    `place` is that of the whole text. `is_block` tells a block scalar, whose lines follow the line
    of its place and begin at `block_column`; where that column is not known (0), the line is told
    alone. A text that runs over lines without being one is told by its beginning.

    >>> str(place_in_text(Place("a.yaml", 3, 13), "Trim([a])", 5))
    'a.yaml:3:18'
    >>> str(place_in_text(Place("a.yaml", 3, 17), "IIF(\n  a)", 7, is_block=True, block_column=7))
    'a.yaml:5:9'
    """
    before = text[:offset]
    lines = before.count("\n")
    column = len(before) - (before.rfind("\n") + 1)
    if is_block:
        shown = block_column + column if block_column else 0
        return Place(place.file, place.line + 1 + lines, shown, place.element)
    return place if lines or not place.column else place.shifted(column)
