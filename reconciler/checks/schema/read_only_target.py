"""Some attributes are the directory's own and cannot be written."""

from __future__ import annotations

from collections.abc import Iterator

from reconciler.checks.rule_check import RuleCheck, Violation
from reconciler.checks.schema.schema_words import schema_attribute
from reconciler.checks.subject import METAVERSE, CheckedRule, Subject
from reconciler.model.findings import quoted


class ReadOnlyTarget(RuleCheck):
    """No flow writes an attribute that the target's schema marks as read-only."""

    code = "RC2306"
    title = "flow to a read-only attribute"
    authority = "adsync-server.md 5.7"
    description = "The server refuses a flow to an attribute that only the directory itself writes."
    example = "flows: {whenCreated: {from: createTimeStamp}}      # outbound to AD"
    needs_schema = True

    def judge(self, rule: CheckedRule, subject: Subject) -> Iterator[Violation]:
        """Yield a violation for each flow to such an attribute."""
        schema = subject.schema(METAVERSE if rule.is_inbound else rule.rule.connector)
        for flow in rule.rule.flows:
            found = schema_attribute(schema, flow.target)
            if found is not None and found.is_read_only:
                yield Violation(
                    what=f"a flow to {quoted(flow.target)}, which is read-only",
                    path=f"flows.{flow.target}",
                    expected=("an attribute that can be written",),
                    remedy="remove the flow",
                )
