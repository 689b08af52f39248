"""Relative precedence wishes may not go round in a circle."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from reconciler.checks.check import Check
from reconciler.checks.rules.wishes import resolved_wishes
from reconciler.checks.subject import Subject
from reconciler.kinds.rules.precedence import Wish
from reconciler.model.addresses import parse_address
from reconciler.model.findings import Finding, quoted


class PrecedenceCircle(Check):
    """Every rule can stand where it wants to stand."""

    code = "RC2006"
    title = "precedence wishes in a circle"
    authority = "adsync-server.md 5.5"
    description = (
        "A rule that must stand before itself, through however many others, cannot stand anywhere."
    )
    example = "precedence: {before: B}      # while B says  precedence: {before: A}"

    def run(self, subject: Subject) -> Iterator[Finding]:
        """Yield one finding for each circle, at the first of its rules."""
        rules = {str(checked.address): checked for checked in subject.custom_rules}
        for circle in find_circles(resolved_wishes(subject)):
            first = rules[circle[0]]
            names = [quoted(parse_address(rule).name) for rule in (*circle, circle[0])]
            yield self.finding(
                "the precedence wishes of these rules form a circle: " + ", ".join(names[:-1]),
                place=first.place_of("precedence"),
                address=first.address,
                expected=(f"an order; each of these refers to the next: {' → '.join(names)}",),
                remedy="give one of them a number",
            )


def find_circles(wishes: Mapping[str, Wish]) -> tuple[tuple[str, ...], ...]:
    """
    Return the circles of wishes that nothing can fulfil, each from its first rule on.

    A rule has one wish, so following each to its rule finds every circle once. Only one whose
    wishes all say the same, before or after, is impossible.
    """
    seen: set[str] = set()
    circles: list[tuple[str, ...]] = []
    for start in sorted(wishes):
        path: list[str] = []
        rule = start
        while rule in wishes and rule not in seen:
            seen.add(rule)
            path.append(rule)
            rule = wishes[rule].anchor
        if rule in path:
            circle = path[path.index(rule) :]
            if len({wishes[name].is_before for name in circle}) == 1:
                turn = circle.index(min(circle))
                circles.append((*circle[turn:], *circle[:turn]))
    return tuple(sorted(circles))
