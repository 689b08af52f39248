"""
Precedence of custom rules: relative wishes solved to numbers, insertions compared by order.

Decision A7 and adsync-server.md 5.5. A live number that fulfils a wish is kept; otherwise as few
rules as possible get another number, then with the smallest shift, then by name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

LOWEST, HIGHEST = 1, 99
"""The band of custom rules; 0 has a meaning of its own and is never given."""

_MOST_STEPS = 20_000  # of the search for one set of rules; the best answer so far is taken then


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A rule that must stand before or after another one, and the number it has today."""

    rule: str
    anchor: str
    is_before: bool
    current: int | None


class Unsolvable(ValueError):
    """No numbers fulfil the wishes: they form a circle, or the band is full."""


def find_circle(wishes: Sequence[Wish]) -> tuple[str, ...]:
    """Return the rules of a circle of wishes, in order, or an empty tuple."""
    order = _edges(wishes)
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
    by the caller or not). Same wishes, same numbers. Raises Unsolvable.
    """
    if find_circle(wishes):
        raise Unsolvable("the wishes form a circle")
    occupied = taken | frozenset(fixed.values())
    names = sorted({wish.rule for wish in wishes})
    current = {wish.rule: wish.current for wish in wishes}
    must_move = [name for name in names if not _can_stay(current[name], occupied)]
    may_stay = [name for name in names if name not in must_move]
    for more in range(len(may_stay) + 1):
        answers = []
        for chosen in combinations(may_stay, more):
            kept = {
                name: number
                for name in may_stay
                if name not in chosen and (number := current[name])
            }
            answer = _Search(wishes, {**fixed, **kept}, occupied | set(kept.values()), current).run(
                [*must_move, *chosen]
            )
            if answer is not None:
                answers.append((answer[0], chosen, {**kept, **answer[1]}))
        if answers:
            return min(answers, key=lambda item: (item[0], item[1]))[2]
    raise Unsolvable(f"no free number between {LOWEST} and {HIGHEST} fulfils them all")


def _can_stay(number: int | None, occupied: frozenset[int]) -> bool:
    return number is not None and LOWEST <= number <= HIGHEST and number not in occupied


def _edges(wishes: Sequence[Wish]) -> dict[str, list[str]]:
    """Return, for each rule, those that must stand behind it."""
    order: dict[str, list[str]] = {}
    for wish in wishes:
        first, second = (wish.rule, wish.anchor) if wish.is_before else (wish.anchor, wish.rule)
        order.setdefault(first, []).append(second)
    return order


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


class _Search:
    """Numbers for the rules that move, cheapest total shift first; bounded, deterministic."""

    def __init__(
        self,
        wishes: Sequence[Wish],
        settled: Mapping[str, int],
        occupied: frozenset[int] | set[int],
        current: Mapping[str, int | None],
    ) -> None:
        self._wishes = wishes
        self._settled = settled
        self._free = [number for number in range(LOWEST, HIGHEST + 1) if number not in occupied]
        self._current = current
        self._steps = 0
        self._best: tuple[int, dict[str, int]] | None = None

    def run(self, movers: Sequence[str]) -> tuple[int, dict[str, int]] | None:
        self._place(sorted(movers), {}, 0)
        return self._best

    def _place(self, movers: Sequence[str], placed: dict[str, int], cost: int) -> None:
        self._steps += 1
        if self._steps > _MOST_STEPS or (self._best and cost >= self._best[0]):
            return
        if not movers:
            if self._fulfilled(placed):
                self._best = (cost, dict(placed))
            return
        name, rest = movers[0], movers[1:]
        for price, number in self._options(name, placed):
            self._place(rest, {**placed, name: number}, cost + price)

    def _options(self, name: str, placed: Mapping[str, int]) -> list[tuple[int, int]]:
        low, high = LOWEST, HIGHEST
        for wish, number in self._neighbours(name, placed):
            stands_before = wish.is_before if wish.rule == name else not wish.is_before
            if stands_before:
                high = min(high, number - 1)
            else:
                low = max(low, number + 1)
        home = self._current.get(name)
        if home is None:
            home = high if high < HIGHEST else low  # next to its anchor
        options = [
            (abs(number - home), number)
            for number in self._free
            if low <= number <= high and number not in placed.values()
        ]
        return sorted(options)

    def _neighbours(self, name: str, placed: Mapping[str, int]) -> Iterator[tuple[Wish, int]]:
        for wish in self._wishes:
            if name in (wish.rule, wish.anchor):
                other = wish.anchor if wish.rule == name else wish.rule
                number = placed.get(other, self._settled.get(other))
                if number is not None:
                    yield wish, number

    def _fulfilled(self, placed: Mapping[str, int]) -> bool:
        numbers = {**self._settled, **placed}
        return all(
            (numbers[wish.rule] < numbers[wish.anchor]) is wish.is_before
            for wish in self._wishes
            if wish.rule in numbers and wish.anchor in numbers
        )


def next_default(number: int, defaults: Mapping[str, int]) -> str | None:
    """
    Return the default rule that a number is inserted before, or None behind them all.

    `defaults` maps names of default rules to their numbers on the same server.
    """
    behind = [(place, name) for name, place in defaults.items() if place > number]
    return min(behind)[1] if behind else None
