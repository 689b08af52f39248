"""
YAML problems: what the parser stumbled over, in the words of the person who wrote the file.

Knows the messages of libyaml and of PyYAML's own parser; finding the errors is `yaml_reading`'s.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from reconciler.desired.codes import Code
from reconciler.model.findings import Finding, quoted
from reconciler.model.places import Place

_QUOTE_IT = 'put the whole text in quotes, or below the key as a block that begins with "|-"'


@dataclass(frozen=True, slots=True, kw_only=True)
class Stumble:
    """Where and why the parser stopped; lines and columns count from 0, as the parser's do."""

    problem: str
    line: int
    column: int
    opened: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class _Said:
    what: str
    expected: str = ""
    remedy: str = ""
    code: Code = Code.SYNTAX
    at_opening: bool = False
    row: int | None = None


def explained(stumble: Stumble, *, lines: Sequence[str], file: str) -> Finding:
    """Return the finding that explains a syntax error; no text of the file is repeated in it."""
    line = lines[stumble.line] if stumble.line < len(lines) else ""
    said = _tab(stumble, line) or _by_message(stumble, line, lines)
    row, column = stumble.line, stumble.column
    if said.code is Code.TAB:
        column = line.find("\t") if "\t" in line else column
    elif said.row is not None:
        row, column = said.row, len(lines[said.row]) - len(lines[said.row].lstrip())
    elif said.at_opening and stumble.opened:
        row, column = stumble.opened
    place = Place(file, row + 1, column + 1)
    expected = (said.expected,) if said.expected else ()
    return said.code.at(place, said.what, expected=expected, remedy=said.remedy)


def tab_indentation(place: Place) -> Finding:
    """Return the finding for a line that a tab indents."""
    said = _TAB
    return said.code.at(place, said.what, expected=(said.expected,), remedy=said.remedy)


_TAB = _Said(
    "a tab where blanks must indent or separate",
    "blanks only; a tab is allowed inside the text of a block (|), after its indentation",
    "replace the tab by blanks; most editors can convert the whole file",
    Code.TAB,
)


def _tab(stumble: Stumble, line: str) -> _Said | None:
    indentation = line[: len(line) - len(line.lstrip(" \t"))]
    at_tab = line[stumble.column : stumble.column + 1] == "\t"
    if "found a tab character" in stumble.problem or "\t" in indentation or at_tab:
        return _TAB
    return None


def _by_message(stumble: Stumble, line: str, lines: Sequence[str]) -> _Said:
    problem, before = stumble.problem, line[: stumble.column]
    if "mapping values are not allowed" in problem:
        return _colon(before, stumble, lines)
    if "could not find expected ':'" in problem:
        return _no_colon(stumble.opened[0] if stumble.opened else stumble.line, lines)
    if "cannot start any token" in problem:
        return _first_character(line[stumble.column : stumble.column + 1])
    if any(words in problem for words in ("expected key", "<block end>", "'-' indicator")):
        return _misplaced(before)
    return next((said for words, said in _MESSAGES if words in problem), _GENERIC)


def _colon(before: str, stumble: Stumble, lines: Sequence[str]) -> _Said:
    if re.search(r":\s", before):
        return _Said('a second ": " in one value', 'text without ": ", or quoted text', _QUOTE_IT)
    above = next((row for row in range(stumble.line - 1, -1, -1) if lines[row].strip()), None)
    if above is not None and _indent(lines[above]) >= _indent(lines[stumble.line]):
        return _no_colon(above, lines)
    return _Said(
        "this line is indented deeper than the value above it allows",
        "keys of one mapping in one column",
        "align the key with its neighbours, or move the text above into quotes",
    )


def _no_colon(row: int, lines: Sequence[str]) -> _Said:
    if row < len(lines) and re.match(r"\s*(?:- )*[\w.-]+:\S", lines[row]):
        return _Said(
            "no blank after the colon", '"key: value"', "put a blank after the colon", row=row
        )
    return _Said(
        "this line is neither a key with its value nor a list item",
        '"key: value" or "- value"',
        "add the colon and the value; text over several lines belongs in quotes or a block (|-)",
        row=row if row < len(lines) else None,
    )


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _first_character(character: str) -> _Said:
    return _Said(
        f"a value cannot begin with {quoted(character)}",
        "plain text that begins with a letter or digit, or quoted text",
        _QUOTE_IT,
    )


