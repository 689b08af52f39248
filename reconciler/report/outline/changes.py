"""A change of a plan as an entry, and the changes of a plan counted by risk."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from reconciler.model.addresses import Address
from reconciler.model.changes import Action, Attribution, Change, FieldChange, Risk
from reconciler.report.blocks import Entry, Line, Note, Sign, Steps, Tally
from reconciler.report.outline.differences import difference_lines
from reconciler.report.outline.titles import address_title
from reconciler.report.visible import visible
from reconciler.report.wording import (
    and_more,
    attribution_words,
    follow_up_words,
    listed,
    risk_loudness,
    risk_words,
    support_words,
)

SIGNS = {
    Action.CREATE: Sign.CREATE,
    Action.UPDATE: Sign.UPDATE,
    Action.DELETE: Sign.DELETE,
}
_TOLD = frozenset({Attribution.DRIFT, Attribution.PRODUCT_UPGRADE})
_LONGEST_STEP = 500
_MOST_NAMES = 5
MOST_STEPS = 200
FEW_STEPS = 6


def change_entry(change: Change, *, titles: Mapping[Address, str], all_steps: bool) -> Entry:
    """Return the entry of one change; the text folds a long list of steps unless all are wanted."""
    tags = [risk_words(change.risk), support_words(change)]
    if change.attribution in _TOLD:
        tags.append(attribution_words(change.attribution))
    return Entry(
        sign=SIGNS[change.action],
        title=titles[change.address],
        tags=tuple(tags),
        lines=(
            *_renamed(change),
            *field_lines(change),
            *_afterwards(change, titles, all_steps=all_steps),
        ),
        loudness=risk_loudness(change.risk),
        weight=list(Risk).index(change.risk),
    )


def field_lines(change: Change) -> tuple[Line, ...]:
    """Return the lines of the changed fields; a folded rest is counted."""
    lines, folded = difference_lines(_said_fields(change))
    return (*lines, *((Note(label="", lines=(and_more(folded, "field"),)),) if folded else ()))


def tally(changes: Sequence[Change]) -> tuple[Tally, ...]:
    """Return how many changes there are of each risk that occurs, heaviest first."""
    found = {risk: [change for change in changes if change.risk is risk] for risk in reversed(Risk)}
    return tuple(_tally(risk, of_risk) for risk, of_risk in found.items() if of_risk)


def _tally(risk: Risk, changes: Sequence[Change]) -> Tally:
    automatic = [change.action for change in changes if not change.is_manual]
    return Tally(
        risk=risk_words(risk),
        loudness=risk_loudness(risk),
        create=automatic.count(Action.CREATE),
        update=automatic.count(Action.UPDATE),
        delete=automatic.count(Action.DELETE),
        by_hand=len(changes) - len(automatic),
    )


def _said_fields(change: Change) -> tuple[FieldChange, ...]:
    """Return the fields; of a thing that comes or goes the one side that says something."""
    if change.action is Action.UPDATE:
        return change.fields
    comes = change.action is Action.CREATE
    one_sided = (
        replace(field, before=None) if comes else replace(field, after=None)
        for field in change.fields
    )
    return tuple(field for field in one_sided if _says_something(field))


def _says_something(field: FieldChange) -> bool:
    value = field.before if field.after is None else field.after
    return value is not None and value not in ("", [], {})


def _renamed(change: Change) -> Iterator[Note]:
    if change.moved_from is not None:
        yield Note(label="was", lines=(address_title(change.moved_from),))


def _afterwards(
    change: Change, titles: Mapping[Address, str], *, all_steps: bool
) -> Iterator[Note]:
    if change.is_manual or all_steps:
        yield from _hand_steps(change, all_steps=all_steps)
    if change.after:
        names = [titles.get(address) or address_title(address) for address in change.after]
        rest = [and_more(len(names) - _MOST_NAMES)] if len(names) > _MOST_NAMES else []
        yield Note(label="after", lines=(listed([*names[:_MOST_NAMES], *rest]),))
    follow_ups = tuple(visible(line, longest=_LONGEST_STEP) for line in follow_up_words(change))
    if follow_ups:
        yield Note(label="then", lines=follow_ups)


def _hand_steps(change: Change, *, all_steps: bool) -> Iterator[Note]:
    steps = [visible(step, longest=_LONGEST_STEP) for step in change.instructions]
    if not steps:
        return
    rest = len(steps) - MOST_STEPS
    if rest > 0:
        steps = [*steps[:MOST_STEPS], and_more(rest, "step")]
    if change.is_manual:
        few = 0 if all_steps else FEW_STEPS
        yield Steps(label="by hand", lines=tuple(steps), few=few, hint=" (--steps prints them)")
    else:
        yield Note(label="or by hand", lines=tuple(steps))
