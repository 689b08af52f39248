"""
Tags of default rules: what makes a live rule a default rule, and which version it is.

adsync-server.md 5.1 and 0.4, item 8: match by the tag without its number.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_TAG = re.compile(r"(.*)\.([0-9]+)")


@dataclass(frozen=True, slots=True, order=True)
class Tag:
    """A tag split into the part that stays and its number (0 where it has none)."""

    agnostic: str
    number: int


def parse_tag(text: str) -> Tag | None:
    """
    Return the tag of a default rule, or None for a custom rule.

    >>> parse_tag("Microsoft.InfromADUserJoin.003")
    Tag(agnostic='Microsoft.InfromADUserJoin', number=3)
    """
    if not text.startswith("Microsoft."):
        return None
    match = _TAG.fullmatch(text)
    return Tag(match[1], int(match[2])) if match else Tag(text, 0)
