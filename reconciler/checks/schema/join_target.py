"""Joins look objects up in the metaverse, which needs an index."""

from __future__ import annotations

from collections.abc import Iterator

from reconciler.checks.rule_check import RuleCheck, Violation
from reconciler.checks.schema.schema_words import schema_attribute
from reconciler.checks.subject import METAVERSE, CheckedRule, Subject
from reconciler.model.findings import quoted


class JoinTarget(RuleCheck):
    """The metaverse attribute of a join condition can be indexed."""

    code = "RC2304"
    title = "join on a metaverse attribute that cannot be indexed"
    authority = "adsync-server.md 5.7 and 0.4, item 10"
    description = (
        "The server refuses a join condition on a metaverse attribute that is not indexable. Only "
        "the metaverse schema says which attributes are."
    )
    example = "join: [[{cs: info, mv: info}]]"
    needs_schema = True

    def judge(self, rule: CheckedRule, subject: Subject) -> Iterator[Violation]:
        """Yield a violation for each join condition on such an attribute."""
        metaverse = subject.schema(METAVERSE)
        for number, group in enumerate(rule.rule.join):
            for position, condition in enumerate(group):
                found = schema_attribute(metaverse, condition.mv)
                if found is not None and not found.is_indexable:
                    yield Violation(
                        what=f"join on {quoted(condition.mv)}, which cannot be indexed",
                        path=f"join[{number}][{position}].mv",
                        expected=("an indexable attribute of the metaverse",),
                        remedy="flow the value to an indexable attribute and join on that one",
                    )
