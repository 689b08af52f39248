"""Metaverse object type `*` fits any object, and can therefore do very little."""

from __future__ import annotations

from collections.abc import Iterator

from reconciler.checks.rule_check import RuleCheck, Violation
from reconciler.checks.subject import CheckedRule, Subject
from reconciler.model.rules import LinkType

ANY = "*"


class AnyMetaverseType(RuleCheck):
    """A rule with metaverse type `*` is inbound, joins, and flows nothing."""

    code = "RC2103"
    title = "metaverse object type * where it cannot stand"
    authority = "adsync-server.md 5.7"
    description = (
        "The type * joins objects of any metaverse type, as the standard rule for foreign security "
        "principals does. Such a rule is inbound, its link type is Join or StickyJoin, and it has "
        "no attribute flow."
    )
    example = 'target: "*"\nlink: provision'

    def judge(self, rule: CheckedRule, subject: Subject) -> Iterator[Violation]:
        """Yield what a rule of type `*` cannot be or have."""
        if rule.metaverse_type != ANY:
            return
        expected = ("an inbound rule with link type join or sticky-join and no flows",)
        if not rule.is_inbound:
            yield Violation(
                what="an outbound rule with metaverse object type *",
                path="source",
                expected=expected,
                remedy="name the metaverse object type, such as person",
            )
        if rule.rule.link not in (LinkType.JOIN, LinkType.STICKY_JOIN):
            yield Violation(
                what=f"link type {rule.rule.link} with metaverse object type *",
                path="link",
                expected=expected,
                remedy="name the metaverse object type, or use link: join",
            )
        if rule.rule.flows:
            yield Violation(
                what="attribute flows with metaverse object type *",
                path="flows",
                expected=expected,
                remedy="move the flows to a rule that names the metaverse object type",
            )
