"""
The tree of a sync-rule expression: nodes that know where they stood in the text.

Only shapes live here; `parsing` builds them and `references` reads them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias


class Operator(StrEnum):
    """The operators of the language; there is no division and no negation."""

    AND = "&&"
    OR = "||"
    EQUAL = "="
    NOT_EQUAL = "<>"
    LESS = "<"
    LESS_OR_EQUAL = "<="
    GREATER = ">"
    GREATER_OR_EQUAL = ">="
    PLUS = "+"
    MINUS = "-"
    TIMES = "*"
    JOIN = "&"


# Equality is written by hand because a chain of a thousand "&" is a tree of a thousand levels:
# the comparison that dataclasses generate would exhaust the stack of the interpreter.
@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Spanned:
    """What every node has: 0-based character offsets, `end` exclusive; equality ignores them."""

    start: int
    end: int

    def __eq__(self, other: object) -> bool:
        """Tell whether both trees have the same shape and spelling, wherever they stood."""
        return isinstance(other, Spanned) and _outline(self) == _outline(other)

    def __hash__(self) -> int:
        """Agree with equality."""
        return hash(_outline(self))

    def __repr__(self) -> str:
        """Show the shape: operators and calls first, operands behind them."""
        return _sketch(self)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class StringLiteral(Spanned):
    """A text in straight quotes; `spelling` is what stood in the expression, quotes included."""

    spelling: str

    @property
    def value(self) -> str:
        r"""
        Return the text that is meant: `\\` is one backslash, `\"` a quote, others stay.

        Rests on assumption A02 of declarative-provisioning.md.
        """
        return _ESCAPES.sub(r"\1", self.spelling[1:-1])


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class NumberLiteral(Spanned):
    """A whole number in decimal or, with `&H`, in hexadecimal digits."""

    spelling: str

    @property
    def value(self) -> int:
        """Return the signed 64-bit number; sixteen hexadecimal digits are two's complement."""
        _, mark, digits = self.spelling.partition("&H")
        if not mark:
            return int(self.spelling)
        number = int(digits, 16)
        return number - (1 << 64) if number >= 1 << 63 else number


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Keyword(Spanned):
    """A bare word of the language, such as True, NULL, IgnoreThisFlow or vbTextCompare."""

    word: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class AttributeReference(Spanned):
    """An attribute of the source object: `[mail]`."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Parameter(Spanned):
    """A parameter that the connector or an administrator provides: `%Domain.FQDN%`."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Variable(Spanned):
    """A name that Select, Where or With binds: `$item`; `name` is without the dollar sign."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Call(Spanned):
    """A function with its arguments; whether the function exists is not asked here."""

    function: str
    arguments: tuple[Node, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Binary(Spanned):
    """Two operands and the operator between them, which stands at `operator_start`."""

    operator: Operator
    left: Node
    right: Node
    operator_start: int = field(compare=False)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Group(Spanned):
    """An expression in brackets; kept because canonical text reproduces the brackets."""

    inner: Node


Node: TypeAlias = (
    StringLiteral
    | NumberLiteral
    | Keyword
    | AttributeReference
    | Parameter
    | Variable
    | Call
    | Binary
    | Group
)


def children(node: Spanned) -> tuple[Node, ...]:
    """Return the nodes directly below, in the order of the text."""
    match node:
        case Call():
            return node.arguments
        case Binary():
            return (node.left, node.right)
        case Group():
            return (node.inner,)
        case _:
            return ()


def walk(tree: Node) -> Iterator[Node]:
    """Yield the node and all nodes below it, parents first, otherwise in the order of the text."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend(reversed(children(node)))


_ESCAPES = re.compile(r'\\([\\"])')


def _label(node: Spanned) -> str:
    match node:
        case StringLiteral() | NumberLiteral():
            label = node.spelling
        case Keyword():
            label = node.word
        case AttributeReference():
            label = f"[{node.name}]"
        case Parameter():
            label = f"%{node.name}%"
        case Variable():
            label = f"${node.name}"
        case Call():
            label = f"{node.function}()"
        case Binary():
            label = node.operator.value
        case _:
            label = "()"
    return label


def _outline(tree: Spanned) -> tuple[tuple[str, int], ...]:
    """Spell the tree as its labels with their number of children: one tree, one spelling."""
    found: list[tuple[str, int]] = []
    waiting: list[Spanned] = [tree]
    while waiting:
        node = waiting.pop()
        below = children(node)
        found.append((_label(node), len(below)))
        waiting.extend(reversed(below))
    return tuple(found)


def _sketch(tree: Spanned) -> str:
    pieces: list[str] = []
    waiting: list[Spanned | str] = [tree]
    while waiting:
        item = waiting.pop()
        if isinstance(item, str):
            pieces.append(item)
            continue
        below = children(item)
        pieces.append(f"({_label(item)}" if below else _label(item))
        if below:
            waiting.append(")")
        for child in reversed(below):
            waiting.extend((child, " "))
    return "".join(pieces)
