"""No two rules of a server share a precedence number, disabled ones included."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from reconciler.checks.check import Check
from reconciler.checks.subject import CheckedRule, Subject
from reconciler.model.findings import Finding, quoted


class OnePrecedence(Check):
    """A precedence number belongs to one rule; among themselves default rules are the vendor's."""

    code = "RC2002"
    title = "two rules with one precedence"
    authority = "adsync-server.md 5.5; declarative-provisioning.md 1.9"
    description = (
        "Numbers are unique over all rules of a server, of all connectors and both directions. "
        "Which of two rules with one number wins is documented nowhere."
    )
    example = "precedence: 50          # and the same in another rule"

    def run(self, subject: Subject) -> Iterator[Finding]:
        """Yield a finding for each number that a custom rule shares."""
        holders: dict[int, list[CheckedRule]] = defaultdict(list)
        for checked in subject.rules:
            if checked.rule.precedence is not None:
                holders[checked.rule.precedence].append(checked)
        for number, rules in sorted(holders.items()):
            custom = [checked for checked in rules if not checked.is_default]
            if custom and len(rules) > 1:
                yield self._finding(number, custom[-1], rules)

    def _finding(self, number: int, last: CheckedRule, rules: list[CheckedRule]) -> Finding:
        others = [checked for checked in rules if checked is not last]
        names = ", ".join(quoted(checked.rule.name) for checked in others[:3])
        more = f" and {len(others) - 3} more" if len(others) > 3 else ""
        return self.finding(
            f"precedence {number} also belongs to {names}{more}",
            place=last.place_of("precedence"),
            address=last.address,
            expected=(
                "a number that no other rule of the server has",
                *(f"the other stands at {place}" for place in _places(others[:3])),
            ),
            remedy="give one of them a free number, or write {before: <rule>} or {after: <rule>}",
        )


def _places(rules: list[CheckedRule]) -> list[str]:
    found = [checked.place_of("precedence") for checked in rules]
    return [str(place) for place in found if place]
