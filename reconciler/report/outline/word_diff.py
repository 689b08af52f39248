"""
Two texts side by side with the words marked that differ, and long equal stretches left out.

What a word is: of an expression as its language says, of any other text what stands between blanks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reconciler.expressions.words import words as expression_words
from reconciler.report.blocks import Span
from reconciler.report.visible import cut, visible

LONGEST = 2000
"""Characters of one side that are shown; the plan as JSON has all of them."""

NOTHING = Span('""')
"""A side that holds no word."""

_MOST_COMPARED = 400  # words a side between common beginning and end: comparing is quadratic
_KEPT_AROUND = 5  # equal words that stay on each side of a changed one
_SHORT = 90  # a side of so many characters is shown whole

Operation = tuple[bool, int, int, int, int]  # is equal, range of the one side, range of the other


def word_difference(
    before: str, after: str, *, is_expression: bool
) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """Return both sides with what differs marked; sides that are long lose what is equal."""
    one, other = (_words(text, is_expression=is_expression) for text in (before, after))
    operations = list(_operations(one, other))
    whole = max(len("".join(one)), len("".join(other))) <= _SHORT
    return (
        _side(one, [(equal, start, end) for equal, start, end, _, _ in operations], whole=whole),
        _side(other, [(equal, start, end) for equal, _, _, start, end in operations], whole=whole),
    )


def whole_text(text: str, *, is_expression: bool) -> tuple[Span, ...]:
    """Return one side alone."""
    shown = cut("".join(_words(text, is_expression=is_expression)), LONGEST)
    return (Span(shown),) if shown else (NOTHING,)


def _words(text: str, *, is_expression: bool) -> list[str]:
    if is_expression:
        return [visible(word) for word in expression_words(text)]
    return [visible(word) for word in re.findall(r"\s+|\S+", text)]


def _operations(one: list[str], other: list[str]) -> Iterator[Operation]:
    """Yield equal and unequal stretches in order; common beginning and end are found first."""
    start = _equal_beginning(one, other)
    end = _equal_beginning(one[start:][::-1], other[start:][::-1])
    middle_one, middle_other = one[start : len(one) - end], other[start : len(other) - end]
    if start:
        yield True, 0, start, 0, start
    for equal, a1, a2, b1, b2 in _compared(middle_one, middle_other):
        yield equal, a1 + start, a2 + start, b1 + start, b2 + start
    if end:
        yield True, len(one) - end, len(one), len(other) - end, len(other)


def _compared(one: list[str], other: list[str]) -> Iterator[Operation]:
    if max(len(one), len(other)) > _MOST_COMPARED:
        yield False, 0, len(one), 0, len(other)
        return
    from difflib import SequenceMatcher  # only a changed text pays for it

    matcher = SequenceMatcher(None, one, other, autojunk=False)
    for name, a1, a2, b1, b2 in matcher.get_opcodes():
        yield name == "equal", a1, a2, b1, b2


def _equal_beginning(one: list[str], other: list[str]) -> int:
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        count += 1
    return count


def _side(
    words: list[str], stretches: list[tuple[bool, int, int]], *, whole: bool
) -> tuple[Span, ...]:
    spans = []
    for number, (equal, start, end) in enumerate(stretches):
        stretch = words[start:end]
        if equal and not whole:
            stretch = _shortened(
                stretch, is_first=number == 0, is_last=number == len(stretches) - 1
            )
        if stretch:
            spans.append(Span("".join(stretch), is_changed=not equal))
    return tuple(_within(spans)) or (NOTHING,)


def _shortened(words: list[str], *, is_first: bool, is_last: bool) -> list[str]:
    head = [] if is_first else words[:_KEPT_AROUND]
    tail = [] if is_last else words[-_KEPT_AROUND:]
    if len(words) <= len(head) + len(tail) + 2:
        return words
    return [*head, " … " if head and tail else "… " if tail else " …", *tail]


def _within(spans: list[Span]) -> Iterator[Span]:
    room = LONGEST
    for span in spans:
        if room <= 0:
            break
        yield Span(cut(span.text, room), is_changed=span.is_changed)
        room -= len(span.text)
