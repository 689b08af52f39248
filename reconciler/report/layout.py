"""
An outline laid out for a fixed-width screen: lines of segments, each with its tone.

Columns are aligned and long lines wrapped here; which colour a tone has is `terminal`'s.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from reconciler.report.blocks import (
    Difference,
    Entry,
    Line,
    Loudness,
    MemberList,
    Note,
    Outline,
    Section,
    Sides,
    Sign,
    Span,
    Steps,
)
from reconciler.report.visible import columns, padded
from reconciler.report.wording import and_more, tally_words
from reconciler.report.wrapping import wrapped


class Tone(StrEnum):
    """What a segment of a line is, as far as its colour goes."""

    PLAIN = "plain"
    STRONG = "strong"
    QUIET = "quiet"
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    ADDED_WORD = "added word"
    REMOVED_WORD = "removed word"
    LOUD = "loud"


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a line in one tone."""

    text: str
    tone: Tone = Tone.PLAIN


Row = tuple[Segment, ...]

_TONES = {
    Sign.CREATE: Tone.ADDED,
    Sign.UPDATE: Tone.CHANGED,
    Sign.DELETE: Tone.REMOVED,
    Sign.ATTENTION: Tone.CHANGED,
    Sign.REMARK: Tone.QUIET,
}
_LOUDNESS = {
    Loudness.QUIET: Tone.QUIET,
    Loudness.PLAIN: Tone.PLAIN,
    Loudness.LOUD: Tone.LOUD,
}
_INDENT = 6
_DEEPER = 10
_WIDEST_PATH = 32
_WIDEST_VALUE = 44


def laid_out(outline: Outline, *, width: int) -> Iterator[Row]:
    """Yield the rows of the whole report; `width` in columns."""
    yield from _header(outline, width)
    tag_column = _tag_column(outline, width)
    for section in outline.sections:
        yield from _section(section, outline.sides, tag_column, width)
    risks = [Note(label="risks", lines=(tally_words(outline.tallies),))] if outline.tallies else []
    if risks or outline.remarks:
        yield ()
        yield from _notes([*risks, *outline.remarks], 2, width)
    yield ()
    yield from _last_lines(outline, width)


def _last_lines(outline: Outline, width: int) -> Iterator[Row]:
    together = f"{outline.summary} {outline.closing}".strip(" ")
    fits = columns(together) <= width
    for text in [together] if fits else [outline.summary, outline.closing]:
        for line in wrapped(text, width):
            yield (Segment(line, Tone.STRONG),)


def _header(outline: Outline, width: int) -> Iterator[Row]:
    row = outline.title
    for fact in outline.facts:
        if columns(row) + columns(fact) + 3 <= width:
            row = f"{row} · {fact}"
            continue
        yield (Segment(row, Tone.STRONG),)
        row = f"  {fact}"
    yield (Segment(row, Tone.STRONG),)
    yield from _notes(outline.legend, 2, width)


def _tag_column(outline: Outline, width: int) -> int:
    """Return where tags begin: behind the longest title that leaves them room."""
    entries = [entry for section in outline.sections for entry in section.entries if entry.tags]
    room = width - max((columns(_tags(entry)) for entry in entries), default=0)
    ends = [4 + columns(entry.title) + 3 for entry in entries]
    return max((end for end in ends if end <= room), default=0)


def _section(section: Section, sides: Sides, tag_column: int, width: int) -> Iterator[Row]:
    was_tall = True
    for entry in section.entries:
        if was_tall or entry.lines:
            yield ()
        was_tall = bool(entry.lines)
        yield from _title(entry, tag_column, width)
        yield from _body(entry, sides, width)
    if section.more:
        yield (Segment(f"    {and_more(section.more, section.unit)}", Tone.QUIET),)


