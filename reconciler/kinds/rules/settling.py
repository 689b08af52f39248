"""
Precedence wishes of the desired rules against the numbers that a server has.

Turns `{before: …}` and `{after: …}` into numbers, and leaves an insertion as it is unless the
server already fulfils it, in which case the server's number is taken over.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from reconciler.kinds.kind import Settled, World
from reconciler.kinds.rules.placement import HIGHEST, Wish
from reconciler.kinds.rules.precedence import UnsolvableError, next_default, solve
from reconciler.model.addresses import Address
from reconciler.model.findings import Concern, Finding, Severity, quoted
from reconciler.model.nodes import Plain
from reconciler.model.resources import Resource

PRECEDENCE_UNSOLVABLE = "RC3201"  # no number fulfils a wish for precedence
INSERTION_POINT_MISSING = "RC3202"  # nobody knows the default rule of insert_before
INSERTION_POINT_LOST = "RC3203"  # the server lost the default rule of insert_before

_INSERTIONS = frozenset({"insert_before", "insert_after"})


def settle_precedence(desired: Mapping[Address, Resource], world: World) -> Settled:
    """
    Return the rules with numbers where numbers can be told, and findings where not.

    A rule whose insertion point the server lost keeps the server's number, for nobody can say where
    it belongs; one that the server does not have yet is left out until the point is back.
    """
    live = world.live["sync-rule"].by_address()
    settled = dict(desired)
    findings: list[Finding] = []
    waiting: list[Address] = []
    for address, resource in desired.items():
        wish = resource.fields["precedence"]
        if not isinstance(wish, dict) or not wish.keys() & _INSERTIONS:
            continue
        current = _live_of(resource, live)
        is_lost = _is_lost(wish, world)
        findings.extend(
            _lost_point(resource, wish, is_new=current is None)
            if is_lost
            else _missing_point(resource, wish, world)
        )
        if current is None:
            waiting.extend([address] if is_lost else [])
        elif is_lost or _is_inserted(_number(current), wish, world):
            settled[address] = _with_number(resource, _number(current))
    settled, problems = _solve_relative(settled, world, live)
    for address in waiting:
        del settled[address]
    return Settled(resources=settled, findings=(*findings, *problems))


def wish_of(
    resource: Resource, desired: Mapping[Address, Resource], live: Mapping[Address, Resource]
) -> Wish | None:
    """Return the relative wish of a rule with its anchor's address, or None where it has none."""
    value = resource.fields["precedence"]
    if not isinstance(value, dict) or not value.keys() & {"before", "after"}:
        return None
    is_before = "before" in value
    anchor = find_rule(
        str(value["before" if is_before else "after"]), resource.address.connector, desired
    )
    current = _live_of(resource, live)
    return Wish(
        rule=str(resource.address),
        anchor=str(anchor) if anchor else "",
        is_before=is_before,
        current=_number(current) if current else None,
    )


def find_rule(text: str, connector: str, rules: Mapping[Address, Resource]) -> Address | None:
    """
    Return the rule that a wish names: by name, or by `alias/name` where a name is not unique.

    A rule of the wishing rule's own connector wins over one of the same name elsewhere.
    """
    named = [address for address in rules if address.name == text]
    own = [address for address in named if address.connector == connector]
    full = [address for address in rules if f"{address.connector}/{address.name}" == text]
    return next(iter([*own, *full]), named[0] if len(named) == 1 else None)


def _solve_relative(
    rules: dict[Address, Resource], world: World, live: Mapping[Address, Resource]
) -> tuple[dict[Address, Resource], list[Finding]]:
    wishes = {
        address: wish
        for address, resource in rules.items()
        if (wish := wish_of(resource, rules, live)) is not None
    }
    if not wishes:
        return rules, []
    numbers = {
        str(address): number
        for address, resource in rules.items()
        if (number := _known_number(resource)) is not None
    }
    gone = {resource.moved_from for address, resource in rules.items() if address not in live}
    unmanaged = {
        _number(resource)
        for address, resource in live.items()
        if address not in rules and address not in gone
    }
    defaults = {int(item.notes["precedence"]) for item in world.live["default-rule"].resources}
    try:
        solved = solve(list(wishes.values()), fixed=numbers, taken=frozenset(unmanaged | defaults))
    except UnsolvableError as error:
        return rules, [_unsolvable(rules[address], str(error)) for address in wishes]
    settled = {
        **rules,
        **{address: _with_number(rules[address], solved[str(address)]) for address in wishes},
    }
    return settled, []


