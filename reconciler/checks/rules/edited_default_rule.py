"""Of a default rule only `disabled` may be declared: everything else is the vendor's."""

from __future__ import annotations

from collections.abc import Iterator

from reconciler.checks.check import Check
from reconciler.checks.subject import Subject
from reconciler.kinds.rules.baselines import baseline_hash
from reconciler.model.findings import Finding, quoted


class EditedDefaultRule(Check):
    """A default rule's document is the one that `import` wrote, by its own hash."""

    code = "RC2010"
    title = "default rule edited in git"
    authority = (
        "adsync-server.md 5.6; how-to-connect-sync-best-practices-changing-default-configuration.md"
    )
    description = (
        "The vendor supports no edit of an out-of-box rule but disabling it: the next upgrade "
        "resets every other edit and creates a deleted rule again, enabled. The document holds the "
        "hash of what was imported; a document that no longer fits was edited."
    )
    example = "# any change but  disabled: true  in a file of rules/default/"

    def run(self, subject: Subject) -> Iterator[Finding]:
        """Yield a finding for each default rule that does not match its own hash."""
        for checked in subject.default_rules:
            resource = checked.resource
            recorded = resource.notes.get("sha256")
            if recorded is None:
                continue
            if (
                baseline_hash(resource.name, resource.address.connector, resource.fields)
                != recorded
            ):
                yield self.finding(
                    f"default rule {quoted(resource.name)} was edited in git",
                    place=resource.place,
                    address=resource.address,
                    expected=("the rule as imported; only disabled may be declared",),
                    remedy=(
                        "undo the edit; to change what the rule does, clone it (a custom rule of "
                        "another name with a precedence from 1 to 99), then disable the original"
                    ),
                )