def _title(entry: Entry, tag_column: int, width: int) -> Iterator[Row]:
    sign = Segment(f"  {entry.sign} ", _TONES[entry.sign])
    tags = Segment(_tags(entry), _LOUDNESS[entry.loudness])
    title_tone = Tone.LOUD if entry.loudness is Loudness.LOUD and not entry.tags else Tone.STRONG
    lines = wrapped(entry.title, width - 4)
    if len(lines) == 1 and entry.tags:
        gap = max(tag_column - 4, columns(entry.title) + 3)
        if 4 + gap + columns(tags.text) <= width:
            yield (sign, Segment(padded(entry.title, gap), title_tone), tags)
            return
    yield (sign, Segment(lines[0], title_tone))
    for line in lines[1:]:
        yield (Segment(f"    {line}", title_tone),)
    if entry.tags:
        yield (Segment(" " * _INDENT), tags)


def _tags(entry: Entry) -> str:
    return " · ".join(entry.tags)


def _body(entry: Entry, sides: Sides, width: int) -> Iterator[Row]:
    short = [line for line in entry.lines if isinstance(line, Difference) and not line.is_long]
    path_width = min(_WIDEST_PATH, max((columns(line.path) for line in short), default=0))
    befores = [columns(_text(line.before)) for line in short if line.before and line.after]
    before_width = min(_WIDEST_VALUE, max(befores, default=0))
    notes: list[Note] = []
    for line in entry.lines:
        if isinstance(line, Note):
            notes.append(line)
            continue
        yield from _notes(notes, _INDENT, width)
        notes = []
        yield from _field(line, entry, sides, (path_width, before_width, width))
    yield from _notes(notes, _INDENT, width)


def _field(line: Line, entry: Entry, sides: Sides, widths: tuple[int, int, int]) -> Iterator[Row]:
    if isinstance(line, MemberList):
        yield from _members(line, entry, sides, widths[2])
    elif isinstance(line, Difference):
        row = None if line.is_long else _inline(line, entry, sides, widths)
        yield from [row] if row else _stacked(line, entry, sides, widths[2])


def _inline(
    line: Difference, entry: Entry, sides: Sides, widths: tuple[int, int, int]
) -> Row | None:
    """Return the field in one row, or None where it does not fit."""
    path_width, before_width, width = widths
    path = padded(line.path, path_width) + ("   " if path_width else "")
    row: Row
    if line.before is None or line.after is None:
        mark, tone = _one_sided(line, entry, sides)
        row = (Segment(path), Segment(f"{mark}{_text(line.before or line.after)}", tone))
    elif sides.before:
        before = padded(_text(line.before), before_width)
        row = (
            Segment(path),
            Segment(f"{sides.before} ", Tone.QUIET),
            Segment(before, Tone.REMOVED),
            Segment(f"   {sides.after} ", Tone.QUIET),
            Segment(_text(line.after), Tone.ADDED),
        )
    else:
        row = (
            Segment(path),
            Segment(padded(_text(line.before), before_width), Tone.REMOVED),
            Segment("  →  ", Tone.QUIET),
            Segment(_text(line.after), Tone.ADDED),
        )
    fits = _INDENT + sum(columns(segment.text) for segment in row) <= width
    return (Segment(" " * _INDENT), *row) if fits else None


def _stacked(line: Difference, entry: Entry, sides: Sides, width: int) -> Iterator[Row]:
    if line.path:
        yield (Segment(" " * _INDENT + line.path),)
    if line.before is None or line.after is None:
        mark, tone = _one_sided(line, entry, sides)
        yield from _side(mark, line.before or line.after or (), tone, width)
        return
    marks = _marks(sides)
    yield from _side(marks[0], line.before, Tone.REMOVED, width)
    yield from _side(marks[1], line.after, Tone.ADDED, width)


