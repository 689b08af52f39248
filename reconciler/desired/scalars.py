"""
Scalars: which plain words of a document are more than text (decision A5).

The reader resolves with it and the writer quotes by it, so that both always agree.
"""

from __future__ import annotations

import math
import re

from reconciler.model.nodes import Scalar

_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?", re.ASCII)
_WORDS: dict[str, Scalar] = {"true": True, "false": False, "null": None}
_FIRST = frozenset("-0123456789tfn")
_LONGEST_NUMBER = 400

_ELSEWHERE = re.compile(
    r"""
    ~ | = | <<
    | true|false|null|yes|no|on|off|y|n
    | [-+]?0[xob][0-9a-f_]+                                  # hexadecimal, octal, binary
    | [-+]?[.]?[0-9][0-9_]*[.]?[0-9_]*(?:e[-+]?[0-9]+)?      # numbers with grouping or exponent
    | [-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+                     # base 60
    | [-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+[.][0-9_]*
    | [-+]?[.](?:inf|nan)
    | [0-9]{4}-[0-9][0-9]?-[0-9][0-9]?(?:(?:t|[ \t]).*)?     # dates and times
    """,
    re.VERBOSE | re.IGNORECASE | re.ASCII | re.DOTALL,
)


def resolved(text: str) -> Scalar:
    """
    Return what a plain scalar means: lower-case `true/false/null`, a decimal number, or text.

    >>> [resolved(text) for text in ("true", "NO", "50", "0x2", "01", "1.50")]
    [True, 'NO', 50, '0x2', '01', 1.5]
    """
    if not text or text[0] not in _FIRST:
        return text
    if text in _WORDS:
        return _WORDS[text]
    if len(text) > _LONGEST_NUMBER or not _NUMBER.fullmatch(text):
        return text
    if "." not in text:
        return int(text)
    number = float(text)
    return number if math.isfinite(number) else text


def is_text_everywhere(text: str) -> bool:
    """
    Tell whether a plain scalar is the same text for us and for YAML 1.1 and 1.2 readers.

    >>> [is_text_everywhere(text) for text in ("user", "NO", "2026-02-03", "2.5.190.0")]
    [True, False, False, True]
    """
    return bool(text) and not _ELSEWHERE.fullmatch(text) and isinstance(resolved(text), str)
