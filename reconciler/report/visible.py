r"""
Text from the world made safe to show: one line, everything unseen written out as an escape.

Control characters, terminal sequences, bidirectional overrides, zero-width characters and unusual
blanks become `\x1b`, `\u202e` and so on. The set is fixed, so that every Python prints the same.
"""

from __future__ import annotations

import re
from unicodedata import combining, east_asian_width

_UNSEEN = re.compile(
    "["
    "\x00-\x1f\x7f-\xa0\xad\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u115f\u1160"
    "\u1680\u17b4\u17b5\u180b-\u180f\u2000-\u200f\u2028-\u202f\u205f-\u206f\u2800\u3000\u3164"
    "\ud800-\uf8ff\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff"
    "\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e0fff\U000f0000-\U0010ffff"
    "]"
)


def visible(text: str, *, longest: int = 0) -> str:
    r"""
    Return the text in one line with every unseen character escaped, cut at `longest` if given.

    >>> visible("a\u202eb")
    'a\\u202eb'
    """
    if not longest:
        return escape_unseen(text)
    return cut(escape_unseen(text[: longest + 1]), longest)


def escape_unseen(text: str) -> str:
    """Return the text with each unseen character written as a Python escape."""
    return _UNSEEN.sub(_escape, text)


def json_visible(text: str) -> str:
    r"""
    Return JSON text that means the same, with each unseen character as a `\u` escape.

    Line feeds stay: outside strings they are layout, inside strings JSON has escaped them.
    """
    return _UNSEEN.sub(_json_escape, text)


def cut(text: str, longest: int) -> str:
    """Return the text, or its beginning and an ellipsis: never more than `longest` characters."""
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def in_quotes(text: str, *, longest: int = 100) -> str:
    """Return user text in double quotes, visible and cut."""
    return f'"{visible(text, longest=longest)}"'


def columns(text: str) -> int:
    """Return how many columns of a terminal the text takes (wide characters take two)."""
    if text.isascii():
        return len(text)
    return sum(
        0 if combining(character) else 2 if east_asian_width(character) in "WF" else 1
        for character in text
    )


def padded(text: str, width: int) -> str:
    """Return the text with blanks behind it up to `width` columns."""
    return text + " " * (width - columns(text))


def _escape(match: re.Match[str]) -> str:
    return match.group().encode("unicode_escape", "surrogatepass").decode("ascii")


def _json_escape(match: re.Match[str]) -> str:
    character = match.group()
    if character == "\n":
        return character
    units = character.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at] << 8 | units[at + 1]:04x}" for at in range(0, len(units), 2))
