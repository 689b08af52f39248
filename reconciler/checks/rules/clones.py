"""What makes a custom rule a clone of a default rule: the same objects, linked the same way."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from reconciler.checks.subject import CheckedRule, Subject
from reconciler.model.rules import JoinCondition

Likeness = tuple[str, str, str, str, str, tuple[frozenset[JoinCondition], ...]]


def likeness(checked: CheckedRule) -> Likeness:
    """Return connector, direction, object types, link and join filter of a rule."""
    rule = checked.rule
    join = tuple(frozenset(group) for group in rule.join)
    return (rule.connector, rule.direction, rule.source, rule.target, rule.link, join)


def joining_defaults(subject: Subject) -> Mapping[Likeness, list[CheckedRule]]:
    """Return the default rules with a join filter, disabled ones included, by likeness."""
    found: dict[Likeness, list[CheckedRule]] = defaultdict(list)
    for checked in subject.default_rules:
        if checked.rule.join:
            found[likeness(checked)].append(checked)
    return found


def originals(clone: CheckedRule, alike: Sequence[CheckedRule]) -> tuple[CheckedRule, ...]:
    """
    Return those of `alike` that the clone was most probably made from.

    Several default rules of a group have one join filter; the attributes that they feed tell them
    apart.
    """
    targets = {flow.target for flow in clone.rule.flows}
    shared = [len(targets & {flow.target for flow in item.rule.flows}) for item in alike]
    most = max(shared, default=0)
    return tuple(item for item, count in zip(alike, shared, strict=True) if count == most)
