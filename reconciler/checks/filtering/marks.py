"""Constant flows to cloudFiltered: which rules leave people out, and which let them in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from reconciler.checks.subject import CheckedRule, Subject
from reconciler.model.rules import FlowType

FILTERED = "cloudFiltered"
PATH = f"flows.{FILTERED}.constant"


@dataclass(frozen=True, slots=True)
class Mark:
    """A rule and the constant that it writes, with its meaning; None is neither True nor False."""

    checked: CheckedRule
    text: str
    is_out: bool | None

    @property
    def is_for_all(self) -> bool:
        """Tell whether the rule has no scope filter."""
        return not any(self.checked.rule.scope)


Objects = tuple[str, str, str]
"""Connector, object type there, object type in the metaverse."""


def marks(subject: Subject) -> Mapping[Objects, list[Mark]]:
    """Return the constants that enabled inbound rules write, by the objects that they concern."""
    found: dict[Objects, list[Mark]] = defaultdict(list)
    for checked in subject.rules:
        rule = checked.rule
        if rule.disabled or not checked.is_inbound:
            continue
        for flow in rule.flows:
            if flow.target == FILTERED and flow.type is FlowType.CONSTANT:
                is_out = {"true": True, "false": False}.get(flow.constant.strip().casefold())
                mark = Mark(checked, flow.constant, is_out)
                found[rule.connector, rule.source, rule.target].append(mark)
    return found


def is_behind(later: CheckedRule, earlier: CheckedRule) -> bool:
    """Tell whether a rule has the higher number, as far as both are known; a wish may come true."""
    one, other = later.rule.precedence, earlier.rule.precedence
    return one is None or other is None or one > other