def _members(line: MemberList, entry: Entry, sides: Sides, width: int) -> Iterator[Row]:
    if line.path:
        yield (Segment(" " * _INDENT + line.path),)
    is_whole = entry.sign in (Sign.CREATE, Sign.DELETE) and not sides.before
    marks = ("", "") if is_whole else _marks(sides)
    for members, more, mark, tone in (
        (line.gone, line.more_gone, marks[0], Tone.REMOVED),
        (line.come, line.more_come, marks[1], Tone.ADDED),
    ):
        for member in members:
            yield from _side(mark, (Span(member),), tone, width)
        if more:
            yield (Segment(" " * _DEEPER + mark), Segment(and_more(more), Tone.QUIET))


def _side(mark: str, spans: Sequence[Span], tone: Tone, width: int) -> Iterator[Row]:
    word_tone = Tone.REMOVED_WORD if tone is Tone.REMOVED else Tone.ADDED_WORD
    if all(span.is_changed for span in spans):
        word_tone = tone  # everything differs: nothing to point out
    room = width - _DEEPER - columns(mark)
    segments = [Segment(span.text, word_tone if span.is_changed else tone) for span in spans]
    for number, row in enumerate(_wrapped_segments(segments, room)):
        lead = mark if number == 0 else " " * columns(mark)
        yield (Segment(" " * _DEEPER), Segment(lead, tone), *row)


def _wrapped_segments(segments: Sequence[Segment], width: int) -> Iterator[Row]:
    """Yield rows of the segments; wrapping sees the text as one, tones stay where they were."""
    tones = [segment.tone for segment in segments for _ in segment.text]
    at = 0
    text = "".join(segment.text for segment in segments)
    for line in wrapped(text, width):
        at = text.index(line, at) if line else at
        yield _toned(line, tones[at : at + len(line)])
        at += len(line)


def _toned(line: str, tones: Sequence[Tone]) -> Row:
    row: list[Segment] = []
    for character, tone in zip(line, tones, strict=True):
        if row and row[-1].tone is tone:
            row[-1] = Segment(row[-1].text + character, tone)
        else:
            row.append(Segment(character, tone))
    return tuple(row)


def _one_sided(line: Difference, entry: Entry, sides: Sides) -> tuple[str, Tone]:
    """Return mark and tone of a field on one side; the sign of a whole thing already says it."""
    is_before = line.before is not None
    tone = Tone.REMOVED if is_before else Tone.ADDED
    if sides.before:
        return f"only {sides.before if is_before else sides.after} ", tone
    if entry.sign in (Sign.CREATE, Sign.DELETE):
        return "", tone
    return "- " if is_before else "+ ", tone


def _marks(sides: Sides) -> tuple[str, str]:
    if not sides.before:
        return "- ", "+ "
    width = max(columns(sides.before), columns(sides.after)) + 2
    return padded(sides.before, width), padded(sides.after, width)


def _notes(notes: Sequence[Note], indent: int, width: int) -> Iterator[Row]:
    label_width = max((columns(note.label) for note in notes), default=0)
    for note in notes:
        tone = Tone.QUIET if note.is_quiet else Tone.PLAIN
        for number, text in enumerate(_shown_lines(note)):
            label = note.label if number == 0 else ""
            lead = " " * indent
            if note.label:
                lead += f"{padded(label, label_width)}   "
            own = len(text) - len(text.lstrip(" "))
            for line_number, line in enumerate(wrapped(text.strip(" "), width - len(lead) - own)):
                start = lead if line_number == 0 else " " * columns(lead)
                yield (Segment(start, Tone.QUIET), Segment(" " * own + line, tone))


def _shown_lines(note: Note) -> Sequence[str]:
    """Return the lines of a note, of many steps the first ones."""
    if not isinstance(note, Steps) or not note.few or len(note.lines) <= note.few:
        return note.lines
    rest = and_more(len(note.lines) - note.few, "step")
    return (*note.lines[: note.few], f"{rest}{note.hint}")


def _text(spans: Sequence[Span] | None) -> str:
    return "".join(span.text for span in spans or ())
