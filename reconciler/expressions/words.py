"""
An expression as a row of words, for showing what changed between two of them.

Works on any text, readable or not. `canonical` joins these words.
"""

from __future__ import annotations

from reconciler.expressions.tokens import ENDS_OPERAND, Token, TokenKind, tokenize


def words(text: str) -> tuple[str, ...]:
    """
    Return the words of an expression with the blanks of canonical text already attached.

    A literal text, an attribute or a number is one word, `" = "` and `", "` carry their blanks.
    Blanks outside literals never make a difference, and joining the words gives canonical text.

    >>> words('IIF( [c]="a b" ,1,NULL)')
    ('IIF', '(', '[c]', ' = ', '"a b"', ', ', '1', ', ', 'NULL', ')')
    """
    return spaced(tokenize(text))


def spaced(tokens: list[Token]) -> tuple[str, ...]:
    """Return the text of each token with the blanks that canonical text has around it."""
    found: list[str] = []
    before: Token | None = None
    for token in tokens:
        found.append(_with_blanks(token, before))
        before = token
    return tuple(found)


def _with_blanks(token: Token, before: Token | None) -> str:
    if token.kind is TokenKind.OPERATOR:
        return f" {token.text} "
    if token.kind is TokenKind.COMMA:
        return ", "
    # Two operands side by side are no expression; their gap is kept as one blank.
    if (
        before is not None
        and before.end < token.start
        and (before.kind in ENDS_OPERAND or before.kind is TokenKind.STRAY)
        and token.kind is not TokenKind.CLOSE
    ):
        return f" {token.text}"
    return token.text
