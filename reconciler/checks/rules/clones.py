"""What makes a custom rule a clone of a default rule: the same objects, linked the same way."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from reconciler.checks.subject import CheckedRule, Subject
from reconciler.model.rules import JoinCondition

Likeness = tuple[str, str, str, str, str, tuple[frozenset[JoinCondition], ...]]


def likeness(checked: CheckedRule) -> Likeness:
    """Return connector, direction, object types, link and join filter of a rule."""
    rule = checked.rule
    join = tuple(frozenset(group) for group in rule.join)
    return (rule.connector, rule.direction, rule.source, rule.target, rule.link, join)


def joining_defaults(subject: Subject) -> Mapping[Likeness, list[CheckedRule]]:
    """Return the enabled default rules with a join filter, by likeness."""
    found: dict[Likeness, list[CheckedRule]] = defaultdict(list)
    for checked in subject.default_rules:
        if checked.rule.join and not checked.rule.disabled:
            found[likeness(checked)].append(checked)
    return found
