"""
Drafts to changes: support, risk, operations, follow-ups, hand steps, order and groups.

Decisions D3 to D5 and E8. The kinds give the answers; here they are put in one order and numbered.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from reconciler.kinds.kind import Draft, Kind, OperationDraft, World
from reconciler.kinds.registry import KINDS
from reconciler.model.addresses import Address
from reconciler.model.changes import (
    Action,
    Attribution,
    Change,
    FollowUp,
    Operation,
    Risk,
    Support,
)
from reconciler.model.nodes import Plain
from reconciler.model.plans import Blocked
from reconciler.model.resources import Resource

_NARROWING = 55
_REMOVING = 48
_FILTERS = range(20, 40)


def build_changes(
    drafts: Sequence[Draft], world: World, *, allow_unsupported: frozenset[str]
) -> tuple[tuple[Change, ...], tuple[Blocked, ...]]:
    """
    Return the changes in the order in which they are made, and those that must wait.

    Every change has instructions; one that only a person may make has nothing else (decision D4).
    """
    ordered = sorted(
        drafts, key=lambda draft: (_rank(KINDS[draft.address.kind], draft), draft.address)
    )
    groups = _groups(ordered)
    changes: list[Change] = []
    number = 0
    for draft in ordered:
        kind = KINDS[draft.address.kind]
        support = kind.support_of(draft)
        may_write = support is Support.SUPPORTED or (
            support is Support.UNSUPPORTED and kind.name in allow_unsupported
        )
        written = kind.operations(draft) if may_write else ()
        operations = _numbered(written, world.server, groups[draft.address], number)
        number += len(operations)
        changes.append(_change(kind, draft, world, support, operations))
    return _waiting(changes, ordered)


def _change(
    kind: Kind,
    draft: Draft,
    world: World,
    support: Support,
    operations: tuple[Operation, ...],
) -> Change:
    follow_ups = kind.follow_ups(draft, world)
    if not operations:
        follow_ups = tuple(replace(step, by="wizard") for step in follow_ups)
    return Change(
        address=draft.address,
        name=draft.name,
        kind=kind.name,
        server=world.server,
        action=draft.action,
        risk=kind.risk(draft),
        support=support,
        attribution=Attribution.UNDECIDED,
        fields=draft.fields,
        moved_from=draft.moved_from,
        instructions=kind.instructions(draft),
        operations=operations,
        follow_ups=tuple(dict.fromkeys(follow_ups)),
    )


def _numbered(
    drafts: Iterable[OperationDraft], server: str, group: str, number: int
) -> tuple[Operation, ...]:
    operations: list[Operation] = []
    for draft in drafts:
        number += 1
        facet = (
            draft.facet or "rule" if draft.target.startswith(("sync", "default")) else draft.facet
        )
        expect = {"absent": "absent", "after": f"after:{number - 1}"}.get(draft.expect, "")
        operations.append(
            Operation(
                id=str(number),
                server=server,
                verb=draft.verb,
                target=draft.target,
                group=group,
                expect={facet or draft.target: expect},
                value=dict(draft.value),
            )
        )
    return tuple(operations)


def _rank(kind: Kind, draft: Draft) -> int:
    """Return the place of a change in decision E8: widen, rules, defaults, remove, narrow, rest."""
    if draft.action is Action.DELETE:
        return _REMOVING
    takes_away = any(change.after is None for change in draft.fields)
    if kind.rank in _FILTERS and (takes_away or kind.risk(draft) is Risk.SCOPE_SHRINKING):
        return _NARROWING
    return kind.rank


def _groups(drafts: Sequence[Draft]) -> dict[Address, str]:
    """
    Return the group of each change: what must land together has one name (decision D3).

    All facets of one connector, a clone with the default rule that it replaces, and rules that
    exchange their precedence.
    """
    groups = {draft.address: _own_group(draft) for draft in drafts}
    rules = [draft for draft in drafts if draft.address.kind in ("sync-rule", "default-rule")]
    for first, second in (*_replacements(rules), *_exchanges(rules)):
        _join(groups, groups[first.address], groups[second.address])
    return groups


def _own_group(draft: Draft) -> str:
    kind = KINDS[draft.address.kind]
    targets = {operation.target for operation in kind.operations(draft)}
    connectors = sorted(target for target in targets if target.startswith("connector/"))
    return connectors[0] if connectors else str(draft.address)


def _join(groups: dict[Address, str], one: str, other: str) -> None:
    name = min(one, other)
    for address, group in groups.items():
        if group in (one, other):
            groups[address] = name


def _replacements(rules: Sequence[Draft]) -> Iterator[tuple[Draft, Draft]]:
    """Yield each new clone with the default rule of its connector that is switched off for it."""
    defaults: dict[tuple[Plain, ...], list[Draft]] = {}
    for draft in rules:
        if draft.address.kind == "default-rule" and draft.live and draft.after("disabled") is True:
            defaults.setdefault(_shape(draft, draft.live), []).append(draft)
    for draft in rules:
        if draft.action is Action.CREATE and draft.desired:
            for default in defaults.get(_shape(draft, draft.desired), ()):
                yield draft, default


def _shape(draft: Draft, side: Resource) -> tuple[Plain, ...]:
    same = ("direction", "source", "target")
    return (draft.address.connector, *(str(side.fields[name]) for name in same))


def _exchanges(rules: Sequence[Draft]) -> Iterator[tuple[Draft, Draft]]:
    """Yield each existing rule with the one that gives up the number which it takes."""
    giving: dict[int, list[Draft]] = {}
    for draft in rules:
        number = draft.live and draft.live.fields.get("precedence")
        if isinstance(number, int) and "precedence" in draft.paths:
            giving.setdefault(number, []).append(draft)
    for draft in rules:
        number = draft.live and draft.desired and draft.desired.fields.get("precedence")
        if isinstance(number, int):
            yield from ((draft, other) for other in giving.get(number, ()) if other is not draft)


def _waiting(
    changes: Sequence[Change], drafts: Sequence[Draft]
) -> tuple[tuple[Change, ...], tuple[Blocked, ...]]:
    by_address: Mapping[Address, Change] = {change.address: change for change in changes}
    result, blocked = [], []
    for change, draft in zip(changes, drafts, strict=True):
        needed = KINDS[change.kind].needs(draft, drafts)
        after = tuple(address for address in needed if address in by_address)
        result.append(replace(change, after=after))
        by_hand = [address for address in after if by_address[address].is_manual]
        if by_hand:
            reason = f"waits until {by_hand[0]} is done by hand and a read shows it"
            blocked.append(Blocked(address=change.address, reason=reason))
    return tuple(result), tuple(blocked)


def follow_ups_of(changes: Iterable[Change]) -> tuple[FollowUp, ...]:
    """Return the run steps of all changes, each once."""
    return tuple(sorted({step for change in changes for step in change.follow_ups}))
