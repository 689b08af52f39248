"""
Checks that judge custom rules one by one, and forgive what a default rule also does.

The vendor's own rules break the vendor's own demands, and cloning them is the documented way to
change them: refusing such a clone would be wrong (adsync-server.md 0.4, correction 10).
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass

from reconciler.checks.check import Check
from reconciler.checks.subject import CheckedRule, Subject
from reconciler.model.findings import Finding
from reconciler.model.places import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Violation:
    """
    What a rule does wrong, without naming the rule.

    `path` is the field, `place` a closer place where one is known. A default rule of the same
    direction with the same `what` and `key` excuses it.
    """

    what: str
    path: str
    expected: tuple[str, ...]
    remedy: str
    place: Place | None = None
    key: str = ""


class RuleCheck(Check):
    """A check that can look at each rule alone."""

    @abstractmethod
    def judge(self, rule: CheckedRule, subject: Subject) -> Iterator[Violation]:
        """Yield what one rule, custom or default, does wrong."""

    def run(self, subject: Subject) -> Iterator[Finding]:
        """Yield the violations of custom rules that no default rule shares."""
        found = [
            (rule, violation)
            for rule in subject.custom_rules
            for violation in self.judge(rule, subject)
        ]
        excused = self._excused(subject) if found else frozenset()
        for rule, violation in found:
            if _key(rule, violation) not in excused:
                yield self.finding(
                    violation.what,
                    place=violation.place or rule.place_of(violation.path),
                    address=rule.address,
                    expected=violation.expected,
                    remedy=violation.remedy,
                )

    def _excused(self, subject: Subject) -> frozenset[tuple[str, str, str]]:
        return frozenset(
            _key(rule, violation)
            for rule in subject.default_rules
            for violation in self.judge(rule, subject)
        )


def _key(rule: CheckedRule, violation: Violation) -> tuple[str, str, str]:
    return (rule.rule.direction, violation.what, violation.key)
