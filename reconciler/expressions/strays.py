"""
What people bring along from elsewhere: pasted characters, words and operators of other languages.

`refusals` asks here when a text holds something that the expression language does not have.
"""

from __future__ import annotations

import unicodedata
from typing import NamedTuple

from reconciler.expressions.quoting import quoted

DOUBLE_QUOTES = "\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033\uff02"
_SINGLE_QUOTES = "\u2018\u2019\u201a\u201b\u2032\uff07"
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2212"

FOREIGN_OPERATORS = {
    "==": 'write a single "="',
    "=>": 'write ">="',
    "=<": 'write "<="',
    "><": 'write "<>"',
}

# By their folded spelling.
FOREIGN_WORDS = {
    "and": 'write "&&"',
    "andalso": 'write "&&"',
    "or": 'write "||"',
    "orelse": 'write "||"',
    "not": 'there is no negation; compare with False, as in "IsPresent([mail]) = False"',
    "nothing": 'write "NULL"',
    "none": 'write "NULL"',
    "vbcrlf": 'write "CRLF"',
    "vbnewline": 'write "CRLF"',
}


class Complaint(NamedTuple):
    """What is wrong with a character, what to do, and what was expected if that is special."""

    what: str
    remedy: str
    expected: str = ""


DECIMAL_POINT = Complaint(
    "a number with decimals",
    "numbers are whole; use one without a decimal point",
    "a whole number",
)

_KNOWN = {
    "[": Complaint(
        'the attribute opened with "[" is not closed',
        'add "]" behind the name of the attribute',
        "the name of an attribute in square brackets",
    ),
    "]": Complaint(
        'this "]" closes no attribute',
        'add "[" before the name of the attribute',
    ),
    "%": Complaint(
        'a "%" that encloses no parameter',
        "write a parameter with a percent sign on both sides, such as %Domain.FQDN%",
    ),
    "$": Complaint('a "$" without the name of a variable', "write a variable as in $item"),
    "|": Complaint('a single "|" is no operator', 'write "||" for a logical or'),
    "!": Complaint('"!" is no operator', 'write "<>" for not equal, or compare with False'),
    "/": Complaint('"/" is no operator', "the language does not divide; change the source value"),
    ";": Complaint('";" ends nothing', 'an expression is one value; separate arguments by ","'),
    "\\": Complaint("a backslash outside a text", "put the text in straight quotes"),
    "'": Complaint(
        "a single quote encloses no text",
        'use straight double quotes: "text"',
        "straight double quotes",
    ),
}


def complain(character: str) -> Complaint:
    """Return what to say about a character that starts nothing in the language."""
    if character in DOUBLE_QUOTES or character in _SINGLE_QUOTES:
        return Complaint(
            f"typographic quote pasted from a web page: {_named(character)}",
            "use straight quotes",
            "straight double quotes",
        )
    if character in _DASHES:
        return Complaint(f"{_named(character)} is no operator", 'write "-", the keyboard\'s minus')
    if character in _KNOWN:
        return _KNOWN[character]
    if not character.isprintable():
        return Complaint(
            f"an invisible character stands outside a text: {_named(character)}",
            "replace it by a plain blank; such characters come with text from web pages",
        )
    return Complaint(
        f"unexpected character {_named(character)}",
        "remove it, or put text in straight quotes",
    )


def _named(character: str) -> str:
    name = unicodedata.name(character, "")
    return f"{quoted(character)} (U+{ord(character):04X}{' ' if name else ''}{name})"
