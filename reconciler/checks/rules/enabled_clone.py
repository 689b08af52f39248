"""A clone replaces its original only when the original is disabled."""

from __future__ import annotations

from collections.abc import Iterator

from reconciler.checks.check import Check
from reconciler.checks.rules.clones import joining_defaults, likeness, originals
from reconciler.checks.subject import CheckedRule, Subject
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
            candidates = originals(checked, defaults.get(likeness(checked), ()))
            if candidates and all(_stands_behind(item, checked) for item in candidates):
                yield self._finding(checked, candidates[0])

    def _finding(self, checked: CheckedRule, original: CheckedRule) -> Finding:
        place = original.resource.place
        where = f" ({place})" if place else ""
        return self.finding(
            f"default rule {quoted(original.rule.name)} is enabled beside its clone",
            place=checked.resource.place,
            address=checked.address,
            expected=("either the clone or the original enabled",),
            remedy=f"write disabled: true in the default rule{where}, or disable the clone",
        )


def _stands_behind(original: CheckedRule, clone: CheckedRule) -> bool:
    one, other = original.rule.precedence, clone.rule.precedence
    return not original.rule.disabled and (one is None or other is None or one > other)
