"""All rules that feed one attribute bring its values together in the same way."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from reconciler.checks.check import Check
from reconciler.checks.subject import METAVERSE, CheckedRule, Subject
from reconciler.model.findings import Finding, quoted
from reconciler.model.rules import MergeType

_SAME = {MergeType.REPLACE: MergeType.UPDATE}  # Replace does what Update does (1.8)
Feed = tuple[CheckedRule, MergeType]
Target = tuple[str, str, str]


class MergeTypes(Check):
    """One merge type for an attribute of an object type, over all enabled rules."""

    code = "RC2107"
    title = "several merge types for one attribute"
    authority = "adsync-server.md 5.2 and 5.7; declarative-provisioning.md 1.9"
    description = (
        "Either one rule wins (Update) or the values of all are united (Merge, "
        "MergeCaseInsensitive). Rules that feed the same attribute of the same object type must "
        "agree; where default rules are among them, their way decides."
    )
    example = "proxyAddresses: {from: proxyAddresses, merge: merge}      # default rules: update"

    def run(self, subject: Subject) -> Iterator[Finding]:
        """Yield a finding for each custom flow that differs from the others."""
        for (_, _, attribute), feeds in sorted(_feeds(subject).items()):
            if len({merge for _, merge in feeds}) < 2:
                continue
            accepted = {merge for checked, merge in feeds if checked.is_default}
            leader = min(feeds, key=_order)
            for checked, merge in feeds:
                if not checked.is_default and merge not in (accepted or {leader[1]}):
                    yield self._finding(checked, attribute, merge, leader)

    def _finding(
        self, checked: CheckedRule, attribute: str, merge: MergeType, leader: Feed
    ) -> Finding:
        other, its_merge = leader
        return self.finding(
            f"the flow to {quoted(attribute)} merges by {merge}, others by {its_merge}",
            place=checked.place_of(f"flows.{attribute}.merge")
            or checked.place_of(f"flows.{attribute}"),
            address=checked.address,
            expected=(
                f"one merge type for {quoted(attribute)} in all rules that feed it",
                f"{quoted(other.rule.name)} of {other.rule.connector} has {its_merge}",
            ),
            remedy=f"use merge: {its_merge}, or change all of them",
        )


def _feeds(subject: Subject) -> dict[Target, list[Feed]]:
    """Return the enabled flows by what they feed, as far as custom rules feed it too."""
    feeds: dict[Target, list[Feed]] = defaultdict(list)
    for checked in subject.rules:  # custom rules come first
        if checked.rule.disabled:
            continue
        side = METAVERSE if checked.is_inbound else f"/{checked.rule.connector}"
        for flow in checked.rule.flows:
            target = (side, checked.rule.target, flow.target)
            if not checked.is_default or target in feeds:
                feeds[target].append((checked, _SAME.get(flow.merge, flow.merge)))
    return feeds


def _order(feed: Feed) -> tuple[bool, int, str]:
    checked = feed[0]
    number = checked.rule.precedence
    return (not checked.is_default, number if number is not None else 0, str(checked.address))
