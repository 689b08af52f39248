"""
The neutral outline of a report: what is said, in which order, and how loud.

`report.outline` decides the words, the forms (`terminal`, `markdown`) decide how they look. Every
text in it has passed `visible`: one line, no control or bidirectional characters.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Sign(StrEnum):
    """What stands before an entry, as readers of plans know it."""

    CREATE = "+"
    UPDATE = "~"
    DELETE = "-"
    ATTENTION = "!"
    REMARK = "·"


class Loudness(StrEnum):
    """How much an entry asks for the reader's eye."""

    QUIET = "quiet"
    PLAIN = "plain"
    LOUD = "loud"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a text; `is_changed` where the other side says something else."""

    text: str
    is_changed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """
    One field on two sides; None where a side does not have it.

    `is_long` asks for a line a side. An empty path means that the entry is this one value.
    """

    path: str
    before: tuple[Span, ...] | None
    after: tuple[Span, ...] | None
    is_long: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberList:
    """Members of a set that go and come; `more_…` counts those that are folded away."""

    path: str
    gone: tuple[str, ...] = ()
    come: tuple[str, ...] = ()
    more_gone: int = 0
    more_come: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Lines of text under a label such as `then` or `by hand`; the label may be empty."""

    label: str
    lines: tuple[str, ...]
    is_quiet: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps(Note):
    """
    What a person has to do, all of it.

    A form with little room shows the first `few` (0 means all) and the `hint` where the rest is; a
    form that folds folds these last.
    """

    few: int = 0
    hint: str = ""


Line = Difference | MemberList | Note


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing that is reported; `weight` orders entries where the heaviest comes first."""

    sign: Sign
    title: str
    tags: tuple[str, ...] = ()
    lines: tuple[Line, ...] = ()
    loudness: Loudness = Loudness.PLAIN
    weight: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Entries of one sort; `more` counts those that are folded away and `unit` names them."""

    heading: str
    unit: str
    entries: tuple[Entry, ...]
    more: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many changes have one risk, heaviest first in an outline."""

    risk: str
    loudness: Loudness
    create: int = 0
    update: int = 0
    delete: int = 0
    by_hand: int = 0

    @property
    def total(self) -> int:
        """Return the number of changes."""
        return self.create + self.update + self.delete + self.by_hand


@dataclass(frozen=True, slots=True, kw_only=True)
class Sides:
    """What the two sides of a difference are called; without names they are before and after."""

    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """
    A whole report.

    `title`, `headline`, `summary` and `tallies` are never left out by any form that has them;
    headline and summary are our own words and numbers alone. `legend` stands above the entries,
    `remarks` below them, `closing` behind the summary.
    """

    title: str
    headline: str
    summary: str
    facts: tuple[str, ...] = ()
    legend: tuple[Note, ...] = ()
    tallies: tuple[Tally, ...] = ()
    sections: tuple[Section, ...] = ()
    remarks: tuple[Note, ...] = ()
    closing: str = ""
    content_hash: str = ""
    sides: Sides = field(default_factory=Sides)
