"""A rule belongs to a connector that has a document."""

from __future__ import annotations

from collections.abc import Iterator

from reconciler.checks.check import Check
from reconciler.checks.subject import Subject
from reconciler.checks.suggestions import did_you_mean
from reconciler.model.findings import Finding, quoted


class KnownConnector(Check):
    """The alias in a rule, custom or default, is that of a connector document."""

    code = "RC2009"
    title = "rule of an unknown connector"
    authority = "adsync-server.md 4.1"
    description = (
        "A rule names its connector by the alias that a document in connectors/ gives to a forest "
        "or to the tenant. Without one nobody knows where the rule belongs."
    )
    example = "connector: corpp"

    def run(self, subject: Subject) -> Iterator[Finding]:
        """Yield a finding for each rule whose alias nobody declares."""
        for checked in subject.rules:
            alias = checked.rule.connector
            if alias not in subject.aliases:
                known = ", ".join(sorted(subject.aliases)) or "none"
                yield self.finding(
                    f"unknown connector {quoted(alias)}",
                    place=checked.place_of("connector"),
                    address=checked.address,
                    expected=(f"the alias of a connector in connectors/: {known}",),
                    remedy=did_you_mean(
                        alias,
                        subject.aliases,
                        otherwise="write connectors/<alias>.yaml for it, or name another",
                    ),
                )
