"""The soft-delete expiry of a rule: only outbound, and not supported when set."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from reconciler.checks.rule_check import RuleCheck, Violation
from reconciler.checks.rules.join_required import CREATING
from reconciler.checks.subject import CheckedRule, Subject
from reconciler.kinds.time_spans import parse_span
from reconciler.model.findings import quoted


class SoftDelete(RuleCheck):
    """`soft_delete_expiry` is zero; what another value does is documented nowhere."""

    code = "RC2102"
    title = "soft-delete expiry that is not zero"
    authority = "adsync-server.md 5.7; declarative-provisioning.md 1.7 and P09"
    description = (
        "The server accepts an expiry only on outbound rules with link type Provision or "
        "StickyJoin. Its effect is documented nowhere and no standard rule uses it, so that nobody "
        "can say what it does to people."
    )
    example = 'soft_delete_expiry: "1.00:00:00"'

    def judge(self, rule: CheckedRule, subject: Subject) -> Iterator[Violation]:
        """Yield a violation where the expiry is not zero."""
        text = rule.rule.soft_delete_expiry
        span = parse_span(text)
        if span is None or span == timedelta():
            return
        is_accepted = not rule.is_inbound and rule.rule.link in CREATING
        why = "whose effect is documented nowhere" if is_accepted else "which this rule cannot have"
        yield Violation(
            what=f"soft-delete expiry {quoted(text)}, {why}",
            path="soft_delete_expiry",
            expected=("00:00:00, as every standard rule has it",),
            remedy="remove soft_delete_expiry",
        )
