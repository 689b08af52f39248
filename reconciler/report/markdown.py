"""
The Markdown form: what stands under a pull request, within a limit for any outline.

Headline, summary, risks and content hash are bounded and always there; entries are folded from
their details to a line and from lines to counts, last first (`fitting`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from reconciler.report.blocks import Entry, Loudness, Note, Outline, Section, Tally
from reconciler.report.fitting import Fitted, Group, Item, fit, size
from reconciler.report.markdown_entries import bullet, details, note_lines, steps_only
from reconciler.report.markdown_text import code, prose
from reconciler.report.visible import cut
from reconciler.report.wording import and_more

LIMIT = 60_000
"""Characters of a comment: GitHub's limit with a margin for services that count otherwise."""

LEAST_LIMIT = 4_000
"""What is never left out fits into this."""

_FEW = 3  # so many entries are shown unfolded
_LONGEST_NAME = 100
_LONGEST_LINE = 600
_MOST_LINES = 12


def render_markdown(outline: Outline, *, limit: int = LIMIT) -> str:
    """
    Return the report in GitHub's Markdown, never more than `limit` characters.

    Raises ValueError where `limit` is less than LEAST_LIMIT.
    """
    if limit < LEAST_LIMIT:
        raise ValueError(f"a report needs {LEAST_LIMIT} characters")
    sections = [_group(section, outline) for section in outline.sections if _is_there(section)]
    head, foot = "\n\n".join(_head(outline)), _hash(outline)
    reserved = size(head) + size(foot) + 5 + sum(_reserved(group) for group in sections)
    around, *fitted = fit([_around(outline), *sections], room=limit - reserved)
    above, below = around.texts
    body = [part for one in fitted for part in _section(one)]
    return "\n\n".join(part for part in [head, above, *body, below, foot] if part) + "\n"


def _is_there(section: Section) -> bool:
    return bool(section.entries or section.more)


def _head(outline: Outline) -> Iterator[str]:
    yield f"### {code(cut(outline.title, _LONGEST_NAME))} · {prose(outline.headline)}"
    yield f"**{prose(outline.summary)}**"
    if outline.tallies:
        yield "\n".join(_risk_table(outline.tallies))


def _risk_table(tallies: Sequence[Tally]) -> Iterator[str]:
    yield "| risk | create | update | delete | by hand |"
    yield "| :--- | ---: | ---: | ---: | ---: |"
    for row in tallies:
        risk = prose(row.risk)
        name = f"**{risk}**" if row.loudness is Loudness.LOUD else risk
        counts = (row.create, row.update, row.delete, row.by_hand)
        yield f"| {name} | {' | '.join(f'{count:,}' if count else '·' for count in counts)} |"


def _around(outline: Outline) -> Group:
    """Return what stands above and below the sections: it goes before any of their entries."""
    facts = " · ".join(code(cut(fact, _LONGEST_LINE)) for fact in outline.facts[:_MOST_LINES])
    above = "\n\n".join(part for part in [facts, _list(outline.legend)] if part)
    items = (Item(full=above, short=""), Item(full=_list(outline.remarks), short=""))
    return Group(heading="", unit="", items=items)


def _list(notes: Sequence[Note]) -> str:
    lines = [
        line for note in notes for line in note_lines(note, most=_MOST_LINES, longest=_LONGEST_LINE)
    ]
    return "\n".join(lines)


def _hash(outline: Outline) -> str:
    if not outline.content_hash:
        return ""
    return f"<sub>content hash {code(cut(outline.content_hash, _LONGEST_NAME))}</sub>"


def _group(section: Section, outline: Outline) -> Group:
    heaviest_first = sorted(section.entries, key=lambda entry: -entry.weight)
    is_open = len(section.entries) <= _FEW
    return Group(
        heading=f"#### {prose(section.heading)} ({len(section.entries) + section.more:,})",
        unit=section.unit,
        items=tuple(_item(entry, outline, is_open=is_open) for entry in heaviest_first),
        left_out=section.more,
    )


def _item(entry: Entry, outline: Outline, *, is_open: bool) -> Item:
    short = bullet(entry)
    full = details(entry, sides=outline.sides, is_open=is_open) if entry.lines else short
    return Item(full=full, short=short, middle=steps_only(entry, is_open=is_open))


def _reserved(group: Group) -> int:
    """Return the room for heading and count, which are there even where nothing else fits."""
    most = _count(group, len(group.items) + group.left_out)
    return size(group.heading) + size(most) + 4


def _section(fitted: Fitted) -> Iterator[str]:
    yield fitted.group.heading
    yield from _tight(fitted.texts)
    if fitted.folded:
        yield _count(fitted.group, fitted.folded)


def _tight(texts: Sequence[str]) -> Iterator[str]:
    """Yield the texts with neighbouring list items joined, so that they make one list."""
    for is_item, group in groupby(texts, key=lambda text: text.startswith("- ")):
        parts = list(group)
        yield from ["\n".join(parts)] if is_item else parts


def _count(group: Group, number: int) -> str:
    return f"*{prose(and_more(number, group.unit))}*"