def _known_number(resource: Resource) -> int | None:
    """Return the number; an insertion that the server still lacks will be behind the band."""
    value = resource.fields["precedence"]
    if isinstance(value, dict):
        return HIGHEST + 1 if value.keys() & _INSERTIONS else None
    return value if isinstance(value, int) else None


def _live_of(resource: Resource, live: Mapping[Address, Resource]) -> Resource | None:
    found = live.get(resource.address)
    if found is None and resource.moved_from is not None:
        return live.get(resource.moved_from)
    return found


def _number(resource: Resource) -> int:
    return int(resource.notes["precedence"])


def _with_number(resource: Resource, number: int) -> Resource:
    return replace(resource, fields={**resource.fields, "precedence": number})


def _is_inserted(number: int, wish: Mapping[str, Plain], world: World) -> bool:
    if number <= HIGHEST:
        return False
    defaults = {
        f"{item.address.connector}/{item.address.name}": int(item.notes["precedence"])
        for item in world.live["default-rule"].resources
    }
    return next_default(number, defaults) == wish.get("insert_before")


def _is_lost(wish: Mapping[str, Plain], world: World) -> bool:
    """Tell whether the insertion point is a default rule that git recorded and the server lacks."""
    recorded = _named(world.desired["default-rule"])
    return wish.get("insert_before") in recorded - _named(world.live["default-rule"].by_address())


def _named(rules: Iterable[Address]) -> frozenset[str]:
    return frozenset(f"{address.connector}/{address.name}" for address in rules)


def _lost_point(
    resource: Resource, wish: Mapping[str, Plain], *, is_new: bool
) -> tuple[Finding, ...]:
    outcome = "the rule is not created" if is_new else "its precedence is left as it is"
    return (
        Finding(
            code=INSERTION_POINT_LOST,
            severity=Severity.WARNING,
            concern=Concern.LIVE,
            what=(
                f"{quoted(resource.name)} is to be inserted before "
                f"{quoted(str(wish['insert_before']))}, which the server lost: {outcome}"
            ),
            place=resource.place_of("precedence"),
            address=resource.address,
            expected=("the default rule, as rules/default/ has it",),
            remedy=(
                "restore the default rule on the server; "
                "where an upgrade took it away, name another insertion point"
            ),
        ),
    )


def _missing_point(
    resource: Resource, wish: Mapping[str, Plain], world: World
) -> tuple[Finding, ...]:
    wanted = wish.get("insert_before")
    known = _named(world.live["default-rule"].by_address())
    if wanted is None or wanted in known or not known:
        return ()
    return (
        Finding(
            code=INSERTION_POINT_MISSING,
            severity=Severity.ERROR,
            concern=Concern.DESIRED,
            what=(
                f"{quoted(resource.name)} is to be inserted before {quoted(str(wanted))}, "
                "which neither git nor the server has"
            ),
            place=resource.place_of("precedence"),
            address=resource.address,
            expected=("the connector alias and tag of a default rule of this server",),
            remedy="name another default rule, or use insert_after: last",
        ),
    )


def _unsolvable(resource: Resource, why: str) -> Finding:
    return Finding(
        code=PRECEDENCE_UNSOLVABLE,
        severity=Severity.ERROR,
        concern=Concern.DESIRED,
        what=f"no precedence can be found for {quoted(resource.name)}: {why}",
        place=resource.place_of("precedence"),
        address=resource.address,
        expected=(
            "custom rules share the numbers 1 to 99; relative wishes must not form a circle",
        ),
        remedy="give one of the rules concerned a number",
    )
