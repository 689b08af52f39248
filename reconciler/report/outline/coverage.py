"""How far a server was read: one quiet line, and an entry for each part that git needs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reconciler.model.plans import KindCoverage
from reconciler.model.snapshots import State
from reconciler.report.blocks import Entry, Loudness, Note, Sign
from reconciler.report.outline.titles import noun_of
from reconciler.report.visible import visible
from reconciler.report.wording import and_more

_LONGEST = 300
_MOST_NAMES = 12


def coverage_notes(
    coverage: Sequence[KindCoverage], *, changed: frozenset[str]
) -> tuple[Note, ...]:
    """Return a line for each server, and what to know about the `changed` kinds."""
    servers = sorted({entry.server for entry in coverage})
    lines = [
        f"{visible(server, longest=60)}: {line}" if len(servers) > 1 else line
        for server in servers
        for line in _server_lines(coverage, server, changed)
    ]
    return (Note(label="coverage", lines=tuple(lines), is_quiet=True),) if lines else ()


def unread_entries(coverage: Sequence[KindCoverage]) -> tuple[Entry, ...]:
    """Return an entry for each kind that is damaged, or that git declares and nobody has read."""
    return tuple(
        Entry(
            sign=Sign.ATTENTION,
            title=f"not read: {noun_of(entry.kind)}",
            tags=(entry.state.value,),
            lines=(Note(label="", lines=tuple(_unread_lines(entry))),),
            loudness=Loudness.LOUD,
        )
        for entry in _in_order(coverage)
        if _is_loud(entry)
    )


def _is_loud(entry: KindCoverage) -> bool:
    return entry.state is State.DAMAGED or (entry.state is State.ABSENT and entry.declared)


def _unread_lines(entry: KindCoverage) -> Iterator[str]:
    if entry.note:
        yield visible(entry.note, longest=_LONGEST)
    declared = "git declares it, but " if entry.declared else ""
    server = visible(entry.server, longest=100)
    yield f"{declared}nothing is planned for it on {server}"


def _server_lines(
    coverage: Sequence[KindCoverage], server: str, changed: frozenset[str]
) -> Iterator[str]:
    of_server = [entry for entry in _in_order(coverage) if entry.server == server]
    read = sum(1 for entry in of_server if entry.state is State.READ)
    parts = [f"{read} of {len(of_server)} kinds read"]
    for state in (State.ABSENT, State.DAMAGED):
        names = [noun_of(entry.kind) for entry in of_server if entry.state is state]
        if names:
            rest = [and_more(len(names) - _MOST_NAMES)] if len(names) > _MOST_NAMES else []
            parts.append(f"{state.value}: {', '.join([*names[:_MOST_NAMES], *rest])}")
    yield " · ".join(parts)
    for entry in of_server:
        if entry.state is State.READ and entry.note and entry.kind in changed:
            yield f"{noun_of(entry.kind)}: {visible(entry.note, longest=_LONGEST)}"


def _in_order(coverage: Sequence[KindCoverage]) -> list[KindCoverage]:
    return sorted(coverage, key=lambda entry: (entry.server, noun_of(entry.kind), entry.kind))
