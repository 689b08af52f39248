"""
Drafts to changes: support, risk, operations, follow-ups, hand steps, and what has to wait.

Decisions D3 to D5. The kinds give the answers, `ordering` says in which order and which belong
together; here they are put together and numbered.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from reconciler.kinds.export_guard import GUARDED, guarded
from reconciler.kinds.kind import Draft, OperationDraft, World
from reconciler.kinds.registry import KINDS
from reconciler.model.addresses import Address
from reconciler.model.changes import Attribution, Change, Operation, Support
from reconciler.model.plans import Blocked
from reconciler.plan.ordering import detours, groups_of, in_order


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """
    What changes are made by.

    `allow_unsupported` are kinds that may be written although the vendor documents only the wizard;
    `left_out` are differences that nobody asked for, which others may depend on.
    """

    allow_unsupported: frozenset[str] = frozenset()
    left_out: tuple[Draft, ...] = ()


def build_changes(
    drafts: Sequence[Draft], world: World, terms: Terms
) -> tuple[tuple[Change, ...], tuple[Blocked, ...]]:
    """
    Return the changes in the order in which they are made, and those that must wait.

    Every change has instructions; one that only a person may make has nothing else (decision D4).
    What is left out of a plan leaves the rest as it is in the whole plan.
    """
    ordered = in_order([*drafts, *terms.left_out])
    groups = groups_of(ordered)
    operations = _operations(ordered, world, groups, terms.allow_unsupported)
    asked = {draft.address for draft in drafts}
    needed = _needed(ordered)
    changes = [
        replace(
            _change(draft, world, tuple(operations[draft.address])), after=needed[draft.address]
        )
        for draft in ordered
        if draft.address in asked
    ]
    return tuple(changes), tuple(_blocked(changes, groups))


def _may_be_written(draft: Draft, allow_unsupported: frozenset[str]) -> bool:
    support = KINDS[draft.address.kind].support_of(draft)
    return support is Support.SUPPORTED or (
        support is Support.UNSUPPORTED and draft.address.kind in allow_unsupported
    )


def _operations(
    ordered: Sequence[Draft],
    world: World,
    groups: dict[Address, str],
    allow_unsupported: frozenset[str],
) -> dict[Address, list[Operation]]:
    """Return the writes of each draft; their numbers are the order in which they are made."""
    found: dict[Address, list[Operation]] = {draft.address: [] for draft in ordered}
    writes = _writes(ordered, world, allow_unsupported)
    for number, (owner, written) in enumerate(writes, start=1):
        own = found[owner]
        own.append(
            Operation(
                id=str(number),
                server=world.server,
                verb=written.verb,
                target=written.target,
                group=groups[owner],
                expect={written.facet or owner.kind: _expected(written, own)},
                value=dict(written.value),
            )
        )
    return found


def _expected(written: OperationDraft, earlier: Sequence[Operation]) -> str:
    """Return what must still be true: the outcome of the write before it, absence, a revision."""
    if earlier and (written.expect == "after" or written.target == earlier[-1].target):
        return f"after:{earlier[-1].id}"
    return written.expect


def _writes(
    ordered: Sequence[Draft], world: World, allow_unsupported: frozenset[str]
) -> Iterator[tuple[Address, OperationDraft]]:
    """Yield each write with the address whose change it is part of, in order."""
    moves = detours(ordered, world)
    for draft in ordered:
        if draft.address in moves:
            owner, move = moves[draft.address]
            yield from ((owner, written) for written in KINDS[owner.kind].operations(move))
        if _may_be_written(draft, allow_unsupported):
            written_for = KINDS[draft.address.kind].operations(draft)
            yield from ((draft.address, written) for written in written_for)


def _needed(ordered: Sequence[Draft]) -> dict[Address, tuple[Address, ...]]:
    """Return what each draft needs to be done before it; nothing needs another of its own kind."""
    present = {draft.address for draft in ordered}
    kinds = {draft.address.kind for draft in ordered}
    others = {kind: [draft for draft in ordered if draft.address.kind != kind] for kind in kinds}
    return {
        draft.address: tuple(
            address
            for address in KINDS[draft.address.kind].needs(draft, others[draft.address.kind])
            if address in present
        )
        for draft in ordered
    }


def _change(draft: Draft, world: World, operations: tuple[Operation, ...]) -> Change:
    kind = KINDS[draft.address.kind]
    follow_ups = kind.follow_ups(draft, world)
    risk = kind.risk(draft)
    instructions = kind.instructions(draft, world)
    is_guarded = risk in GUARDED
    if is_guarded:
        is_wizard = kind.hand_tool_runs_steps
        instructions = guarded(instructions, naming=world.naming, is_wizard=is_wizard)
    if not operations:
        starter = "wizard" if kind.hand_tool_runs_steps and not is_guarded else "person"
        follow_ups = tuple(replace(step, by=starter) for step in follow_ups)
    return Change(
        address=draft.address,
        name=draft.name,
        kind=kind.name,
        server=world.server,
        action=draft.action,
        risk=risk,
        support=kind.support_of(draft),
        attribution=Attribution.UNDECIDED,
        fields=draft.fields,
        moved_from=draft.moved_from,
        instructions=instructions,
        operations=operations,
        follow_ups=tuple(dict.fromkeys(follow_ups)),
    )


def _blocked(changes: Sequence[Change], groups: dict[Address, str]) -> Iterator[Blocked]:
    """Yield what cannot be done yet: it waits for a person, or for something left out."""
    by_address = {change.address: change for change in changes}
    absent = {group: address for address, group in groups.items() if address not in by_address}
    for change in changes:
        missing = [address for address in change.after if address not in by_address]
        by_hand = [
            address
            for address in change.after
            if address in by_address and by_address[address].is_manual
        ]
        reason = ""
        if by_hand:
            reason = f"waits until {by_hand[0]} is done by hand and a read shows it"
        elif missing:
            reason = f"needs {missing[0]}, which was left out of this plan"
        elif groups[change.address] in absent and not change.is_manual:
            partner = absent[groups[change.address]]
            reason = f"must land together with {partner}, which was left out of this plan"
        if reason:
            yield Blocked(address=change.address, reason=reason)
