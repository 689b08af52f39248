"""A clone replaces its original only when the original is disabled."""

from __future__ import annotations

from collections.abc import Iterator

from reconciler.checks.check import Check
from reconciler.checks.rules.clones import joining_defaults, likeness
from reconciler.checks.subject import Subject
from reconciler.model.findings import Finding, Severity, quoted


class EnabledClone(Check):
    """No custom rule stands before an enabled default rule with the same join."""

    code = "RC2109"
    title = "default rule enabled beside its clone"
    severity = Severity.WARNING
    authority = (
        "adsync-server.md 5.6; how-to-connect-sync-best-practices-changing-default-configuration.md"
    )
    description = (
        "A custom rule with the object types, link type and join filter of a default rule is taken "
        "for its clone. While the original is enabled, objects that only the clone should leave "
        "out still come in through it, and inbound two joins meet at one object."
    )
    example = "rule: In from AD - User Join (HR)      # and rules/default/… without  disabled: true"

    def run(self, subject: Subject) -> Iterator[Finding]:
        """Yield a finding for each enabled clone whose original is enabled too."""
        defaults = joining_defaults(subject)
        for checked in subject.custom_rules:
            if checked.rule.disabled or not checked.rule.join:
                continue
            number = checked.rule.precedence
            for original in defaults.get(likeness(checked), ()):
                behind = original.rule.precedence
                if number is None or behind is None or number < behind:
                    yield self.finding(
                        f"default rule {quoted(original.rule.name)} is enabled beside its clone",
                        place=checked.resource.place,
                        address=checked.address,
                        expected=("either the clone or the original enabled",),
                        remedy=_remedy(original.resource.place),
                    )


def _remedy(place: object) -> str:
    where = f" ({place})" if place else ""
    return f"write disabled: true in the default rule{where}, or disable the clone"
