"""A rule that creates or holds objects must say how it finds those that exist."""

from __future__ import annotations

from collections.abc import Iterator

from reconciler.checks.rule_check import RuleCheck, Violation
from reconciler.checks.subject import CheckedRule, Subject
from reconciler.model.rules import LinkType

CREATING = frozenset({LinkType.PROVISION, LinkType.STICKY_JOIN})
"""The link types that keep the other side's object alive."""


class JoinRequired(RuleCheck):
    """Provision and StickyJoin have a join filter."""

    code = "RC2101"
    title = "Provision or StickyJoin without a join filter"
    authority = "adsync-server.md 5.7; declarative-provisioning.md 1.6"
    description = (
        "Without a join filter a Provision rule would make a new object for every one that it "
        "meets, beside the person who is already there."
    )
    example = "link: provision      # and no join"

    def judge(self, rule: CheckedRule, subject: Subject) -> Iterator[Violation]:
        """Yield a violation where the join filter is missing."""
        if rule.rule.link in CREATING and not any(rule.rule.join):
            yield Violation(
                what=f"link type {rule.rule.link} without a join filter",
                path="link",
                expected=("at least one group of join conditions",),
                remedy="add join, or use link: join where another rule makes the link",
            )
