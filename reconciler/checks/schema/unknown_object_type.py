"""Rules name object types that exist on their side."""

from __future__ import annotations

from collections.abc import Iterator

from reconciler.checks.rule_check import RuleCheck, Violation
from reconciler.checks.rules.any_metaverse_type import ANY
from reconciler.checks.subject import METAVERSE, CheckedRule, Subject
from reconciler.checks.suggestions import did_you_mean
from reconciler.model.findings import quoted


class UnknownObjectType(RuleCheck):
    """Source and target object types are in the schemas; the metaverse type `*` is in none."""

    code = "RC2302"
    title = "object type that the schema does not have"
    authority = "adsync-server.md 5.7 and 0.4, item 10"
    description = (
        "The source of an inbound rule is an object type of its connector and its target one of "
        "the metaverse; outbound it is the other way round."
    )
    example = "source: users"
    needs_schema = True

    def judge(self, rule: CheckedRule, subject: Subject) -> Iterator[Violation]:
        """Yield a violation for each type that its schema does not have."""
        connector, metaverse = "source", "target"
        if not rule.is_inbound:
            connector, metaverse = metaverse, connector
        sides = (
            (rule.rule.connector, rule.connector_type, connector),
            (METAVERSE, rule.metaverse_type, metaverse),
        )
        for side, name, path in sides:
            schema = subject.schema(side)
            if schema is None or name in schema["classes"] or (side == METAVERSE and name == ANY):
                continue
            whose = "the metaverse" if side == METAVERSE else side
            yield Violation(
                what=f"the schema of {whose} has no object type {quoted(name)}",
                path=path,
                expected=(f"the object type that the rule has as its {path}",),
                remedy=did_you_mean(
                    name, schema["classes"], otherwise=f"name an object type of {whose}"
                ),
            )
