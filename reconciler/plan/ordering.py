"""
The order in which drafts are carried out (decision E8), and which of them must land together (D3).

What a draft does is its kind's answer; how an order becomes numbered operations is `changing`'s.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from reconciler.kinds.kind import Draft, World
from reconciler.kinds.registry import KINDS
from reconciler.kinds.rules.precedence import HIGHEST, LOWEST
from reconciler.model.addresses import Address
from reconciler.model.changes import Action, FieldChange, Risk
from reconciler.model.nodes import Plain
from reconciler.model.resources import Resource

_REMOVING = 48
_NARROWING = 55
_FILTERS = range(20, 40)
_RULES_BEGIN = 40


def in_order(drafts: Iterable[Draft]) -> tuple[Draft, ...]:
    """
    Return the drafts as they are carried out: widen, rules, defaults, remove, narrow, the rest.

    Where a rule takes the number of another one, the other one gives it up first.
    """
    waiting = sorted(drafts, key=lambda draft: (_rank(draft), draft.address))
    givers = _givers(waiting)
    done: dict[Address, Draft] = {}
    for draft in waiting:
        chain: dict[Address, Draft] = {}
        link: Draft | None = draft
        while link is not None and link.address not in chain and link.address not in done:
            chain[link.address] = link
            link = givers.get(link.address)
        done.update(reversed(chain.items()))
    return tuple(done.values())


def detours(ordered: Sequence[Draft], world: World) -> dict[Address, tuple[Address, Draft]]:
    """
    Return the moves to a free number that open a circle of rules that exchange their numbers.

    By the address in front of which the move belongs: whose move it is, and the move as a draft. An
    exchange for which no number is free has none.
    """
    free = _free_numbers(ordered, world)
    givers = _givers(ordered)
    done: set[Address] = set()
    found: dict[Address, tuple[Address, Draft]] = {}
    for draft in ordered:
        done.add(draft.address)
        giver = givers.get(draft.address)
        if giver is None or giver.address in done or giver.live is None:
            continue
        number = next(free, None)
        if number is not None:
            found[draft.address] = (giver.address, _moved(giver, giver.live, number))
    return found


def groups_of(drafts: Sequence[Draft]) -> dict[Address, str]:
    """
    Return the group of each draft: what must land together has one name.

    The facets of one connector that are written at one time, a clone with the default rule that it
    replaces, and rules that hand a number on.
    """
    own = {draft.address: _own_group(draft) for draft in drafts}
    leaders = {name: name for name in own.values()}

    def leader(name: str) -> str:
        while leaders[name] != name:
            name = leaders[name]
        return name

    for first, second in (*_replacements(drafts), *_handed_on(drafts)):
        names = sorted((leader(own[first.address]), leader(own[second.address])))
        leaders[names[1]] = names[0]
    return {address: leader(name) for address, name in own.items()}


def _rank(draft: Draft) -> int:
    if draft.action is Action.DELETE:
        return _REMOVING
    rank = KINDS[draft.address.kind].rank
    return _NARROWING if rank in _FILTERS and _narrows(draft) else rank


def _narrows(draft: Draft) -> bool:
    """
    Tell whether a filter lets in less.

    Attributes decide nobody's scope: those that only leave go when no rule reads them any more.
    """
    risk = KINDS[draft.address.kind].risk(draft)
    if risk in (Risk.SCOPE_SHRINKING, Risk.SCOPE_WIDENING):
        return risk is Risk.SCOPE_SHRINKING
    members = [change for change in draft.fields if change.form == "member"]
    return bool(members) and all(change.after is None for change in members)


def _own_group(draft: Draft) -> str:
    targets = {operation.target for operation in KINDS[draft.address.kind].operations(draft)}
    connectors = sorted(target for target in targets if target.startswith("connector/"))
    if not connectors:
        return str(draft.address)
    return connectors[0] if _rank(draft) < _RULES_BEGIN else f"{connectors[0]}/after-rules"


def _replacements(drafts: Sequence[Draft]) -> Iterator[tuple[Draft, Draft]]:
    """Yield each new rule with the default rules of its shape that are switched off with it."""
    defaults: dict[tuple[str, ...], list[Draft]] = {}
    for draft in drafts:
        if draft.address.kind == "default-rule" and draft.live and draft.after("disabled") is True:
            defaults.setdefault(_shape(draft.live), []).append(draft)
    for draft in drafts:
        if draft.address.kind == "sync-rule" and draft.action is Action.CREATE and draft.desired:
            for default in defaults.get(_shape(draft.desired), ()):
                yield draft, default


def _shape(rule: Resource) -> tuple[str, ...]:
    same = ("direction", "source", "target")
    return (rule.address.connector, *(str(rule.fields[name]) for name in same))


def _handed_on(drafts: Sequence[Draft]) -> Iterator[tuple[Draft, Draft]]:
    givers = _givers(drafts)
    for draft in drafts:
        if draft.address in givers:
            yield draft, givers[draft.address]


def _givers(drafts: Iterable[Draft]) -> Mapping[Address, Draft]:
    """Return, by the address of each rule that takes a number, the rule that has it until then."""
    given: dict[Plain, Draft] = {}
    taken: list[tuple[int, Draft]] = []
    for draft in drafts:
        before, after = _number(draft.live), _number(draft.desired)
        if before != after:
            if before is not None:
                given.setdefault(before, draft)
            if after is not None:
                taken.append((after, draft))
    return {
        draft.address: given[number]
        for number, draft in taken
        if number in given and given[number] is not draft
    }


def _number(side: Resource | None) -> int | None:
    number = side.fields.get("precedence") if side else None
    return number if isinstance(number, int) else None


def _free_numbers(drafts: Sequence[Draft], world: World) -> Iterator[int]:
    sides = [
        *world.live["sync-rule"].resources,
        *world.desired["sync-rule"].values(),
        *(draft.desired for draft in drafts),
    ]
    used = {_number(side) for side in sides}
    return (number for number in range(HIGHEST, LOWEST - 1, -1) if number not in used)


def _moved(draft: Draft, live: Resource, number: int) -> Draft:
    """Return the draft that gives a live rule another number and changes nothing else."""
    change = FieldChange(
        path="precedence", before=live.fields["precedence"], after=number, form="text"
    )
    return replace(
        draft,
        address=live.address,
        name=live.name,
        fields=(change,),
        desired=replace(live, fields={**live.fields, "precedence": number}),
        moved_from=None,
    )
