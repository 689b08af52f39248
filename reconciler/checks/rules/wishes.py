"""Relative precedence wishes of custom rules, as the checks of precedence need them."""

from __future__ import annotations

from reconciler.checks.subject import CheckedRule, Subject
from reconciler.kinds.rules.precedence import Wish
from reconciler.kinds.rules.settling import wish_of


def anchor_text(checked: CheckedRule) -> str | None:
    """Return what `before` or `after` names, or None where the rule has no such wish."""
    value = checked.resource.fields["precedence"]
    if not isinstance(value, dict):
        return None
    return next((str(value[key]) for key in ("before", "after") if key in value), None)


def resolved_wishes(subject: Subject) -> dict[str, Wish]:
    """Return the wishes whose rule is known, by the address of the wishing rule."""
    rules = subject.resources.get("sync-rule", {})
    found = (wish_of(checked.resource, rules, {}) for checked in subject.custom_rules)
    return {wish.rule: wish for wish in found if wish is not None and wish.anchor}
