"""Scope filters compare values, and a reference has none to compare."""

from __future__ import annotations

from collections.abc import Iterator

from reconciler.checks.rule_check import RuleCheck, Violation
from reconciler.checks.schema.schema_words import schema_attribute
from reconciler.checks.subject import METAVERSE, CheckedRule, Subject
from reconciler.model.findings import quoted


class ReferenceScope(RuleCheck):
    """No scope condition reads a reference attribute."""

    code = "RC2305"
    title = "scope condition on a reference attribute"
    authority = "adsync-server.md 5.7"
    description = "The server refuses scope conditions on attributes that name other objects."
    example = "scope: [[{attribute: manager, operator: ISNOTNULL}]]"
    needs_schema = True

    def judge(self, rule: CheckedRule, subject: Subject) -> Iterator[Violation]:
        """Yield a violation for each condition on a reference."""
        schema = subject.schema(rule.rule.connector if rule.is_inbound else METAVERSE)
        for number, group in enumerate(rule.rule.scope):
            for position, condition in enumerate(group):
                found = schema_attribute(schema, condition.attribute)
                if found is not None and found.is_reference:
                    yield Violation(
                        what=f"scope condition on the reference {quoted(condition.attribute)}",
                        path=f"scope[{number}][{position}].attribute",
                        expected=("an attribute that holds text, a number or true and false",),
                        remedy=(
                            "compare another attribute; membership of a group is asked with "
                            "ISMEMBEROF"
                        ),
                    )
