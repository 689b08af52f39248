"""Only an attribute that holds several values can unite those of several rules."""

from __future__ import annotations

from collections.abc import Iterator

from reconciler.checks.rule_check import RuleCheck, Violation
from reconciler.checks.schema.schema_words import schema_attribute
from reconciler.checks.subject import METAVERSE, CheckedRule, Subject
from reconciler.model.findings import quoted
from reconciler.model.rules import MergeType

_UNITING = frozenset({MergeType.MERGE, MergeType.MERGE_CASE_INSENSITIVE})


class MergeTarget(RuleCheck):
    """Merge and MergeCaseInsensitive feed multi-valued attributes."""

    code = "RC2308"
    title = "merge into a single-valued attribute"
    authority = "adsync-server.md 5.2"
    description = (
        "Merging unites the values of several rules, which a single-valued attribute cannot hold."
    )
    example = "department: {from: department, merge: merge}"
    needs_schema = True

    def judge(self, rule: CheckedRule, subject: Subject) -> Iterator[Violation]:
        """Yield a violation for each merging flow to a single value."""
        schema = subject.schema(METAVERSE if rule.is_inbound else rule.rule.connector)
        for flow in rule.rule.flows:
            found = schema_attribute(schema, flow.target)
            if found is not None and flow.merge in _UNITING and not found.is_multi_valued:
                yield Violation(
                    what=f"values are merged into {quoted(flow.target)}, which is single-valued",
                    path=f"flows.{flow.target}.merge",
                    expected=("a multi-valued attribute, or merge: update",),
                    remedy="remove merge",
                )
