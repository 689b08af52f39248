"""A rule is inserted before a default rule that git knows."""

from __future__ import annotations

from collections.abc import Iterator

from reconciler.checks.check import Check
from reconciler.checks.subject import Subject
from reconciler.checks.suggestions import did_you_mean
from reconciler.model.findings import Finding, quoted


class InsertionPoint(Check):
    """`insert_before` names connector and tag of a recorded default rule."""

    code = "RC2008"
    title = "insertion before an unknown default rule"
    authority = "adsync-server.md 5.5; how-to-connect-sync-change-the-configuration.md"
    description = (
        "insert_before names a default rule by connector and tag without its number, as the files "
        "in rules/default have them. Where git holds no default rules, nothing is checked."
    )
    example = "precedence: {insert_before: corp/Microsoft.InfromADUserJion}"

    def run(self, subject: Subject) -> Iterator[Finding]:
        """Yield a finding for each insertion before something that git does not know."""
        known = {f"{item.address.connector}/{item.address.name}" for item in subject.default_rules}
        for checked in subject.custom_rules if known else ():
            wish = checked.resource.fields["precedence"]
            if not isinstance(wish, dict) or "insert_before" not in wish:
                continue
            point = str(wish["insert_before"])
            if point not in known:
                yield self.finding(
                    f"precedence: there is no default rule {quoted(point)}",
                    place=checked.place_of("precedence"),
                    address=checked.address,
                    expected=("<connector>/<tag> of a default rule, the tag without its number",),
                    remedy=did_you_mean(
                        point,
                        known,
                        otherwise="look the tag up in rules/default, or write insert_after: last",
                    ),
                )
