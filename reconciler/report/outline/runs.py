"""The run steps that all changes of a plan need together, each connector once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from reconciler.model.changes import Change, FollowUp, Step
from reconciler.report.blocks import Note
from reconciler.report.visible import visible
from reconciler.report.wording import STEPS

_BY_WIZARD = "wizard"
_WIZARDS = " (the wizard starts it)"
_WHO = "start them once the changes are made: this version starts none"


def runs_needed(changes: Sequence[Change]) -> tuple[Note, ...]:
    """
    Return the list of runs, connectors in the order of the changes; nothing where none is needed.

    What the wizard starts itself is listed and said to be so, unless somebody else needs it too.
    """
    follow_ups = [follow_up for change in changes for follow_up in change.follow_ups]
    connectors = dict.fromkeys(follow_up.connector for follow_up in follow_ups)
    lines = [_line(connector, follow_ups) for connector in connectors]
    if any(follow_up.by != _BY_WIZARD for follow_up in follow_ups):
        lines.append(_WHO)
    return (Note(label="runs needed", lines=tuple(lines)),) if lines else ()


def _line(connector: str, follow_ups: Iterable[FollowUp]) -> str:
    own = [follow_up for follow_up in follow_ups if follow_up.connector == connector]
    ours = {follow_up.step for follow_up in own if follow_up.by != _BY_WIZARD}
    if Step.DELTA_SYNCHRONIZATION in ours:
        ours.add(
            Step.FULL_SYNCHRONIZATION
        )  # which may stand for it, and is then somebody's to start
    needed = _needed(follow_up.step for follow_up in own)
    words = [STEPS[step] if step in ours else f"{STEPS[step]}{_WIZARDS}" for step in needed]
    return f"{visible(connector, longest=80)}: {', then '.join(words)}"


def _needed(steps: Iterable[Step]) -> list[Step]:
    """Return the steps in their order; a full synchronization does what a delta one does."""
    found = set(steps)
    if Step.FULL_SYNCHRONIZATION in found:
        found.discard(Step.DELTA_SYNCHRONIZATION)
    return [step for step in STEPS if step in found]
