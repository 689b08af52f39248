"""
From the text of an expression to its tokens, blanks left out.

Never refuses: what no rule of the language fits becomes a token of its own kind, which `parsing`
explains and `words` shows as it is.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import NamedTuple


class TokenKind(StrEnum):
    """What a token is; `FUNCTION` is a word with an opening bracket behind it."""

    STRING = "string"
    UNCLOSED_STRING = "unclosed"
    ATTRIBUTE = "attribute"
    FUNCTION = "function"
    WORD = "word"
    PARAMETER = "parameter"
    VARIABLE = "variable"
    NUMBER = "number"
    OPERATOR = "operator"
    OPEN = "open"
    CLOSE = "close"
    COMMA = "comma"
    STRAY = "stray"


class Token(NamedTuple):
    """One token: its kind, its exact text, and its 0-based character offset."""

    kind: TokenKind
    text: str
    start: int

    @property
    def end(self) -> int:
        """Return the offset behind the last character."""
        return self.start + len(self.text)


BLANKS = " \t\r\n"

# Quantifiers are possessive (`++`, `*+`): hostile text cannot make the expression backtrack.
# An attribute name may hold anything but "]" by the documentation. Brackets, quotes and line
# ends are left out here: no schema has them in a name, and a forgotten "]" is found at once.
_TOKEN = re.compile(
    r"""[ \t\r\n]*+(?:
      (?P<string>"(?:[^"\\]++|\\.)*+")
    | (?P<unclosed>"(?:[^"\\]++|\\.)*+\\?)
    | (?P<attribute>\[[^\[\]"\r\n]++\])
    | (?P<function>[^\W\d]\w*+(?=[ \t\r\n]*+\())
    | (?P<word>[^\W\d]\w*+)
    | (?P<parameter>%[\w-]++(?:\.[\w-]++)*+%)
    | (?P<variable>\$[^\W\d]\w*+)
    | (?P<number>-?[0-9]++|&H[0-9A-Fa-f]++)
    | (?P<operator>&&|\|\||<=|>=|<>|[-+*&=<>])
    | (?P<open>\()
    | (?P<close>\))
    | (?P<comma>,)
    | (?P<stray>[^ \t\r\n])
    )""",
    re.VERBOSE | re.DOTALL,
)

_KINDS = {kind.value: kind for kind in TokenKind}

ENDS_OPERAND = frozenset(
    {
        TokenKind.STRING,
        TokenKind.UNCLOSED_STRING,
        TokenKind.ATTRIBUTE,
        TokenKind.WORD,
        TokenKind.PARAMETER,
        TokenKind.VARIABLE,
        TokenKind.NUMBER,
        TokenKind.CLOSE,
    },
)


def tokenize(text: str) -> list[Token]:
    """Return the tokens in order; together they hold every character that is not a blank."""
    tokens: list[Token] = []
    kinds = _KINDS
    # Blanks at the end belong to no token: left in, each of them would be a vain start.
    for found in _TOKEN.finditer(text, 0, len(text.rstrip(BLANKS))):
        name = found.lastgroup or ""
        token = Token(kinds[name], found[name], found.start(name))
        if name == "number" and token.text[0] == "-" and _follows_operand(tokens):
            # "5-3" subtracts, "(-3" is a negative number: only what stands before can tell.
            tokens.append(Token(TokenKind.OPERATOR, "-", token.start))
            token = Token(TokenKind.NUMBER, token.text[1:], token.start + 1)
        tokens.append(token)
    return tokens


def _follows_operand(tokens: list[Token]) -> bool:
    return bool(tokens) and tokens[-1].kind in ENDS_OPERAND
