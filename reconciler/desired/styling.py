"""
Styling: how a value is laid out as YAML, in the taste of the example estate.

Decides forms only; `writing` turns them into text, `editing` puts that text into existing files.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import isfinite

from reconciler.desired.scalars import is_text_everywhere
from reconciler.desired.split_names import is_relative_name
from reconciler.desired.text_decoding import UNPRINTABLE
from reconciler.model.nodes import Plain

WIDTH = 100
"""Columns of a line; only text that cannot be broken is longer."""

_LITERAL_BREAKERS = re.compile(r"[ \t]\n|[ \t]\Z|\A[ \t\n]|\r", re.ASCII)
_PLAIN_BREAKERS = re.compile(
    r"""\A[\s#,\[\]{}&*!|>'"%@`=] | \A[-?:](?:\s|\Z) | \A(?:---|\.\.\.)
    | :(?:\s|\Z) | \s\# | \s\Z | [\t\n\r]""",
    re.VERBOSE,
)


class Form(StrEnum):
    """How a scalar is written."""

    PLAIN = "plain"
    DOUBLE = "double"
    SINGLE = "single"
    LITERAL = "literal"


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """
    The taste of one document, by the names of its keys.

    `spread`: collections that always take a line for each member, such as flows. `inline`: lists
    of plain words that are written `[a, b]` where they fit. `literal`: text that is always a block.
    """

    spread: frozenset[str] = frozenset()
    inline: frozenset[str] = frozenset()
    literal: frozenset[str] = frozenset()