def _misplaced(before: str) -> _Said:
    if before.strip(" -"):
        return _Said(
            "text goes on after a closing quote or bracket",
            "one value per key: quoted text ends at its quote, a list at its ]",
            _QUOTE_IT,
        )
    return _Said(
        "this line's indentation fits none of the lines above",
        "the keys of one mapping, or the items of one list, in one column",
        "align it with the key or list item that it belongs beside",
    )


_ESCAPE = _Said(
    "a backslash in double quotes begins an escape that does not exist",
    r"\\ for a backslash, \" for a quote, \n for a line end, \u00E4 for a character",
    "double the backslash, or use single quotes",
)
_NO_CHARACTER = _Said(
    "an escape for half a character (a surrogate), or for none",
    "characters that exist on their own",
    r"write the character itself, or its \U escape with eight digits",
    Code.UNPRINTABLE,
)
_GENERIC = _Said(
    "this cannot be read as YAML",
    '"key: value" lines, "- " list items, quoted text',
    "compare the line with its neighbours; text with special characters wants quotes",
)
_END = _Said(
    "text goes on after the end of the document",
    "one mapping, all of whose keys begin in the same column",
    "remove what follows, or indent it where it belongs",
)
_OPEN_QUOTE = _Said(
    "a quote that opens here is never closed",
    "a quote at both ends of the text",
    "close the quote; a single quote inside single quotes is written twice",
    at_opening=True,
)
_BLOCK_SIGN = _Said(
    "text on the line of the block sign (| or >)",
    "only the sign, such as |-, and then the text on the next line",
    "move the text to the next line and indent it, or put it in quotes",
)
_TEXT_TAG = _Said(
    'a value cannot begin with "!"',
    "plain data without tags",
    _QUOTE_IT,
    Code.TAG,
)
_MESSAGES = (
    ("invalid Unicode character", _NO_CHARACTER),
    ("URI", _TEXT_TAG),
    ("escape", _ESCAPE),
    ("hexdecimal", _ESCAPE),
    ("hexadecimal", _ESCAPE),
    ("unexpected end of stream", _OPEN_QUOTE),
    ("unexpected document", _OPEN_QUOTE),
    (
        "',' or ']'",
        _Said(
            "a [ that opens here is never closed, or a comma is missing",
            "[one, two, three]",
            f"close the bracket; if it was meant as text, {_QUOTE_IT}",
            at_opening=True,
        ),
    ),
    (
        "',' or '}'",
        _Said(
            "a { that opens here is never closed, or a comma is missing",
            "{key: value, key: value}",
            f"close the brace; if it was meant as text, {_QUOTE_IT}",
            at_opening=True,
        ),
    ),
    (
        "node content",
        _Said("a value is missing here", "text, a number, a list or a mapping", "add the value"),
    ),
    (
        "sequence entries are not allowed",
        _Said('"- " cannot stand here', "list items on lines of their own", _QUOTE_IT),
    ),
    (
        "mapping keys are not allowed",
        _Said('"? " cannot stand here', '"key: value"', _QUOTE_IT),
    ),
    ("comment or line break", _BLOCK_SIGN),
    ("indentation indicator", _BLOCK_SIGN),
    (
        "alphabetic or numeric",
        _Said('a value cannot begin with "*" or "&"', "plain data", _QUOTE_IT, Code.ALIAS),
    ),
    (
        "found unexpected ':'",
        _Said('a ":" inside [ ] or { }', "a blank after the colon", "add a blank, or quote it"),
    ),
    (
        "nesting depth",
        _Said(
            "nested deeper than any document; the rest of the file was not read",
            "a handful of levels",
            "write the value without so many brackets",
            Code.TOO_DEEP,
        ),
    ),
    ("<document start>", _END),
    ("tag", _TEXT_TAG),
    ("'!'", _TEXT_TAG),
    ("directive", _TEXT_TAG),
)
