"""Group membership can be asked of the connector space only, by a group's distinguished name."""

from __future__ import annotations

from collections.abc import Iterator

from reconciler.checks.rule_check import RuleCheck, Violation
from reconciler.checks.subject import CheckedRule, Subject

MEMBERSHIP = frozenset({"ISMEMBEROF", "ISNOTMEMBEROF"})


class MemberOf(RuleCheck):
    """ISMEMBEROF and ISNOTMEMBEROF stand in inbound rules."""

    code = "RC2106"
    title = "membership operator in an outbound rule"
    authority = "adsync-server.md 5.2 and 5.7"
    description = (
        "ISMEMBEROF and ISNOTMEMBEROF look for the group among the objects of the rule's own "
        "connector space. An outbound scope filter reads the metaverse, where they do not work."
    )
    example = "direction: outbound\nscope: [[{attribute: '', operator: ISMEMBEROF, value: …}]]"

    def judge(self, rule: CheckedRule, subject: Subject) -> Iterator[Violation]:
        """Yield a violation for each membership operator of an outbound rule."""
        for number, group in enumerate(rule.rule.scope if not rule.is_inbound else ()):
            for position, condition in enumerate(group):
                if condition.operator in MEMBERSHIP:
                    yield Violation(
                        what=f"operator {condition.operator} in an outbound rule",
                        path=f"scope[{number}][{position}].operator",
                        expected=("membership operators in inbound rules only",),
                        remedy=(
                            "flow a marker attribute in an inbound rule with this condition, and "
                            "compare the marker here"
                        ),
                    )
