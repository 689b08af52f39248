"""A rule for objects that are never imported does nothing."""

from __future__ import annotations

from collections.abc import Iterator

from reconciler.checks.rule_check import RuleCheck, Violation
from reconciler.checks.subject import CheckedRule, Subject
from reconciler.checks.suggestions import did_you_mean
from reconciler.kinds.object_types import STRUCTURAL
from reconciler.model.findings import Severity, quoted


class UnselectedObjectType(RuleCheck):
    """The object type of a custom rule is among those that its connector reads."""

    code = "RC2403"
    title = "rule for an object type that is not selected"
    severity = Severity.WARNING
    authority = "adsync-server.md 4.6; declarative-provisioning.md 1.3"
    description = (
        "Objects of a type that is not in object_types never reach the connector space: no rule is "
        "evaluated for them. A connector whose list git does not manage is not checked."
    )
    example = "source: contact      # while object_types: [user, group]"

    def judge(self, rule: CheckedRule, subject: Subject) -> Iterator[Violation]:
        """Yield a violation where the type is left out."""
        selected = subject.object_types.get(rule.rule.connector)
        if selected is None:
            return
        name, alias = rule.connector_type, rule.rule.connector
        if name.casefold() in {item.casefold() for item in selected} | STRUCTURAL:
            return
        yield Violation(
            what=f"object type {quoted(name)} is not in the object types of {alias}",
            path="source" if rule.is_inbound else "target",
            expected=(f"one of {', '.join(sorted(selected))}",),
            remedy=did_you_mean(name, selected, otherwise=f"add it to object_types of {alias}"),
        )
