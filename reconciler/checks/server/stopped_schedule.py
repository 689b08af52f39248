"""A scheduler that git stops stays stopped."""

from __future__ import annotations

from collections.abc import Iterator

from reconciler.checks.check import Check
from reconciler.checks.subject import Subject
from reconciler.model.findings import Finding, Severity


class StoppedSchedule(Check):
    """The synchronization cycle is enabled."""

    code = "RC2504"
    title = "synchronization cycle disabled"
    severity = Severity.WARNING
    authority = "adsync-server.md 2.2; how-to-connect-sync-feature-scheduler.md"
    description = (
        "With the cycle disabled nothing is synchronized, no password reaches Entra through it, "
        "automatic upgrade aborts, and after 7 days a full synchronization is necessary. Staging "
        "servers run it too."
    )
    example = "scheduler: {cycle_enabled: false}"

    def run(self, subject: Subject) -> Iterator[Finding]:
        """Yield a finding where the cycle is declared disabled."""
        scheduler = subject.setting("scheduler")
        if scheduler is not None and scheduler.fields.get("cycle_enabled") is False:
            yield self.finding(
                "the synchronization cycle is disabled",
                place=scheduler.place_of("cycle_enabled"),
                address=scheduler.address,
                expected=("cycle_enabled: true, unless the stop is meant to last",),
                remedy="write cycle_enabled: true, or leave it out",
            )
