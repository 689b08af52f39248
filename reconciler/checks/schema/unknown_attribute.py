"""Rules name attributes that exist; whether they are selected is `connectors`' question."""

from __future__ import annotations

from collections.abc import Iterator

from reconciler.checks.attribute_uses import iter_uses
from reconciler.checks.rule_check import RuleCheck, Violation
from reconciler.checks.subject import METAVERSE, CheckedRule, Subject
from reconciler.checks.suggestions import did_you_mean


class UnknownAttribute(RuleCheck):
    """Every attribute that a rule names is in the schema of its side."""

    code = "RC2301"
    title = "attribute that the schema does not have"
    authority = "adsync-server.md 5.7; declarative-provisioning.md 2.1"
    description = (
        "Attribute names are case-sensitive and belong to the metaverse or to the connector, "
        "depending on the direction. On the AD side an attribute exists when any class has it. "
        "After an extension of the AD schema the wizard must refresh the directory schema."
    )
    example = "flows: {department: {from: departement}}"
    needs_schema = True

    def judge(self, rule: CheckedRule, subject: Subject) -> Iterator[Violation]:
        """Yield a violation for each name that its schema does not have."""
        for use in iter_uses(rule):
            schema = subject.schema(use.side)
            if schema is None or use.attribute in schema["attributes"]:
                continue
            whose = "the metaverse" if use.side == METAVERSE else use.side
            yield Violation(
                what=f"{use.words}, which the schema of {whose} does not have",
                path=use.path,
                expected=("an attribute of that schema, in its exact spelling",),
                remedy=did_you_mean(
                    use.attribute,
                    schema["attributes"],
                    otherwise="check the name, and refresh the directory schema if it is new",
                ),
            )
