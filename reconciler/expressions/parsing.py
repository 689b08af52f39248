"""
From text to tree, by the operator levels of declarative-provisioning.md 2.3 (assumption A01).

Keeps its own stack, so that no text can exhaust the interpreter's. What it refuses is put into
words by `refusals`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType

from reconciler.expressions import refusals
from reconciler.expressions.refusals import ExpressionSyntaxError
from reconciler.expressions.syntax import (
    AttributeReference,
    Binary,
    Call,
    Group,
    Keyword,
    Node,
    NumberLiteral,
    Operator,
    Parameter,
    StringLiteral,
    Variable,
)
from reconciler.expressions.tokens import Token, TokenKind, tokenize
from reconciler.expressions.vocabulary import KEYWORDS

__all__ = ["LEVELS", "MAX_NESTING", "ExpressionSyntaxError", "parse", "read"]

# Brackets within brackets; real expressions stay below ten, generated ones below a hundred.
MAX_NESTING = 200

_LOGICAL, _COMPARING, _CALCULATING = 1, 2, 3

LEVELS: Mapping[Operator, int] = MappingProxyType(
    {
        Operator.AND: _LOGICAL,
        Operator.OR: _LOGICAL,
        Operator.EQUAL: _COMPARING,
        Operator.NOT_EQUAL: _COMPARING,
        Operator.LESS: _COMPARING,
        Operator.LESS_OR_EQUAL: _COMPARING,
        Operator.GREATER: _COMPARING,
        Operator.GREATER_OR_EQUAL: _COMPARING,
        Operator.PLUS: _CALCULATING,
        Operator.MINUS: _CALCULATING,
        Operator.TIMES: _CALCULATING,
        Operator.JOIN: _CALCULATING,
    },
)

_OPERATORS = {operator.value: operator for operator in Operator}


@lru_cache(maxsize=1024)
def _parsed(text: str) -> Node:
    return read(text, levels=LEVELS)


def parse(text: str) -> Node:
    """
    Return the tree of an expression; equal texts share one tree.

    Raises `ExpressionSyntaxError`, and nothing else, at the first place that does not fit.
    """
    return _parsed(text)


def read(text: str, *, levels: Mapping[Operator, int]) -> Node:
    """
    Return the tree under other operator levels: a higher number binds tighter.

    Operators of one level are taken from left to right. Raises `ExpressionSyntaxError`.
    """
    tokens = tokenize(text)
    if not tokens:
        raise refusals.empty(text)
    reader = _Reader(levels)
    for token in tokens:
        reader.take(token)
    return reader.finish()


@dataclass(slots=True)
class _Frame:
    """What stands between two brackets, or outside all of them, as far as it is read."""

    start: int = 0
    opened: Token | None = None
    function: Token | None = None
    arguments: list[Node] = field(default_factory=list)
    operands: list[Node] = field(default_factory=list)
    operators: list[tuple[Operator, Token]] = field(default_factory=list)


class _Reader:
    """One pass over the tokens with operator precedence and an explicit stack of brackets."""

    def __init__(self, levels: Mapping[Operator, int]) -> None:
        self._levels = levels
        self._frame = _Frame()
        self._outer: list[_Frame] = []
        self._function: Token | None = None
        self._before: Token | None = None
        self._wants_operand = True

    def take(self, token: Token) -> None:
        if token.kind is TokenKind.STRAY or token.kind is TokenKind.UNCLOSED_STRING:
            raise refusals.unreadable(token, before=self._before)
        if self._wants_operand:
            self._take_operand(token)
        else:
            self._take_operator(token)
        self._before = token

    def finish(self) -> Node:
        last = self._before
        if self._wants_operand and last is not None and last.kind is TokenKind.OPERATOR:
            raise refusals.missing_right(last)
        if self._frame.opened is not None:
            raise refusals.unclosed_bracket(self._frame.opened, function=self._frame.function)
        return self._reduced()

    def _take_operand(self, token: Token) -> None:
        match token.kind:
            case TokenKind.FUNCTION:
                self._function = token
            case TokenKind.OPEN:
                self._open(token)
            case TokenKind.CLOSE if self._closes_empty_call():
                self._close(token, arguments=())
            case TokenKind.CLOSE if self._frame.opened is None:
                raise refusals.unopened_bracket(token)
            case TokenKind.CLOSE | TokenKind.COMMA | TokenKind.OPERATOR:
                raise refusals.missing_operand(token, before=self._before)
            case _:
                self._push(_leaf(token))

    def _take_operator(self, token: Token) -> None:
        frame = self._frame
        match token.kind:
            case TokenKind.OPERATOR:
                operator = _OPERATORS[token.text]
                self._reduce(self._levels[operator])
                frame.operators.append((operator, token))
                self._wants_operand = True
            case TokenKind.COMMA:
                if frame.function is None:
                    raise refusals.stray_comma(token, opened=frame.opened)
                frame.arguments.append(self._reduced())
                frame.operands.clear()
                self._wants_operand = True
            case TokenKind.CLOSE:
                if frame.opened is None:
                    raise refusals.unopened_bracket(token)
                self._close(token, arguments=(*frame.arguments, self._reduced()))
            case _:
                raise refusals.missing_operator(before=self._before, token=token)

    def _open(self, token: Token) -> None:
        if len(self._outer) >= MAX_NESTING:
            raise refusals.too_deep(token, limit=MAX_NESTING)
        self._outer.append(self._frame)
        function = self._function
        start = token.start if function is None else function.start
        self._frame = _Frame(start=start, opened=token, function=function)
        self._function = None

    def _close(self, token: Token, *, arguments: tuple[Node, ...]) -> None:
        inside = self._frame
        self._frame = self._outer.pop()
        start, end = inside.start, token.end
        if inside.function is None:
            self._push(Group(start=start, end=end, inner=arguments[0]))
        else:
            name = inside.function.text
            self._push(Call(start=start, end=end, function=name, arguments=arguments))

    def _closes_empty_call(self) -> bool:
        return self._frame.function is not None and self._before is self._frame.opened

    def _push(self, node: Node) -> None:
        self._frame.operands.append(node)
        self._wants_operand = False

    def _reduced(self) -> Node:
        self._reduce(0)
        return self._frame.operands[0]

    def _reduce(self, level: int) -> None:
        """Combine the operators that bind at least as tightly as the level."""
        operands, operators = self._frame.operands, self._frame.operators
        while operators and self._levels[operators[-1][0]] >= level:
            operator, token = operators.pop()
            right = operands.pop()
            left = operands.pop()
            operands.append(
                Binary(
                    start=left.start,
                    end=right.end,
                    operator=operator,
                    left=left,
                    right=right,
                    operator_start=token.start,
                ),
            )


def _leaf(token: Token) -> Node:
    start, end, text = token.start, token.end, token.text
    match token.kind:
        case TokenKind.STRING:
            return StringLiteral(start=start, end=end, spelling=text)
        case TokenKind.ATTRIBUTE:
            return AttributeReference(start=start, end=end, name=text[1:-1])
        case TokenKind.PARAMETER:
            return Parameter(start=start, end=end, name=text[1:-1])
        case TokenKind.VARIABLE:
            return Variable(start=start, end=end, name=text[1:])
        case TokenKind.NUMBER:
            return _number(token)
        case _:
            if text not in KEYWORDS:
                raise refusals.unknown_word(token)
            return Keyword(start=start, end=end, word=text)


# Digits of a signed 64-bit number; the length of the text is bounded because converting is slow.
_DECIMAL_DIGITS, _HEXADECIMAL_DIGITS, _LONGEST_NUMBER = 19, 16, 64


def _number(token: Token) -> NumberLiteral:
    node = NumberLiteral(start=token.start, end=token.end, spelling=token.text)
    if len(token.text) > _LONGEST_NUMBER or not _fits(node):
        raise refusals.number_too_large(token)
    return node


def _fits(number: NumberLiteral) -> bool:
    """Tell whether the number is a signed 64-bit one (assumption A17)."""
    if number.spelling.startswith("&H"):
        return len(number.spelling[2:].lstrip("0")) <= _HEXADECIMAL_DIGITS
    digits = len(number.spelling.lstrip("-0"))
    return digits <= _DECIMAL_DIGITS and -(1 << 63) <= number.value < 1 << 63
