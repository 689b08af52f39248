"""Somebody must bring people in: a default Provision rule is disabled in favour of another."""

from __future__ import annotations

from collections.abc import Iterator

from reconciler.checks.check import Check
from reconciler.checks.subject import CheckedRule, Subject
from reconciler.model.findings import Finding, Severity, quoted
from reconciler.model.rules import LinkType


class DisabledDefault(Check):
    """A disabled default Provision rule has an enabled replacement for the same object types."""

    code = "RC2111"
    title = "disabled default rule without a replacement"
    severity = Severity.WARNING
    authority = "adsync-server.md 5.6; declarative-provisioning.md 1.7"
    description = (
        "Provision rules keep objects alive. With the last one for an object type disabled, its "
        "objects are deleted from the metaverse, and those that were provisioned from there too. "
        "That can be meant, for contacts for example."
    )
    example = (
        "disabled: true      # in rules/default/corp/in-from-ad-user-join.yaml, without a clone"
    )

    def run(self, subject: Subject) -> Iterator[Finding]:
        """Yield a finding for each disabled Provision rule that nothing replaces."""
        alive = {
            _objects(checked)
            for checked in subject.rules
            if checked.rule.link is LinkType.PROVISION and not checked.rule.disabled
        }
        for checked in subject.default_rules:
            rule = checked.rule
            if rule.link is LinkType.PROVISION and rule.disabled and _objects(checked) not in alive:
                yield self.finding(
                    f"no enabled rule provisions {rule.source} as {rule.target} any more",
                    place=checked.place_of("disabled"),
                    address=checked.address,
                    expected=(f"{quoted(rule.name)} enabled, or another Provision rule like it",),
                    remedy="enable it, or add its clone, unless all these objects are to go",
                )


def _objects(checked: CheckedRule) -> tuple[str, str, str, str]:
    rule = checked.rule
    return (rule.connector, rule.direction, rule.source, rule.target)
