"""Custom rules own the precedence numbers 1 to 99; how wishes become numbers is `kinds`' task."""

from __future__ import annotations

from collections.abc import Iterator

from reconciler.checks.check import Check
from reconciler.checks.subject import Subject
from reconciler.kinds.rules.precedence import HIGHEST, LOWEST
from reconciler.model.findings import Finding


class CustomPrecedence(Check):
    """A custom rule has a number of the custom band, or says where it is inserted."""

    code = "RC2001"
    title = "custom precedence outside 1 to 99"
    authority = "adsync-server.md 5.5; how-to-connect-sync-change-the-configuration.md"
    description = (
        "Numbers from 100 on belong to the vendor's rules and move when a forest or a feature is "
        "added; 0 asks the product to insert the rule. A rule that already has such a number is "
        "kept, a new one is refused."
    )
    example = "precedence: 105"

    def run(self, subject: Subject) -> Iterator[Finding]:
        """Yield a finding for each custom rule whose own number is outside the band."""
        for checked in subject.custom_rules:
            number = checked.rule.precedence
            if number is not None and not LOWEST <= number <= HIGHEST:
                yield self.finding(
                    f"precedence {number} is outside the band of custom rules",
                    place=checked.place_of("precedence"),
                    address=checked.address,
                    expected=(
                        f"a number from {LOWEST} to {HIGHEST}, or a place beside another rule",
                    ),
                    remedy=(
                        "choose a free number; to stand among the default rules write "
                        "insert_before: <connector>/<tag of a default rule>"
                    ),
                )
