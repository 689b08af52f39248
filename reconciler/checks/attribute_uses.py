"""
Which attributes a rule names, on which side, and what for.

Sources of an expression are those that its text names: the list beside it holds leftovers
(adsync-server.md 0.4, corrections 2 and 11).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from reconciler.checks.subject import METAVERSE, CheckedRule
from reconciler.expressions.parsing import ExpressionSyntaxError, parse
from reconciler.expressions.references import bracketed_attributes, named_attributes
from reconciler.model.findings import quoted
from reconciler.model.rules import Flow, FlowType, Rule


class Role(StrEnum):
    """What a rule does with an attribute."""

    SCOPE = "scope"
    JOIN = "join"
    SOURCE = "source"
    TARGET = "target"


@dataclass(frozen=True, slots=True)
class Use:
    """One attribute at one place of a rule; `side` is a connector's alias or `METAVERSE`."""

    side: str
    attribute: str
    role: Role
    path: str
    target: str = ""

    @property
    def words(self) -> str:
        """Say what is done with the attribute."""
        name = quoted(self.attribute)
        if self.role is Role.SOURCE:
            return f"the flow to {quoted(self.target)} reads {name}"
        if self.role is Role.TARGET:
            return f"a flow writes {name}"
        return f"the {'scope filter' if self.role is Role.SCOPE else 'join filter'} reads {name}"


def iter_uses(checked: CheckedRule) -> Iterator[Use]:
    """Yield the attributes that a rule names; the built-in name of an object is none of them."""
    source, target = checked.rule.connector, METAVERSE
    if not checked.is_inbound:
        source, target = target, source
    for number, group in enumerate(checked.rule.scope):
        for position, condition in enumerate(group):
            if condition.attribute and not is_built_in(condition.attribute):
                path = f"scope[{number}][{position}].attribute"
                yield Use(source, condition.attribute, Role.SCOPE, path)
    yield from _join_uses(checked.rule)
    for flow in checked.rule.flows:
        if not is_built_in(flow.target):
            yield Use(target, flow.target, Role.TARGET, f"flows.{flow.target}")
        path = f"flows.{flow.target}.{'from' if flow.type is FlowType.DIRECT else 'expression'}"
        for name in flow_sources(flow, is_inbound=checked.is_inbound):
            yield Use(source, name, Role.SOURCE, path, flow.target)


def _join_uses(rule: Rule) -> Iterator[Use]:
    for number, group in enumerate(rule.join):
        for position, condition in enumerate(group):
            path = f"join[{number}][{position}]"
            if not is_built_in(condition.cs):
                yield Use(rule.connector, condition.cs, Role.JOIN, f"{path}.cs")
            yield Use(METAVERSE, condition.mv, Role.JOIN, f"{path}.mv")


def connector_attributes(checked: CheckedRule) -> frozenset[str]:
    """Return the names among `iter_uses` that belong to the rule's connector."""
    rule = checked.rule
    names = {condition.cs for group in rule.join for condition in group}
    if checked.is_inbound:
        names |= {condition.attribute for group in rule.scope for condition in group}
        for flow in rule.flows:
            names.update(flow_sources(flow, is_inbound=True))
    else:
        names |= {flow.target for flow in rule.flows}
    return frozenset(name for name in names if name and not is_built_in(name))


def flow_sources(flow: Flow, *, is_inbound: bool) -> tuple[str, ...]:
    """
    Return the attributes of the source object that a flow reads.

    `ImportedValue` names an attribute of the connector space: in an outbound flow that is no
    source.
    """
    if flow.type is FlowType.DIRECT:
        names = flow.sources
    elif flow.type is FlowType.EXPRESSION:
        bracketed, named = _references(flow.expression)
        names = tuple(dict.fromkeys((*bracketed, *named))) if is_inbound else bracketed
    else:
        names = ()
    return tuple(name for name in names if not is_built_in(name))


def is_built_in(attribute: str) -> bool:
    """Tell whether this is an object's own name, which no schema and no attribute list has."""
    return attribute.casefold() == "dn"


@lru_cache(maxsize=65536)
def _references(expression: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    try:
        tree = parse(expression)
    except ExpressionSyntaxError:
        return (), ()
    return bracketed_attributes(tree), named_attributes(tree)
