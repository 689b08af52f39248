"""Entries of an outline in Markdown: a line, or a `<details>` with a fence of differences."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from reconciler.report.blocks import (
    Difference,
    Entry,
    Line,
    Loudness,
    MemberList,
    Note,
    Sides,
    Steps,
)
from reconciler.report.markdown_text import code, fenced, html_code, html_prose, prose
from reconciler.report.visible import cut
from reconciler.report.wording import and_more

_LONGEST_TITLE = 400


def bullet(entry: Entry) -> str:
    """Return the entry in one line: sign, title and tags."""
    tags = f": {_tags(entry)}" if entry.tags else ""
    return f"- {code(entry.sign.value)} {code(cut(entry.title, _LONGEST_TITLE))}{tags}"


def details(entry: Entry, *, sides: Sides, is_open: bool) -> str:
    """Return the entry with its lines, folded behind its title unless it `is_open`."""
    tag = "<details open>" if is_open else "<details>"
    title = html_code(f"{entry.sign.value} {cut(entry.title, _LONGEST_TITLE)}")
    tags = f" {_html_tags(entry)}" if entry.tags else ""
    parts = [f"{tag}<summary>{title}{tags}</summary>", *_body(entry, sides), "</details>"]
    return "\n\n".join(parts)


def steps_only(entry: Entry, *, is_open: bool) -> str:
    """Return the entry with the steps that a person has to do alone; empty where it has none."""
    steps = tuple(line for line in entry.lines if isinstance(line, Steps))
    if not steps or len(steps) == len(entry.lines):
        return ""
    left_out = Note(label="", lines=("what differs did not fit in here",))
    return details(replace(entry, lines=(left_out, *steps)), sides=Sides(), is_open=is_open)


def note_lines(note: Note, *, most: int, longest: int) -> Iterator[str]:
    """Yield the lines of a note as list items, the label first, at most `most` of them."""
    label = f"**{prose(note.label)}** " if note.label else ""
    for number, line in enumerate(note.lines[:most]):
        yield f"- {label if number == 0 else ''}{code(cut(line.strip(' '), longest))}"
    if len(note.lines) > most:
        yield f"- {prose(and_more(len(note.lines) - most, 'line'))}"


def _tags(entry: Entry) -> str:
    first, *others = (prose(tag) for tag in entry.tags)
    return " · ".join([f"**{first}**" if entry.loudness is Loudness.LOUD else first, *others])


def _html_tags(entry: Entry) -> str:
    first, *others = (html_prose(tag) for tag in entry.tags)
    return " · ".join([f"<b>{first}</b>" if entry.loudness is Loudness.LOUD else first, *others])


def _body(entry: Entry, sides: Sides) -> Iterator[str]:
    """Yield a fence of what differs, then the notes, which wrap as a fence does not."""
    diff = [text for line in entry.lines for text in _diff_lines(line, sides)]
    if diff:
        yield fenced(diff, language="diff")
    notes = [
        text
        for line in entry.lines
        if isinstance(line, Note)
        for text in note_lines(line, most=len(line.lines), longest=2000)
    ]
    if notes:
        yield "\n".join(notes)


def _diff_lines(line: Line, sides: Sides) -> Iterator[str]:
    if isinstance(line, Note):
        return
    if line.path:
        yield f"@@ {line.path} @@"
    before, after = (f"{side} " if side else "" for side in (sides.before, sides.after))
    if isinstance(line, MemberList):
        yield from (f"- {before}{member}" for member in line.gone)
        if line.more_gone:
            yield f"- {and_more(line.more_gone)}"
        yield from (f"+ {after}{member}" for member in line.come)
        if line.more_come:
            yield f"+ {and_more(line.more_come)}"
    else:
        yield from _difference_lines(line, before, after)


def _difference_lines(line: Difference, before: str, after: str) -> Iterator[str]:
    if line.before is not None:
        yield f"- {before}{''.join(span.text for span in line.before)}"
    if line.after is not None:
        yield f"+ {after}{''.join(span.text for span in line.after)}"
