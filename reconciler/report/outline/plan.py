"""A plan as an outline: what would change, what stands in the way, what could not be seen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reconciler.model.changes import Action
from reconciler.model.plans import Plan, Unmanaged
from reconciler.report.blocks import Entry, Loudness, Note, Outline, Section, Sign, Tally
from reconciler.report.outline.changes import change_entry, tally
from reconciler.report.outline.coverage import coverage_notes, unread_entries
from reconciler.report.outline.findings import findings_section, named_for
from reconciler.report.outline.runs import runs_needed
from reconciler.report.outline.servers import server_facts
from reconciler.report.outline.titles import address_title, noun_of, title_of, titles_of
from reconciler.report.visible import visible
from reconciler.report.wording import and_more, counted

MOST_LISTED = 20
_MOST_TARGETS = 3


def plan_outline(
    plan: Plan, *, all_steps: bool = False, now: str | None = None, saved_to: str = ""
) -> Outline:
    """
    Return the outline of a plan.

    `all_steps` shows every hand step of every change; `now` (ISO 8601) turns the time of the
    reading into an age; `saved_to` is the file that holds the plan.
    """
    titles = titles_of((change.address, change.name) for change in plan.changes)
    changes = tuple(
        change_entry(change, titles=titles, all_steps=all_steps) for change in plan.changes
    )
    tallies = tally(plan.changes)
    return Outline(
        title=visible(plan.environment, longest=80),
        headline=_headline(tallies),
        facts=tuple(plan_facts(plan, now=now)),
        tallies=tallies,
        sections=(
            Section(heading="Not read", unit="kind", entries=unread_entries(plan.coverage)),
            Section(heading="Changes", unit="change", entries=changes),
            blocked_section(plan),
            findings_section(named_for(plan.environment, plan.findings)),
            unmanaged_section(plan.unmanaged),
        ),
        remarks=(*runs_needed(plan.changes), *unmanaged_advice(plan), *plan_coverage(plan)),
        summary=_summary(plan),
        closing=_closing(plan, saved_to),
        content_hash=visible(plan.content_hash, longest=80),
    )


def blocked_section(plan: Plan) -> Section:
    """Return what must not be acted on, each with its reason."""
    entries = tuple(
        Entry(
            sign=Sign.ATTENTION,
            title=f"{address_title(blocked.address)} is blocked",
            lines=(Note(label="", lines=(visible(blocked.reason, longest=400),)),),
            loudness=Loudness.LOUD,
        )
        for blocked in plan.blocked[:MOST_LISTED]
    )
    more = max(0, len(plan.blocked) - MOST_LISTED)
    return Section(heading="Blocked", unit="blocked thing", entries=entries, more=more)


def unmanaged_section(unmanaged: Sequence[Unmanaged]) -> Section:
    """Return the live things that git does not know, a line each."""
    entries = tuple(
        Entry(sign=Sign.ATTENTION, title=f"{unmanaged_title(thing)} is on the server, not in git")
        for thing in unmanaged[:MOST_LISTED]
    )
    more = max(0, len(unmanaged) - MOST_LISTED)
    unit = unmanaged_unit(unmanaged)
    return Section(heading="Unmanaged", unit=unit, entries=entries, more=more)


def unmanaged_unit(unmanaged: Sequence[Unmanaged]) -> str:
    """Return what the folded rest of the unmanaged things is called."""
    nouns = {noun_of(thing.address.kind) for thing in unmanaged}
    return f"unmanaged {nouns.pop() if len(nouns) == 1 else 'thing'}"


def unmanaged_title(thing: Unmanaged) -> str:
    """Return the title of a live thing that git does not know."""
    title = title_of(thing.address, thing.name)
    connector = thing.address.connector
    return f"{title} on {visible(connector, longest=40)}" if connector else title


def unmanaged_advice(plan: Plan) -> tuple[Note, ...]:
    """Return who decides about rules that git does not know, and how they come into git."""
    if not plan.unmanaged:
        return ()
    environment = visible(plan.environment, longest=80)
    lines = (
        "policy.prune in environment.yaml decides: report leaves them, delete plans to delete them",
        f"to bring them into git: reconciler import {environment} --from export:FOLDER",
    )
    return (Note(label="unmanaged", lines=lines),)


def _headline(tallies: Sequence[Tally]) -> str:
    if not tallies:
        return "no changes"
    number = sum(row.total for row in tallies)
    return f"{counted(number, 'change')}, heaviest risk: {tallies[0].risk}"


def plan_facts(plan: Plan, *, now: str | None) -> Iterator[str]:
    """Yield what was compared: the servers, the desired state, and what was asked for."""
    yield from server_facts(plan.servers, now=now)
    commit = f"desired {visible(plan.commit, longest=80)[:7]}" if plan.commit else ""
    yield commit or "desired as it stands in the working tree"
    targets = plan.selection.targets
    if targets:
        names = ", ".join(visible(str(address), longest=80) for address in targets[:_MOST_TARGETS])
        rest = len(targets) - _MOST_TARGETS
        yield f"only {names}" + (f", {and_more(rest)}" if rest > 0 else "")


def plan_coverage(plan: Plan) -> tuple[Note, ...]:
    """Return how far the servers were read, with what to know about the kinds that change."""
    changed = frozenset(change.address.kind for change in plan.changes)
    return coverage_notes(plan.coverage, changed=changed)


def _summary(plan: Plan) -> str:
    counts = ", ".join(f"{plan.count(action):,} to {action.value}" for action in Action)
    text = f"Plan: {counts}, {plan.manual_count:,} by hand."
    if not plan.changes:
        text = "Plan: no changes."
        if not (plan.has_differences or plan.blocked or unread_entries(plan.coverage)):
            text += " Everything that was read is as git declares it."
    return " ".join([text, *_more_counts(plan)])


def _more_counts(plan: Plan) -> Iterator[str]:
    if unread := unread_entries(plan.coverage):
        yield f"{counted(len(unread), 'kind')} not read."
    if plan.blocked:
        yield f"{len(plan.blocked):,} blocked."
    if plan.findings:
        yield f"{counted(len(plan.findings), 'finding')}."
    if plan.unmanaged:
        yield f"{len(plan.unmanaged):,} unmanaged."


def _closing(plan: Plan, saved_to: str) -> str:
    if not saved_to:
        return ""
    return f"Saved to {visible(saved_to)} (content hash {visible(plan.content_hash)[:12]}…)."
