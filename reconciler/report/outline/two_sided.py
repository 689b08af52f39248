"""Differences without a direction: what two sides hold, for drift and for comparing two sources."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reconciler.model.addresses import Address
from reconciler.model.changes import Action, Change
from reconciler.report.blocks import Entry, Line, Note, Sign
from reconciler.report.outline.changes import field_lines
from reconciler.report.outline.titles import address_title
from reconciler.report.wording import risk_loudness


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How a change reads: the sign and the words for a thing that one side alone has."""

    only_before: tuple[Sign, str]
    only_after: tuple[Sign, str]
    renamed: str


def difference_entry(
    change: Change, *, titles: Mapping[Address, str], reading: Reading, tags: Sequence[str] = ()
) -> Entry:
    """Return the entry of a difference; of a thing that one side lacks only that is said."""
    sign, word = {
        Action.CREATE: reading.only_after,
        Action.DELETE: reading.only_before,
        Action.UPDATE: (Sign.UPDATE, ""),
    }[change.action]
    lines: tuple[Line, ...] = field_lines(change) if change.action is Action.UPDATE else ()
    if change.moved_from is not None:
        lines = (Note(label=reading.renamed, lines=(address_title(change.moved_from),)), *lines)
    return Entry(
        sign=sign,
        title=titles[change.address],
        tags=(*([word] if word else []), *tags),
        lines=lines,
        loudness=risk_loudness(change.risk),
    )
