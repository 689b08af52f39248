"""Scope operators that compare need a value; those that only ask for presence have none."""

from __future__ import annotations

from collections.abc import Iterator

from reconciler.checks.rule_check import RuleCheck, Violation
from reconciler.checks.subject import CheckedRule, Subject
from reconciler.model.findings import quoted

WITHOUT_VALUE = frozenset({"ISNULL", "ISNOTNULL"})


class Operand(RuleCheck):
    """The value of a scope condition fits its operator."""

    code = "RC2105"
    title = "scope condition whose value does not fit its operator"
    authority = "adsync-server.md 5.2 and 5.7; declarative-provisioning.md 1.5"
    description = (
        "Every operator but ISNULL and ISNOTNULL compares with a value, which must not be empty. "
        "Those two ask whether the attribute is there; a value beside them would mislead readers."
    )
    example = "- - {attribute: department, operator: EQUAL}"

    def judge(self, rule: CheckedRule, subject: Subject) -> Iterator[Violation]:
        """Yield a violation for each value that is missing or too much."""
        for number, group in enumerate(rule.rule.scope):
            for position, condition in enumerate(group):
                path = f"scope[{number}][{position}]"
                about = f"operator {condition.operator} on {quoted(condition.attribute)}"
                if condition.operator in WITHOUT_VALUE and condition.value:
                    yield Violation(
                        what=f"{about} has the value {quoted(condition.value)}",
                        path=f"{path}.value",
                        expected=(f"no value: {condition.operator} only asks for presence",),
                        remedy="remove the value, or compare with EQUAL",
                    )
                elif condition.operator not in WITHOUT_VALUE and not condition.value:
                    yield Violation(
                        what=f"{about} has no value",
                        path=path,
                        expected=("a value that is not empty",),
                        remedy="add a value; an absent attribute is found with ISNULL",
                    )
