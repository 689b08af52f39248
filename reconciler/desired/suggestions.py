"""Suggestions: which of the known words someone most probably meant, or none."""

from __future__ import annotations

import re
from collections.abc import Iterable

_LONGEST = 100


def closest(word: str, known: Iterable[str]) -> str | None:
    """
    Return the known word that `word` most resembles, or None where none is near.

    The same letters in another order win over a near miss, since a near miss of an operator can
    mean its opposite.

    >>> closest("ISNOTBITSET", ["ISBITSET", "ISBITNOTSET"])
    'ISBITNOTSET'
    """
    words = sorted(known)
    if not word or len(word) > _LONGEST:
        return None
    for form in (_folded, _letters):
        for candidate in words:
            if form(candidate) == form(word):
                return candidate
    return _nearest(word, words)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return the question that ends a finding, or nothing where no known word is near."""
    found = closest(word, known)
    return f'did you mean "{found}"?' if found else ""


def _nearest(word: str, words: list[str]) -> str | None:
    from difflib import get_close_matches

    by_folded = {_folded(candidate): candidate for candidate in reversed(words)}
    near = get_close_matches(_folded(word), sorted(by_folded), n=1, cutoff=0.7)
    return by_folded[near[0]] if near else None


def _folded(word: str) -> str:
    return re.sub(r"[\s_-]+", "", word).casefold()


def _letters(word: str) -> str:
    return "".join(sorted(_folded(word)))
