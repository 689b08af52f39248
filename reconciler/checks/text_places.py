"""
Where a character of a text stands in its file.

Only texts whose characters stand in the file as they are meant can be counted through; for others
the place of the text as a whole is the best answer.
"""

from __future__ import annotations

from reconciler.model.places import Place


def place_in_text(text_place: Place | None, text: str, offset: int, *, whole: Place) -> Place:
    r"""
    Return the place of a character, `offset` counted from 0.

    `text_place` is that of the first character, and every line of the text begins in its column;
    where it is not known the place of the text as a whole is the answer.

    >>> str(place_in_text(Place("a.yaml", 3, 13), "Trim([a])", 5, whole=Place("a.yaml", 3, 13)))
    'a.yaml:3:18'
    >>> str(place_in_text(Place("a.yaml", 4, 7), "IIF(\n  a)", 7, whole=Place("a.yaml", 3, 17)))
    'a.yaml:5:9'
    """
    if text_place is None or not text_place.column:
        return whole
    before = text[:offset]
    column = text_place.column + len(before) - (before.rfind("\n") + 1)
    return Place(text_place.file, text_place.line + before.count("\n"), column)
