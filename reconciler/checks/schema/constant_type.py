"""A constant is text in git and becomes a value of its target's type."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reconciler.checks.rule_check import RuleCheck, Violation
from reconciler.checks.schema.schema_words import schema_attribute
from reconciler.checks.subject import METAVERSE, CheckedRule, Subject
from reconciler.model.findings import quoted
from reconciler.model.rules import FlowType

_FORMS = {
    "boolean": (re.compile(r"true|false", re.IGNORECASE), "True or False"),
    "integer": (re.compile(r"[+-]?[0-9]+"), "a whole number"),
}


class ConstantType(RuleCheck):
    """A constant can be converted to the type of the attribute that it is written to."""

    code = "RC2307"
    title = "constant that does not fit its attribute"
    authority = "adsync-server.md 5.7"
    description = (
        "The server converts the text of a constant flow to the type of the target attribute and "
        "refuses a text that cannot be converted."
    )
    example = 'accountEnabled: {constant: "yes"}'
    needs_schema = True

    def judge(self, rule: CheckedRule, subject: Subject) -> Iterator[Violation]:
        """Yield a violation for each constant that cannot be converted."""
        schema = subject.schema(METAVERSE if rule.is_inbound else rule.rule.connector)
        for flow in rule.rule.flows:
            found = schema_attribute(schema, flow.target)
            if flow.type is not FlowType.CONSTANT or found is None or found.type not in _FORMS:
                continue
            form, wanted = _FORMS[found.type]
            if not form.fullmatch(flow.constant.strip()):
                yield Violation(
                    what=f"the constant {quoted(flow.constant)} for {quoted(flow.target)}",
                    path=f"flows.{flow.target}.constant",
                    expected=(f"{wanted}: the attribute is of type {found.type}",),
                    remedy=f"write {wanted}",
                )
