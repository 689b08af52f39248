"""
Precedence of custom rules: relative wishes solved to numbers, insertions compared by order.

Decision A7 and adsync-server.md 5.5. A live number that fulfils a wish is kept; otherwise as few
rules as possible get another number, then with the smallest shift (`placement`), then by name.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import combinations, islice

from reconciler.kinds.rules.placement import HIGHEST, LOWEST, Placement, Wish, place

__all__ = ["HIGHEST", "LOWEST", "UnsolvableError", "Wish", "find_circle", "next_default", "solve"]

_MOST_CHOICES = 2_000  # sets of rules that are tried in full; behind it rules are kept one by one


class UnsolvableError(ValueError):
    """No numbers fulfil the wishes: they form a circle, or the band is full."""


def find_circle(wishes: Sequence[Wish]) -> tuple[str, ...]:
    """Return the rules of a circle of wishes, in order, or an empty tuple."""
    order: dict[str, list[str]] = {}
    for wish in wishes:
        order.setdefault(wish.first, []).append(wish.second)
    done: set[str] = set()
    for start in sorted(order):
        path: list[str] = []
        found = _walk(start, order, path, done)
        if found:
            return found
    return ()


def solve(
    wishes: Sequence[Wish], *, fixed: Mapping[str, int], taken: frozenset[int]
) -> dict[str, int]:
    """
    Return a number for each wishing rule.

    `fixed` are rules whose number is given, `taken` numbers that nobody may get (`fixed` included
    by the caller or not); an anchor of no known number asks for nothing. Same wishes in any order,
    same numbers. Raises UnsolvableError.
    """
    circle = find_circle(wishes)
    if circle:
        raise UnsolvableError(f"the wishes form a circle: {' → '.join(circle)}")
    current = {wish.rule: wish.current for wish in wishes}
    contradicted = {wish.rule for wish in wishes if _contradicts(wish, fixed)}
    may_stay = _may_stay(
        {name: number for name, number in current.items() if name not in contradicted},
        taken | frozenset(fixed.values()),
    )

    def attempt(movers: frozenset[str]) -> Placement | None:
        kept = {name: number for name, number in may_stay.items() if name not in movers}
        return place(movers, wishes=wishes, settled={**fixed, **kept}, taken=taken)

    everybody = attempt(frozenset(current))
    if everybody is None:
        raise UnsolvableError(
            f"no free numbers between {LOWEST} and {HIGHEST} fulfil all wishes together"
        )
    must_move = frozenset(current.keys() - may_stay.keys())
    movers, placement = _fewest(attempt, must_move, sorted(may_stay), everybody)
    kept = {name: number for name, number in may_stay.items() if name not in movers}
    return {name: {**kept, **placement.numbers}[name] for name in sorted(current)}


def _contradicts(wish: Wish, fixed: Mapping[str, int]) -> bool:
    """Tell whether today's number is on the wrong side of an anchor that will not move."""
    if wish.current is None or wish.anchor not in fixed:
        return False
    return (wish.current < fixed[wish.anchor]) is not wish.is_before


def _may_stay(current: Mapping[str, int | None], occupied: frozenset[int]) -> dict[str, int]:
    """Return the rules whose number is theirs alone; of two rules with one number the first."""
    stay: dict[str, int] = {}
    for name in sorted(current):
        number = current[name]
        if (
            number is not None
            and LOWEST <= number <= HIGHEST
            and number not in occupied
            and number not in stay.values()
        ):
            stay[name] = number
    return stay


def _fewest(
    attempt: Callable[[frozenset[str]], Placement | None],
    must_move: frozenset[str],
    may_stay: Sequence[str],
    everybody: Placement,
) -> tuple[frozenset[str], Placement]:
    """Return the smallest set of rules that has to move, and the cheapest way to move them."""
    tried = 0
    for more in range(len(may_stay)):
        answers = []
        for chosen in islice(combinations(may_stay, more), _MOST_CHOICES - tried):
            tried += 1
            found = attempt(must_move | frozenset(chosen))
            if found is not None:
                answers.append((found.cost, chosen, found))
        if answers:
            _, chosen, found = min(answers, key=lambda answer: answer[:2])
            return must_move | frozenset(chosen), found
    return _fewer(attempt, must_move, may_stay, everybody)


def _fewer(
    attempt: Callable[[frozenset[str]], Placement | None],
    must_move: frozenset[str],
    may_stay: Sequence[str],
    everybody: Placement,
) -> tuple[frozenset[str], Placement]:
    """Return a set of moving rules none of which could be kept, found by keeping one by one."""
    movers, placement = must_move | frozenset(may_stay), everybody
    for name in may_stay:
        found = attempt(movers - {name})
        if found is not None:
            movers, placement = movers - {name}, found
    return movers, placement


def _walk(
    name: str, order: Mapping[str, Sequence[str]], path: list[str], done: set[str]
) -> tuple[str, ...]:
    if name in path:
        return (*path[path.index(name) :], name)
    if name in done:
        return ()
    path.append(name)
    for following in sorted(order.get(name, ())):
        found = _walk(following, order, path, done)
        if found:
            return found
    path.pop()
    done.add(name)
    return ()


def next_default(number: int, defaults: Mapping[str, int]) -> str | None:
    """
    Return the default rule that a number is inserted before, or None behind them all.

    `defaults` maps names of default rules to their numbers on the same server.
    """
    behind = [(place, name) for name, place in defaults.items() if place > number]
    return min(behind)[1] if behind else None