HOUSE = Style(
    spread=frozenset(
        {
            "directories",
            "domains",
            "flows",
            "observed_features",
            "organizational_units",
            "policy",
            "scheduler",
            "servers",
        }
    ),
    inline=frozenset(
        {"allow_unsupported", "command", "from", "hold_after", "object_types", "sources"}
    ),
    literal=frozenset({"expression"}),
)
"""The taste of the example estate."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Styled:
    """A value with its form; `members` of a mapping have keys that are styled scalars."""

    text: str = ""
    form: Form = Form.PLAIN
    items: tuple[Styled, ...] | None = None
    members: tuple[tuple[Styled, Styled], ...] | None = None
    is_flow: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """
    Where a value comes to stand.

    `column` is where its text begins, `indent` where the members of a block of it begin (columns
    count from 0), `key` the key above it. In a flow everything stays on one line.
    """

    style: Style
    key: str = ""
    column: int = 0
    indent: int = 0
    in_flow: bool = False

    def member(self, name: str, *, width: int) -> Spot:
        """Return the spot of a member of a block mapping here; `width` is that of its key."""
        column = self.indent + width + 2
        return Spot(style=self.style, key=name, column=column, indent=self.indent + 2)

    def item(self) -> Spot:
        """Return the spot of an item of a block list here."""
        return Spot(style=self.style, column=self.indent + 2, indent=self.indent + 2)

    def inside(self, name: str = "") -> Spot:
        """Return the spot of a member or item of a flow here."""
        return Spot(style=self.style, key=name, in_flow=True)


def styled(value: Plain | Mapping[str, Plain], spot: Spot) -> Styled:
    """
    Return a value with the form that it gets at a spot.

    Raises ValueError for a number that YAML cannot say plainly (not finite).
    """
    if isinstance(value, str):
        return _text(value, spot)
    if isinstance(value, Mapping):
        return _mapping(value, spot)
    if isinstance(value, Sequence):
        return _list(value, spot)
    return Styled(text=_word(value))


def flow_length(value: Styled) -> int:
    """Return how many columns a value takes on one line."""
    if value.members is not None:
        parts = [flow_length(name) + 2 + flow_length(member) for name, member in value.members]
        return sum(parts) + 2 * max(1, len(parts))
    if value.items is not None:
        return sum(map(flow_length, value.items)) + 2 * max(1, len(value.items))
    quotes = value.text.count('"') + value.text.count("\\")
    return len(value.text) + {Form.DOUBLE: 2 + quotes, Form.SINGLE: 2}.get(value.form, 0)


def _mapping(value: Mapping[str, Plain], spot: Spot) -> Styled:
    may_be_flow = spot.column > 0 and spot.key not in spot.style.spread
    if spot.in_flow or not value or (may_be_flow and not _wants_lines(value, spot.style)):
        flat = Styled(
            members=tuple(
                (_key(name, in_flow=True), styled(member, spot.inside(name)))
                for name, member in value.items()
            ),
            is_flow=True,
        )
        if spot.in_flow or not value or spot.column + flow_length(flat) <= WIDTH:
            return flat
    members = []
    for name, member in value.items():
        key = _key(name)
        members.append((key, styled(member, spot.member(name, width=flow_length(key)))))
    return Styled(members=tuple(members))


def _list(value: Sequence[Plain], spot: Spot) -> Styled:
    if spot.in_flow or not value or _may_be_inline(spot.key, value, spot.style):
        flat = Styled(items=tuple(styled(item, spot.inside()) for item in value), is_flow=True)
        if spot.in_flow or not value or spot.column + flow_length(flat) <= WIDTH:
            return flat
    return Styled(items=tuple(styled(item, spot.item()) for item in value))


def _text(value: str, spot: Spot) -> Styled:
    plain = Styled(text=value, form=_text_form(value, in_flow=spot.in_flow))
    if spot.in_flow or not may_be_literal(value):
        return plain
    needs_escapes = plain.form is Form.DOUBLE and ('"' in value or "\\" in value)
    is_long = spot.column + flow_length(plain) > WIDTH
    if "\n" in value or spot.key in spot.style.literal or needs_escapes or is_long:
        return Styled(text=value, form=Form.LITERAL)
    return plain


def may_be_literal(value: str) -> bool:
    """Tell whether text can be a block: no blanks that editors trim, nothing unprintable."""
    return bool(value) and not _LITERAL_BREAKERS.search(value) and not UNPRINTABLE.search(value)


def _key(name: str, *, in_flow: bool = False) -> Styled:
    return Styled(text=name, form=_text_form(name, in_flow=in_flow))


def _text_form(value: str, *, in_flow: bool) -> Form:
    """Return the form of text on one line: quoted wherever a reader could take it for more."""
    special = UNPRINTABLE.search(value) or _PLAIN_BREAKERS.search(value)
    if is_text_everywhere(value) and not special and not (in_flow and _breaks_flow(value)):
        return Form.PLAIN
    has_escapes = any(character in value for character in '"\\')
    if has_escapes and "'" not in value and value.isprintable():
        return Form.SINGLE if in_flow else Form.DOUBLE
    return Form.DOUBLE


def _breaks_flow(value: str) -> bool:
    return any(character in ",?[]{}:" for character in value)


def _wants_lines(value: Mapping[str, Plain], style: Style) -> bool:
    """Tell whether a member must not stand among others on one line."""
    return any(
        _wants_a_line(name, member, style) or name in style.literal
        for name, member in value.items()
    )


def _wants_a_line(name: str, value: Plain, style: Style) -> bool:
    if isinstance(value, str):
        return "\n" in value or (is_relative_name(value) and "," in value)
    if isinstance(value, list):
        return bool(value) and not _may_be_inline(name, value, style)
    return bool(value) and isinstance(value, Mapping)


def _may_be_inline(name: str, value: Sequence[Plain], style: Style) -> bool:
    return name in style.inline and not any(
        isinstance(item, list | Mapping) or _wants_a_line("", item, style) for item in value
    )


def _word(value: float | None) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if not isfinite(value):
        raise ValueError(value)
    from decimal import Decimal

    text = format(Decimal(repr(value)), "f")
    return text if "." in text else f"{text}.0"
