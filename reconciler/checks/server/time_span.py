"""Time spans are written as the vendor writes them."""

from __future__ import annotations

from collections.abc import Iterator

from reconciler.checks.check import Check
from reconciler.checks.subject import Subject
from reconciler.kinds.time_spans import parse_span
from reconciler.model.addresses import Address
from reconciler.model.findings import Finding, quoted
from reconciler.model.places import Place


class TimeSpan(Check):
    """The scheduler's intervals and a rule's soft-delete expiry are time spans."""

    code = "RC2501"
    title = "malformed time span"
    authority = "adsync-server.md 2.2"
    description = (
        "The vendor's spelling is d.hh:mm:ss, the days left out where there are none. Hours go up "
        "to 23, minutes and seconds to 59."
    )
    example = "scheduler: {interval: 30 minutes}"

    def run(self, subject: Subject) -> Iterator[Finding]:
        """Yield a finding for each text that is no time span."""
        for name, text, address, place in _spans(subject):
            if parse_span(text) is None:
                yield self.finding(
                    f"{name} {quoted(text)} is no time span",
                    place=place,
                    address=address,
                    expected=("d.hh:mm:ss, such as 00:30:00 or 7.00:00:00",),
                    remedy='write it in quotes, such as "00:30:00"',
                )


def _spans(subject: Subject) -> Iterator[tuple[str, str, Address, Place | None]]:
    scheduler = subject.setting("scheduler")
    for name in ("interval", "purge_interval"):
        if scheduler is not None and scheduler.fields.get(name) is not None:
            value = str(scheduler.fields[name])
            yield name, value, scheduler.address, scheduler.place_of(name)
    for checked in subject.custom_rules:
        text = checked.rule.soft_delete_expiry
        place = checked.place_of("soft_delete_expiry")
        yield "soft_delete_expiry", text, checked.address, place
