"""A rule can read and write only what its connector has selected."""

from __future__ import annotations

from collections.abc import Iterator

from reconciler.checks.attribute_uses import Role, Use, iter_uses
from reconciler.checks.rule_check import RuleCheck, Violation
from reconciler.checks.subject import METAVERSE, CheckedRule, Subject
from reconciler.checks.suggestions import did_you_mean
from reconciler.model.findings import quoted


class UnselectedAttribute(RuleCheck):
    """Each connector attribute that a custom rule names is in the connector's attribute list."""

    code = "RC2401"
    title = "rule with an attribute that is not selected"
    authority = (
        "adsync-server.md 4.6 and 0.4, item 10; declarative-provisioning.md 1.3; "
        "how-to-connect-sync-change-the-configuration.md"
    )
    description = (
        "An attribute that is not in a connector's attribute list is neither imported nor "
        "exported: for a rule it is simply absent. That holds for what an inbound rule reads, for "
        "what an outbound rule writes, and for the connector's side of a join. A connector whose "
        "list git does not manage is not checked."
    )
    example = "flows: {department: {from: departmentNumber}}      # not in connectors/corp.yaml"

    def judge(self, rule: CheckedRule, subject: Subject) -> Iterator[Violation]:
        """Yield one violation for each attribute that its connector does not select."""
        selected = subject.attributes.get(rule.rule.connector)
        if selected is None:
            return
        reported: set[str] = set()
        for use in iter_uses(rule):
            if use.side == METAVERSE or use.attribute in selected or use.attribute in reported:
                continue
            if _is_unknown(use, subject):
                continue
            reported.add(use.attribute)
            yield Violation(
                what=(
                    f"{_subject(use)} {quoted(use.attribute)}, which is not in the attribute list "
                    f"of {use.side}"
                ),
                path=use.path,
                expected=("an attribute that the connector selects, in its exact spelling",),
                remedy=did_you_mean(
                    use.attribute,
                    selected,
                    otherwise=f"add it to attributes of {use.side}; a full import follows",
                ),
                key=use.attribute,
            )


def _subject(use: Use) -> str:
    return "the rule writes" if use.role is Role.TARGET else "the rule reads"


def _is_unknown(use: Use, subject: Subject) -> bool:
    """Tell whether the recorded schema lacks the attribute altogether, which RC2301 reports."""
    schema = subject.schema(use.side)
    return schema is not None and use.attribute not in schema["attributes"]
