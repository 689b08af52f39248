"""
Numbers for the rules that move: free places of the band, in the wished order, near to home.

Whether a partial answer can be completed is decided exactly (unit jobs with release times and
deadlines), so the search never runs into a dead end; `precedence` decides who moves.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush

LOWEST, HIGHEST = 1, 99
"""The band of custom rules; 0 has a meaning of its own and is never given."""

_MOST_STEPS = 500  # of the search for a smaller shift; the best answer so far is taken then


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A rule that must stand before or after another one, and the number it has today."""

    rule: str
    anchor: str
    is_before: bool
    current: int | None

    @property
    def first(self) -> str:
        """Return the rule that is to have the lower number."""
        return self.rule if self.is_before else self.anchor

    @property
    def second(self) -> str:
        """Return the rule that is to have the higher number."""
        return self.anchor if self.is_before else self.rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """A number for each rule that moves, and the sum of the shifts."""

    numbers: Mapping[str, int]
    cost: int


def place(
    movers: Collection[str],
    *,
    wishes: Sequence[Wish],
    settled: Mapping[str, int],
    taken: frozenset[int],
) -> Placement | None:
    """
    Return numbers for `movers` that fulfil all wishes, or None where there are none.

    `settled` rules keep their numbers. Wishes must not form a circle.
    """
    if not _agree(wishes, settled):
        return None
    occupied = taken | frozenset(settled.values())
    free = [number for number in range(LOWEST, HIGHEST + 1) if number not in occupied]
    search = _Search(_anchors_first(movers, wishes), wishes, settled, free)
    return search.run()


class _Search:
    """Cheapest total shift first; bounded and deterministic."""

    def __init__(
        self,
        movers: Sequence[str],
        wishes: Sequence[Wish],
        settled: Mapping[str, int],
        free: Sequence[int],
    ) -> None:
        self._movers = movers
        self._settled = settled
        self._free = free
        self._before: dict[str, list[str]] = {name: [] for name in movers}
        self._behind: dict[str, list[str]] = {name: [] for name in movers}
        self._wish: dict[str, Wish] = {}
        for wish in sorted(wishes, key=lambda wish: (wish.rule, wish.anchor, wish.is_before)):
            self._wish.setdefault(wish.rule, wish)
            if wish.second in self._before:
                self._before[wish.second].append(wish.first)
            if wish.first in self._behind:
                self._behind[wish.first].append(wish.second)
        self._lowest_first = _in_order(movers, self._before)
        self._steps = 0
        self._best: Placement | None = None

    def run(self) -> Placement | None:
        """Return the best placement, or None where there is none."""
        if self._can_be_completed({}):
            self._place(0, {}, 0)
        return self._best

    def _place(self, position: int, placed: dict[str, int], cost: int) -> None:
        self._steps += 1
        if position == len(self._movers):
            self._best = Placement(numbers=dict(placed), cost=cost)
            return
        name = self._movers[position]
        for price, number in self._options(name, placed):
            if self._best and (cost + price >= self._best.cost or self._steps > _MOST_STEPS):
                return
            further = {**placed, name: number}
            if self._can_be_completed(further):
                self._place(position + 1, further, cost + price)

    def _options(self, name: str, placed: Mapping[str, int]) -> list[tuple[int, int]]:
        low, high = self._bounds(placed)[name]
        home = self._home(name, placed)
        used = set(placed.values())
        return sorted(
            (abs(number - home), number)
            for number in self._free
            if low <= number <= high and number not in used
        )

    def _home(self, name: str, placed: Mapping[str, int]) -> int:
        """Return today's number, or the place next to the anchor for a rule that has none."""
        wish = self._wish[name]
        if wish.current is not None:
            return wish.current
        anchor = placed.get(wish.anchor, self._settled.get(wish.anchor))
        if anchor is None:
            return HIGHEST
        return anchor - 1 if wish.is_before else anchor + 1

    def _bounds(self, placed: Mapping[str, int]) -> dict[str, tuple[int, int]]:
        """Return the lowest and highest number of each rule that is not placed yet."""
        known = {**self._settled, **placed}
        lows: dict[str, int] = {}
        highs: dict[str, int] = {}
        open_ = [name for name in self._lowest_first if name not in placed]
        for name in open_:
            below = (known.get(other, lows.get(other)) for other in self._before[name])
            lows[name] = max([LOWEST, *(number + 1 for number in below if number is not None)])
        for name in reversed(open_):
            above = (known.get(other, highs.get(other)) for other in self._behind[name])
            highs[name] = min([HIGHEST, *(number - 1 for number in above if number is not None)])
        return {name: (lows[name], highs[name]) for name in open_}

    def _can_be_completed(self, placed: Mapping[str, int]) -> bool:
        """Tell whether the rest has places: at each free number the most urgent rule is served."""
        used = set(placed.values())
        waiting = sorted((low, high, name) for name, (low, high) in self._bounds(placed).items())
        ready: list[tuple[int, str]] = []
        position = 0
        for number in self._free:
            if number in used:
                continue
            while position < len(waiting) and waiting[position][0] <= number:
                heappush(ready, waiting[position][1:])
                position += 1
            if ready and heappop(ready)[0] < number:
                return False
        return not ready and position == len(waiting)


def _agree(wishes: Sequence[Wish], settled: Mapping[str, int]) -> bool:
    return all(
        settled[wish.first] < settled[wish.second]
        for wish in wishes
        if wish.first in settled and wish.second in settled
    )


def _anchors_first(movers: Collection[str], wishes: Sequence[Wish]) -> list[str]:
    """Return the movers so that an anchor stands before those who wish to be near it."""
    anchors: dict[str, list[str]] = {name: [] for name in movers}
    for wish in wishes:
        if wish.rule in anchors:
            anchors[wish.rule].append(wish.anchor)
    return _in_order(movers, anchors)


def _in_order(names: Collection[str], earlier: Mapping[str, Sequence[str]]) -> list[str]:
    """Return the names so that each stands behind those that `earlier` gives for it."""
    done: dict[str, None] = {}

    def visit(name: str) -> Iterator[str]:
        if name not in done:
            done[name] = None
            for other in sorted(earlier[name]):
                if other in earlier:
                    yield from visit(other)
            yield name

    return [found for name in sorted(names) for found in visit(name)]
