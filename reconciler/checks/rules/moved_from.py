"""A rule can take over the name of one that is gone, and only one rule can."""

from __future__ import annotations

from collections.abc import Iterator

from reconciler.checks.check import Check
from reconciler.checks.subject import Subject
from reconciler.model.addresses import Address
from reconciler.model.findings import Finding, quoted


class MovedFrom(Check):
    """`moved_from` names a rule that git no longer has, once."""

    code = "RC2004"
    title = "moved_from names a rule that still exists"
    authority = "adsync-server.md 5.4"
    description = (
        "moved_from keeps the identity of a renamed rule on the server. The old name must be gone "
        "from git, and no two rules can be the same old one."
    )
    example = "moved_from: HR cost centre      # while a file still says  rule: HR cost centre"

    def run(self, subject: Subject) -> Iterator[Finding]:
        """Yield a finding for each old name that is taken."""
        claimed: set[Address] = set()
        existing = subject.resources.get("sync-rule", {})
        for checked in subject.custom_rules:
            old = checked.resource.moved_from
            if old is None:
                continue
            other = existing.get(old)
            if other is not None or old in claimed:
                where = f"; it stands at {other.place}" if other and other.place else ""
                why = "still exists" if other else "is claimed by another rule too"
                yield self.finding(
                    f"moved_from: the rule {quoted(old.name)} {why}",
                    place=checked.place_of("moved_from"),
                    address=checked.address,
                    expected=(f"the former name of this rule alone{where}",),
                    remedy="remove moved_from, or the file of the old rule",
                )
            claimed.add(old)
