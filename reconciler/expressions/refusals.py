"""
Why a text is not an expression, in words a person can act on.

`parsing` finds the place; here it gets its sentence: what is wrong, what was expected, what to do.
"""

from __future__ import annotations

from reconciler.expressions.functions import FUNCTIONS
from reconciler.expressions.quoting import quoted
from reconciler.expressions.strays import (
    DECIMAL_POINT,
    DOUBLE_QUOTES,
    FOREIGN_OPERATORS,
    FOREIGN_WORDS,
    complain,
)
from reconciler.expressions.tokens import Token, TokenKind
from reconciler.expressions.vocabulary import KEYWORDS, closest


class ExpressionSyntaxError(ValueError):
    """
    A text that is not an expression.

    `offset` and `length` are 0-based characters in the text; `what` is wrong, `expected` says what
    fits there, `remedy` what to do.
    """

    def __init__(
        self,
        offset: int,
        what: str,
        expected: str,
        remedy: str,
        *,
        length: int = 1,
    ) -> None:
        super().__init__(offset, what, expected, remedy)
        self.offset = offset
        self.what = what
        self.expected = expected
        self.remedy = remedy
        self.length = length

    def __str__(self) -> str:
        """Return the three sentences after each other."""
        return f"{self.what}; expected {self.expected}; {self.remedy}"


_OPERAND = (
    'a text in straight quotes, a number, an [attribute], a %parameter%, a function call or "("'
)


def empty(text: str) -> ExpressionSyntaxError:
    """Return the refusal of a text without any token."""
    return ExpressionSyntaxError(
        0,
        "the expression is empty",
        _OPERAND,
        "write an expression, or NULL to contribute nothing",
        length=len(text),
    )


def unreadable(token: Token, *, before: Token | None) -> ExpressionSyntaxError:
    """Return the refusal of characters that start no token of the language."""
    if token.kind is TokenKind.UNCLOSED_STRING:
        return _unclosed_string(token)
    decimals = before is not None and before.kind is TokenKind.NUMBER and token.text == "."
    complaint = DECIMAL_POINT if decimals else complain(token.text)
    return _at(
        token,
        complaint.what,
        expected=complaint.expected or _OPERAND,
        remedy=complaint.remedy,
    )


def unknown_word(token: Token) -> ExpressionSyntaxError:
    """Return the refusal of a bare word that the language does not know."""
    return _at(
        token,
        f"unknown word {quoted(token.text)}",
        expected="a literal such as True, False, NULL or IgnoreThisFlow",
        remedy=_word_remedy(token.text),
    )


def number_too_large(token: Token) -> ExpressionSyntaxError:
    """Return the refusal of a number that does not fit into 64 bits."""
    return _at(
        token,
        f"the number {quoted(token.text)} is too large",
        expected="a whole number of at most 64 bits with its sign",
        remedy="write it as a text in quotes if it is not meant to be calculated with",
    )


def missing_right(operator: Token) -> ExpressionSyntaxError:
    """Return the refusal of an operator with nothing behind it."""
    what = f'nothing stands to the right of "{operator.text}"'
    return _at(operator, what, expected=_OPERAND, remedy="add the value that is missing")


def missing_operand(token: Token, *, before: Token | None) -> ExpressionSyntaxError:
    """Return the refusal of a comma, bracket or operator where a value should stand."""
    if before is not None and _are_one(before, token):
        return _foreign_operator(before, token)
    if before is not None and before.kind is TokenKind.OPERATOR:
        return missing_right(before)
    if token.kind is TokenKind.OPERATOR:
        return _missing_left(token, before=before)
    if before is not None and before.kind is TokenKind.OPEN and token.kind is TokenKind.CLOSE:
        what = "the brackets are empty"
    else:
        what = f"a value is missing before {quoted(token.text)}"
    return _at(token, what, expected=_OPERAND, remedy="add the value that is missing")


def missing_operator(*, before: Token | None, token: Token) -> ExpressionSyntaxError:
    """Return the refusal of two values side by side."""
    return _at(
        token,
        f"{_shown(token)} follows a value without an operator between them",
        expected='an operator, ",", ")" or the end of the expression',
        remedy=_operator_remedy(token, before=before),
    )


def unclosed_bracket(opened: Token, *, function: Token | None) -> ExpressionSyntaxError:
    """Return the refusal of a bracket that the text never closes, at the bracket."""
    whose = f" of {quoted(function.text)}" if function else ""
    return _at(
        opened,
        f"the bracket{whose} opened here is never closed",
        expected='a ")" for each "("',
        remedy=(
            f'add ")" behind the last argument of {quoted(function.text)}'
            if function
            else 'add ")" where the bracketed part ends'
        ),
    )


