"""
Drift as an outline: the plan's value read the other way, from the live system.

What a plan would create is missing on the server; what git does not know is too much there.
"""

from __future__ import annotations

from collections.abc import Iterator

from reconciler.model.changes import Action, Attribution
from reconciler.model.plans import Plan
from reconciler.report.blocks import Entry, Note, Outline, Section, Sides, Sign
from reconciler.report.outline.coverage import unread_entries
from reconciler.report.outline.findings import findings_section, named_for
from reconciler.report.outline.plan import (
    MOST_LISTED,
    blocked_section,
    plan_coverage,
    plan_facts,
    unmanaged_advice,
    unmanaged_title,
    unmanaged_unit,
)
from reconciler.report.outline.titles import titles_of
from reconciler.report.outline.two_sided import Reading, difference_entry
from reconciler.report.visible import visible
from reconciler.report.wording import attribution_words, counted

_ONLY_LIVE = (Sign.CREATE, "only on the server")
_ONLY_GIT = (Sign.DELETE, "only in git")
_READING = Reading(only_before=_ONLY_LIVE, only_after=_ONLY_GIT, renamed="live has the name")


def drift_outline(plan: Plan, *, now: str | None = None) -> Outline:
    """Return the outline of the drift that a plan holds; `now` is ISO 8601."""
    titles = titles_of((change.address, change.name) for change in plan.changes)
    entries = tuple(
        difference_entry(
            change,
            titles=titles,
            reading=_READING,
            tags=(attribution_words(change.attribution),),
        )
        for change in plan.changes
    )
    return Outline(
        title=visible(plan.environment, longest=80),
        headline=f"drift, {counted(len(entries) + len(plan.unmanaged), 'difference')}",
        facts=tuple(plan_facts(plan, now=now)),
        sections=(
            Section(heading="Not read", unit="kind", entries=unread_entries(plan.coverage)),
            Section(heading="Drift", unit="difference", entries=entries),
            Section(
                heading="Unmanaged",
                unit=unmanaged_unit(plan.unmanaged),
                entries=tuple(_unmanaged(plan)),
                more=max(0, len(plan.unmanaged) - MOST_LISTED),
            ),
            blocked_section(plan),
            findings_section(named_for(plan.environment, plan.findings)),
        ),
        remarks=(*_two_way(plan), *unmanaged_advice(plan), *plan_coverage(plan)),
        summary=_summary(plan),
        content_hash=visible(plan.content_hash, longest=80),
        sides=Sides(before="live has", after="git has"),
    )


def _unmanaged(plan: Plan) -> Iterator[Entry]:
    sign, word = _ONLY_LIVE
    for thing in plan.unmanaged[:MOST_LISTED]:
        yield Entry(sign=sign, title=unmanaged_title(thing), tags=(word,))


def _two_way(plan: Plan) -> Iterator[Note]:
    """Say why nobody is named: without an applied commit there is no third side (decision B5)."""
    if any(change.attribution is Attribution.UNDECIDED for change in plan.changes):
        line = "nothing was applied yet, so your change and drift cannot be told apart"
        yield Note(label="attribution", lines=(line,), is_quiet=True)


def _summary(plan: Plan) -> str:
    actions = [change.action for change in plan.changes]
    only_live = actions.count(Action.DELETE) + len(plan.unmanaged)
    text = (
        f"Drift: {actions.count(Action.UPDATE):,} different, {only_live:,} only on the server, "
        f"{actions.count(Action.CREATE):,} only in git."
    )
    unread = unread_entries(plan.coverage)
    if not (plan.has_differences or plan.blocked or unread):
        text = "Drift: none. Everything that was read is as git declares it."
    return " ".join([text, *_more_counts(plan, len(unread))])


def _more_counts(plan: Plan, unread: int) -> Iterator[str]:
    if unread:
        yield f"{counted(unread, 'kind')} not read."
    if plan.findings:
        yield f"{counted(len(plan.findings), 'finding')}."
