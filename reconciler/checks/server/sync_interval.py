"""How often the scheduler runs: not more than every half hour, not less than every week."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from reconciler.checks.check import Check
from reconciler.checks.subject import Subject
from reconciler.kinds.time_spans import parse_span
from reconciler.model.findings import Finding, quoted

SHORTEST = timedelta(minutes=30)
LONGEST = timedelta(days=7)


class SyncInterval(Check):
    """The interval lies between 30 minutes and 7 days."""

    code = "RC2502"
    title = "synchronization interval out of bounds"
    authority = "adsync-server.md 2.2 and 9; how-to-connect-sync-feature-scheduler.md"
    description = (
        "The service allows one cycle every 30 minutes; a shorter wish is kept and ignored. A "
        "delta must run at least every 7 days, or a full synchronization becomes necessary."
    )
    example = 'scheduler: {interval: "00:15:00"}'

    def run(self, subject: Subject) -> Iterator[Finding]:
        """Yield a finding where the interval is out of bounds."""
        scheduler = subject.setting("scheduler")
        text = str(scheduler.fields.get("interval") or "") if scheduler else ""
        span = parse_span(text)
        if scheduler is None or span is None or SHORTEST <= span <= LONGEST:
            return
        is_short = span < SHORTEST
        yield self.finding(
            f"interval {quoted(text)} is {'under 30 minutes' if is_short else 'over 7 days'}",
            place=scheduler.place_of("interval"),
            address=scheduler.address,
            expected=("from 00:30:00 to 7.00:00:00",),
            remedy=f'write "{"00:30:00" if is_short else "7.00:00:00"}"',
        )
