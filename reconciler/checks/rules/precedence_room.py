"""There must be a free number between 1 and 99 for every relative precedence wish."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from reconciler.checks.check import Check
from reconciler.checks.rules.precedence_circle import find_circles
from reconciler.checks.rules.wishes import resolved_wishes
from reconciler.checks.subject import CheckedRule, Subject
from reconciler.kinds.rules.precedence import HIGHEST, LOWEST, Wish
from reconciler.model.findings import Finding


class PrecedenceRoom(Check):
    """The wishes of the rules in git can be fulfilled together, whatever the server has."""

    code = "RC2007"
    title = "no precedence left for a rule"
    authority = "adsync-server.md 5.5"
    description = (
        "Custom rules share the numbers 1 to 99. Relative wishes are given numbers between the "
        "rules that they name; where none is left, the rules cannot be created as written."
    )
    example = "precedence: {before: A}      # while A says  precedence: 1"

    def run(self, subject: Subject) -> Iterator[Finding]:
        """Yield a finding for each rule that finds no number."""
        wishes = resolved_wishes(subject)
        if not wishes or find_circles(wishes):
            return
        numbers = {
            str(checked.address): number
            for checked in subject.custom_rules
            if (number := _number(checked)) is not None
        }
        rules = {str(checked.address): checked for checked in subject.custom_rules}
        for name in find_homeless(wishes, numbers):
            yield self.finding(
                f"no number between {LOWEST} and {HIGHEST} is left for the precedence of this rule",
                place=rules[name].place_of("precedence"),
                address=rules[name].address,
                expected=("a free number on the wanted side of the rule that it names",),
                remedy="move the rules around it, or insert some of them before a default rule",
            )


def _number(checked: CheckedRule) -> int | None:
    """Return a rule's number; one that is inserted among default rules stands behind the band."""
    wish = checked.resource.fields["precedence"]
    if isinstance(wish, dict) and wish.keys() & {"insert_before", "insert_after"}:
        return HIGHEST + 1
    return checked.rule.precedence


def find_homeless(wishes: Mapping[str, Wish], numbers: Mapping[str, int]) -> tuple[str, ...]:
    """
    Return the wishing rules that get no number; `numbers` are the given ones of other rules.

    Gives each number to the waiting rule that must have one soonest. With bounds that respect the
    order of the rules this finds a number for all of them whenever there is one for all.
    """
    lowest, highest = _bounds(wishes, numbers)
    taken = set(numbers.values())
    waiting = sorted(wishes, key=lambda name: (highest[name], lowest[name], name))
    homeless: list[str] = []
    for number in (free for free in range(LOWEST, HIGHEST + 1) if free not in taken):
        homeless.extend(name for name in waiting if highest[name] < number)
        waiting = [name for name in waiting if highest[name] >= number]
        chosen = next((name for name in waiting if lowest[name] <= number), None)
        if chosen is not None:
            waiting.remove(chosen)
    return tuple(sorted([*homeless, *waiting]))


def _bounds(
    wishes: Mapping[str, Wish], numbers: Mapping[str, int]
) -> tuple[dict[str, int], dict[str, int]]:
    """Return the lowest and the highest number of each rule, drawn tighter until all agree."""
    lowest = {**dict.fromkeys(wishes, LOWEST), **numbers}
    highest = {**dict.fromkeys(wishes, HIGHEST), **numbers}
    for _ in range(HIGHEST + 1):
        is_settled = True
        for wish in wishes.values():
            first, second = wish.first, wish.second
            if first not in lowest or second not in lowest:
                continue  # beside a rule whose own wish cannot be told
            for bounds, name, value, better in (
                (lowest, second, lowest[first] + 1, max),
                (highest, first, highest[second] - 1, min),
            ):
                if name in wishes and better(bounds[name], value) != bounds[name]:
                    bounds[name] = value
                    is_settled = False
        if is_settled:
            break
    return lowest, highest
