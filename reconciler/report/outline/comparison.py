"""Two sources side by side, A and B, without a desired state: `compare`."""

from __future__ import annotations

from collections.abc import Sequence

from reconciler.model.changes import Action, Change
from reconciler.model.findings import Finding
from reconciler.report.blocks import Note, Outline, Section, Sides, Sign
from reconciler.report.outline.findings import findings_section
from reconciler.report.outline.titles import titles_of
from reconciler.report.outline.two_sided import Reading, difference_entry
from reconciler.report.visible import visible
from reconciler.report.wording import counted

_READING = Reading(
    only_before=(Sign.DELETE, "only in A"),
    only_after=(Sign.CREATE, "only in B"),
    renamed="in A it is called",
)


def compare_outline(
    changes: Sequence[Change],
    *,
    one: str,
    other: str,
    findings: Sequence[Finding] = (),
    remarks: Sequence[Note] = (),
) -> Outline:
    """
    Return the outline of what turns source A (`one`) into source B (`other`).

    Both are words such as `server_words` returns; `before` of a field is A's value. `remarks` say
    how far the sources were read.
    """
    titles = titles_of((change.address, change.name) for change in changes)
    entries = tuple(difference_entry(change, titles=titles, reading=_READING) for change in changes)
    return Outline(
        title="two sources",
        headline=counted(len(changes), "difference"),
        legend=(
            Note(label="A", lines=(visible(one, longest=300),)),
            Note(label="B", lines=(visible(other, longest=300),)),
        ),
        sections=(
            Section(heading="Differences", unit="difference", entries=entries),
            findings_section(findings),
        ),
        remarks=tuple(remarks),
        summary=_summary(changes, findings),
        sides=Sides(before="A has", after="B has"),
    )


def _summary(changes: Sequence[Change], findings: Sequence[Finding]) -> str:
    actions = [change.action for change in changes]
    text = (
        f"Compared: {actions.count(Action.UPDATE):,} different, "
        f"{actions.count(Action.DELETE):,} only in A, {actions.count(Action.CREATE):,} only in B."
        if changes
        else "Compared: no differences in what was read."
    )
    return f"{text} {counted(len(findings), 'finding')}." if findings else text
