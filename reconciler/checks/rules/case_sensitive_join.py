"""The engine looks objects up by at most one case-sensitive value at a time."""

from __future__ import annotations

from collections.abc import Iterator

from reconciler.checks.rule_check import RuleCheck, Violation
from reconciler.checks.subject import CheckedRule, Subject


class CaseSensitiveJoin(RuleCheck):
    """A join group has at most one case-sensitive condition."""

    code = "RC2104"
    title = "several case-sensitive conditions in a join group"
    authority = "adsync-server.md 5.7"
    description = "The server refuses a join group with more than one case-sensitive condition."
    example = (
        "join:\n"
        "  - - {cs: mail, mv: mail, case_sensitive: true}\n"
        "    - {cs: employeeID, mv: employeeID, case_sensitive: true}"
    )

    def judge(self, rule: CheckedRule, subject: Subject) -> Iterator[Violation]:
        """Yield a violation for each join group with several."""
        for number, group in enumerate(rule.rule.join):
            strict = [item for item in enumerate(group) if item[1].case_sensitive]
            if len(strict) > 1:
                names = ", ".join(f"{item.cs} = {item.mv}" for _, item in strict)
                yield Violation(
                    what=f"{len(strict)} case-sensitive conditions in one join group: {names}",
                    path=f"join[{number}][{strict[1][0]}]",
                    expected=("at most one case-sensitive condition in a group",),
                    remedy="remove case_sensitive from the condition that selects less",
                )
