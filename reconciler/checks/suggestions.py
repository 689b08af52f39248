"""The question that ends a finding about an unknown name."""

from __future__ import annotations

from collections.abc import Iterable

from reconciler.expressions.vocabulary import closest


def did_you_mean(word: str, known: Iterable[str], *, otherwise: str) -> str:
    """
    Return the question with the nearest known name, or `otherwise` where none is near.

    >>> did_you_mean("Mail", ["mail"], otherwise="")
    'did you mean "mail"? only the case differs'
    """
    likely = closest(word, known)
    if likely is None:
        return otherwise
    case = " only the case differs" if likely.casefold() == word.casefold() else ""
    return f'did you mean "{likely}"?{case}'