def unopened_bracket(token: Token) -> ExpressionSyntaxError:
    """Return the refusal of a closing bracket too many."""
    return _at(
        token,
        'this ")" closes no bracket',
        expected='a "(" for each ")"',
        remedy='remove it, or add the "(" that is missing before it',
    )


def stray_comma(token: Token, *, opened: Token | None) -> ExpressionSyntaxError:
    """Return the refusal of a comma that separates no arguments of a function."""
    what = "outside a function call" if opened is None else "in brackets that follow no function"
    return _at(
        token,
        f'a "," stands {what}',
        expected="commas only between the arguments of a function",
        remedy="remove the comma, check the brackets before it, or add the name of the function",
    )


def too_deep(token: Token, *, limit: int) -> ExpressionSyntaxError:
    """Return the refusal of brackets nested beyond the limit."""
    return _at(
        token,
        f"brackets are nested more than {limit} deep",
        expected=f"at most {limit} brackets within each other",
        remedy="split the expression over several rules, or replace nested IIF by Switch",
    )


def _at(token: Token, what: str, *, expected: str, remedy: str) -> ExpressionSyntaxError:
    return ExpressionSyntaxError(token.start, what, expected, remedy, length=len(token.text))


def _shown(token: Token) -> str:
    if token.kind is TokenKind.STRING:
        return f"the text {quoted(token.text[1:-1])}"
    return quoted(token.text)


def _unclosed_string(token: Token) -> ExpressionSyntaxError:
    if any(quote in token.text for quote in DOUBLE_QUOTES):
        remedy = "a typographic quote pasted from a web page closes nothing; use straight quotes"
    elif '\\"' in token.text:
        remedy = (
            r'"\"" is a quote inside the text; write "\\" for a backslash before the last quote'
        )
    else:
        remedy = "add the closing quote"
    return ExpressionSyntaxError(
        token.start,
        "the text that starts here has no closing quote",
        "a straight double quote at the end of the text",
        remedy,
    )


def _word_remedy(word: str) -> str:
    if word.casefold() in FOREIGN_WORDS:
        return FOREIGN_WORDS[word.casefold()]
    likely = closest(word, KEYWORDS | FUNCTIONS.keys())
    if likely in FUNCTIONS:
        return f'did you mean "{likely}(…)"; a function is called with brackets'
    if likely is None:
        return f"write {quoted(f'[{word}]')} for an attribute; put text in straight quotes"
    case = "; words are case-sensitive" if likely.casefold() == word.casefold() else ""
    return f'did you mean "{likely}"{case}'


def _are_one(before: Token, token: Token) -> bool:
    """Tell whether two operators stand together that read as one of another language."""
    together = before.text + token.text
    return token.start == before.end and together in FOREIGN_OPERATORS


def _foreign_operator(before: Token, token: Token) -> ExpressionSyntaxError:
    together = before.text + token.text
    return ExpressionSyntaxError(
        before.start,
        f'"{together}" is no operator',
        "one of = <> < <= > >= + - * & && ||",
        FOREIGN_OPERATORS[together],
        length=len(together),
    )


def _missing_left(token: Token, *, before: Token | None) -> ExpressionSyntaxError:
    if token.text == "-":
        return _at(
            token,
            "the minus sign belongs to no number",
            expected="digits directly behind the minus sign, or a value before it",
            remedy='write "0 - …" to negate a value',
        )
    where = f" after {quoted(before.text)}" if before else ""
    return _at(
        token,
        f'nothing stands to the left of "{token.text}"{where}',
        expected=_OPERAND,
        remedy="add the value that is missing, or remove the operator",
    )


def _operator_remedy(token: Token, *, before: Token | None) -> str:
    if token.kind is TokenKind.NUMBER and token.text.startswith("&H"):
        return f'"&H" starts a hexadecimal number; to join one write "& {token.text}"'
    if token.kind in (TokenKind.WORD, TokenKind.FUNCTION):
        known = FOREIGN_WORDS.get(token.text.casefold())
        if known is not None:
            return known
    if before is not None and before.kind is token.kind is TokenKind.STRING:
        return r'write \" for a quote inside a text; a doubled quote is not one; "&" joins texts'
    return 'add the operator, such as "&" to join texts, or remove what is too much'
