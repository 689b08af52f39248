"""Lines broken at blanks for a screen; nothing is lost but blanks at the break."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reconciler.report.visible import columns

_LEAST = 20


def wrapped(text: str, width: int) -> list[str]:
    """
    Return the text in lines of at most `width` columns, broken at blanks.

    A word that is longer stands alone and sticks out: a name or a path is to be copied whole.

    >>> wrapped("clear the box of the domain", 22)
    ['clear the box of the', 'domain']
    """
    if columns(text) <= width:
        return [text]
    return list(_lines(text, max(width, _LEAST)))


def _lines(text: str, width: int) -> Iterator[str]:
    line, used = "", 0
    for piece in re.findall(r" *[^ ]+| +$", text):
        size = columns(piece)
        if line and used + size > width:
            yield line
            piece = piece.lstrip(" ")  # noqa: PLW2901 - the blank became the line break
            line, used = piece, columns(piece)
        else:
            line, used = line + piece, used + size
    if line:
        yield line
