"""
One spelling for all texts of an expression that differ only in blanks outside literals.

The spelling is hashed into recorded baselines of default rules: changing it changes every hash.
"""

from __future__ import annotations

from functools import lru_cache

from reconciler.expressions.parsing import ExpressionSyntaxError, parse
from reconciler.expressions.words import words


@lru_cache(maxsize=4096)
def canonical(text: str) -> str:
    """
    Return the one spelling of an expression: blanks outside literals are ignored, nothing else.

    Case, brackets, operators and the spelling of numbers stay as they are; blanks inside a
    literal or an attribute name count. A text that cannot be read as an expression is its own
    canonical form, line ends normalised to a line feed: no blank of it is known to be idle.
    (decisions A6)

    >>> canonical('IIF( [c]="a b" ,1,NULL)')
    'IIF([c] = "a b", 1, NULL)'
    """
    try:
        parse(text)
    except ExpressionSyntaxError:
        return text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(words(text))


def same(one: str, other: str) -> bool:
    """Tell whether two texts are the same expression, blanks outside literals apart."""
    return one == other or canonical(one) == canonical(other)
