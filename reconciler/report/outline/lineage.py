"""Lineage as an outline: an entry an attribute, below it who feeds it, in the order that counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reconciler.model.lineage import Contribution, Lineage
from reconciler.report.blocks import Entry, Note, Outline, Section, Sign
from reconciler.report.outline.word_diff import LONGEST
from reconciler.report.visible import in_quotes, visible
from reconciler.report.wording import counted

_MOST_GROUPS = 12
_ORDER = "of the flows whose scope matches, the lowest precedence number counts first"


def lineage_outline(lineages: Sequence[Lineage], *, environment: str) -> Outline:
    """Return the outline of the lineage of one attribute or many, in the order given."""
    flows = sum(len(lineage.contributions) for lineage in lineages)
    return Outline(
        title=visible(environment, longest=80),
        headline="lineage",
        sections=(
            Section(
                heading="Lineage",
                unit="attribute",
                entries=tuple(_entry(lineage) for lineage in lineages),
            ),
        ),
        remarks=(Note(label="order", lines=(_ORDER,), is_quiet=True),) if lineages else (),
        summary=f"Lineage: {counted(flows, 'flow')} to {counted(len(lineages), 'attribute')}.",
    )


def _entry(lineage: Lineage) -> Entry:
    attribute = visible(lineage.attribute, longest=100)
    object_type = visible(lineage.object_type, longest=100)
    return Entry(
        sign=Sign.REMARK,
        title=f"{object_type}.{attribute}",
        tags=(lineage.direction.value, counted(len(lineage.contributions), "flow")),
        lines=tuple(_contribution(contribution) for contribution in lineage.contributions),
    )


def _contribution(contribution: Contribution) -> Note:
    number = "?" if contribution.precedence is None else str(contribution.precedence)
    return Note(
        label=f"{number:>4}",
        lines=tuple(_contribution_lines(contribution)),
        is_quiet=contribution.is_disabled,
    )


def _contribution_lines(contribution: Contribution) -> Iterator[str]:
    state = ", disabled" if contribution.is_disabled else ""
    yield f"{in_quotes(contribution.rule)} on {visible(contribution.connector, longest=40)}{state}"
    merge = "" if contribution.merge == "update" else f"   (merge: {visible(contribution.merge)})"
    yield f"  {visible(contribution.flow, longest=LONGEST)}{merge}"
    for number, group in enumerate(contribution.scope[:_MOST_GROUPS]):
        yield f"  {'or  ' if number else 'when'} {visible(group, longest=LONGEST)}"
    if len(contribution.scope) > _MOST_GROUPS:
        yield f"  … and {len(contribution.scope) - _MOST_GROUPS:,} more scope groups"
