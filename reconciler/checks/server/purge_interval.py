"""How long the run history is kept: at least until the next run."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from reconciler.checks.check import Check
from reconciler.checks.server.sync_interval import SHORTEST
from reconciler.checks.subject import Subject
from reconciler.kinds.time_spans import parse_span
from reconciler.model.findings import Finding, Severity, quoted


class PurgeInterval(Check):
    """The run history outlives the interval between two runs."""

    code = "RC2503"
    title = "run history purged before the next run"
    severity = Severity.WARNING
    authority = "adsync-server.md 2.1 and 9"
    description = (
        "The run history is where errors of a synchronization are read. The vendor keeps it for 7 "
        "days; one that is shorter than the interval is gone before anybody can look."
    )
    example = 'scheduler: {interval: "01:00:00", purge_interval: "00:10:00"}'

    def run(self, subject: Subject) -> Iterator[Finding]:
        """Yield a finding where the history is kept for less than one interval."""
        scheduler = subject.setting("scheduler")
        if scheduler is None:
            return
        text = str(scheduler.fields.get("purge_interval") or "")
        kept = parse_span(text)
        interval = parse_span(str(scheduler.fields.get("interval") or "")) or SHORTEST
        if kept is not None and kept < max(interval, timedelta(seconds=1)):
            yield self.finding(
                f"purge_interval {quoted(text)} is shorter than the synchronization interval",
                place=scheduler.place_of("purge_interval"),
                address=scheduler.address,
                expected=("days rather than minutes; the vendor's default is 7.00:00:00",),
                remedy='write "7.00:00:00"',
            )
