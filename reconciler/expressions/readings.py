"""
Whether an expression means the same under every plausible order of its operators.

The vendor's article, its own rules and VBA disagree about the order (declarative-provisioning.md
2.3, assumption A01); `parsing` follows one reading, here the three others are tried.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from reconciler.expressions.parsing import read
from reconciler.expressions.syntax import Binary, Node, Operator, walk

_LOGICAL = frozenset({Operator.AND, Operator.OR})
_CALCULATING = frozenset({Operator.PLUS, Operator.MINUS, Operator.TIMES, Operator.JOIN})

FLAT: Mapping[Operator, int] = MappingProxyType(dict.fromkeys(Operator, 1))

TWO_LEVELS: Mapping[Operator, int] = MappingProxyType(
    {operator: 1 if operator in _LOGICAL else 2 for operator in Operator},
)

VISUAL_BASIC: Mapping[Operator, int] = MappingProxyType(
    {operator: 3 for operator in Operator if operator not in _LOGICAL | _CALCULATING}
    | {
        Operator.OR: 1,
        Operator.AND: 2,
        Operator.JOIN: 4,
        Operator.PLUS: 5,
        Operator.MINUS: 5,
        Operator.TIMES: 6,
    },
)

OTHER_READINGS = (FLAT, TWO_LEVELS, VISUAL_BASIC)


def disputed(text: str, *, tree: Node) -> Binary | None:
    """
    Return the first operator that takes other operands under another reading, None if none does.

    `tree` is what `parsing.parse` made of the text.
    """
    binaries = sorted(
        (node for node in walk(tree) if isinstance(node, Binary)),
        key=lambda node: node.operator_start,
    )
    if len({node.operator for node in binaries}) < 2:
        return None
    others = [dict(_operands(read(text, levels=levels))) for levels in OTHER_READINGS]
    for node in binaries:
        if any(other[node.operator_start] != _spans(node) for other in others):
            return node
    return None


def to_bracket(node: Binary) -> Binary:
    """
    Return the part of the tree around a disputed operator that wants brackets first.

    All operators before it are undisputed, so readings can only differ in what is to its right:
    either the right operand falls apart, or it grows beyond the operator.
    """
    return node.right if isinstance(node.right, Binary) else node


_Spans = tuple[int, int, int, int]


def _operands(tree: Node) -> Iterator[tuple[int, _Spans]]:
    for node in walk(tree):
        if isinstance(node, Binary):
            yield node.operator_start, _spans(node)


def _spans(node: Binary) -> _Spans:
    return (node.left.start, node.left.end, node.right.start, node.right.end)
