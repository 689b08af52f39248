"""
The normal form of a sync rule: every field present, flows by target attribute, our words.

Documents leave defaults out and live trees use the vendor's words; both become this form, and only
this form is compared (decision A1: a rule is a closed document). Precedence wishes are kept as
written; `precedence` solves them.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from reconciler.expressions.parsing import ExpressionSyntaxError, parse
from reconciler.expressions.references import attribute_references
from reconciler.kinds.time_spans import normal_span
from reconciler.model.nodes import Plain
from reconciler.model.rules import (
    Direction,
    Flow,
    FlowType,
    JoinCondition,
    LinkType,
    MergeType,
    Rule,
    ScopeCondition,
)
from reconciler.model.snapshots import FlowTree, JoinConditionTree, RuleTree, ScopeConditionTree

DEFAULTS: Mapping[str, Plain] = {
    "description": "",
    "disabled": False,
    "password_sync": False,
    "soft_delete_expiry": "00:00:00",
    "scope": [],
    "join": [],
    "flows": {},
}
"""What a field means when a rule's document leaves it out (adsync-server.md 5.1)."""

FIELDS = (
    "description",
    "direction",
    "source",
    "target",
    "link",
    "precedence",
    "disabled",
    "password_sync",
    "soft_delete_expiry",
    "scope",
    "join",
    "flows",
)
"""The fields of a rule in the order in which documents have them."""

WAYS = ("from", "constant", "expression")
"""How a flow gets its value: exactly one of these keys."""

_LINKS = {
    "Provision": "provision",
    "Join": "join",
    "StickyJoin": "sticky-join",
    "JoinNoFlow": "join-no-flow",
}
_MERGES = {
    "Update": "update",
    "Replace": "replace",
    "Merge": "merge",
    "MergeCaseInsensitive": "merge-case-insensitive",
}


class RepeatedTargetError(ValueError):
    """A live rule with two flows to one attribute, which a document cannot hold."""


def from_document(document: Mapping[str, Plain]) -> dict[str, Plain]:
    """Return the normal form of a rule's document, which passed its schema."""
    fields = {name: document.get(name, DEFAULTS.get(name)) for name in FIELDS}
    fields["description"] = _text(fields["description"])
    fields["soft_delete_expiry"] = normal_span(str(fields["soft_delete_expiry"]))
    fields["scope"] = [[_scope(item) for item in _list(group)] for group in _list(fields["scope"])]
    fields["join"] = [[_join(item) for item in _list(group)] for group in _list(fields["join"])]
    fields["flows"] = {target: _flow(flow) for target, flow in _mapping(fields["flows"]).items()}
    return fields


def from_tree(tree: RuleTree) -> dict[str, Plain]:
    """Return the normal form of a live rule. Raises RepeatedTargetError."""
    flows: dict[str, Plain] = {}
    for flow in tree["flows"]:
        if flow["target"] in flows:
            raise RepeatedTargetError(flow["target"])
        flows[flow["target"]] = _live_flow(flow)
    return {
        "description": _text(tree["description"]),
        "direction": tree["direction"].lower(),
        "source": tree["source"],
        "target": tree["target"],
        "link": _LINKS.get(tree["link"], tree["link"]),
        "precedence": tree["precedence"],
        "disabled": tree["disabled"],
        "password_sync": tree["password_sync"],
        "soft_delete_expiry": normal_span(tree["soft_delete_expiry"]),
        "scope": [[_live_scope(condition) for condition in group] for group in tree["scope"]],
        "join": [[_live_join(condition) for condition in group] for group in tree["join"]],
        "flows": flows,
    }


def to_document(fields: Mapping[str, Plain]) -> dict[str, Plain]:
    """Return the fields as a document has them: in order, defaults left out."""
    document: dict[str, Plain] = {}
    for name in FIELDS:
        value = fields[name]
        if name in DEFAULTS and value == DEFAULTS[name]:
            continue
        if name == "scope":
            value = [
                [_without(item, {"value": ""}) for item in _list(group)] for group in _list(value)
            ]
        elif name == "join":
            value = [
                [_without(item, {"case_sensitive": False}) for item in _list(group)]
                for group in _list(value)
            ]
        elif name == "flows":
            value = {
                target: _written_flow(flow)
                for target, flow in sorted(_mapping(value).items(), key=_caseless)
            }
        document[name] = value
    return document


def to_rule(fields: Mapping[str, Plain], *, name: str, connector: str) -> Rule:
    """Return the typed rule; a precedence that is still a wish becomes None."""
    precedence = fields["precedence"]
    return Rule(
        name=name,
        connector=connector,
        direction=Direction(str(fields["direction"])),
        source=str(fields["source"]),
        target=str(fields["target"]),
        link=LinkType(str(fields["link"])),
        precedence=precedence if isinstance(precedence, int) else None,
        disabled=fields["disabled"] is True,
        password_sync=fields["password_sync"] is True,
        soft_delete_expiry=str(fields["soft_delete_expiry"]),
        description=str(fields["description"]),
        scope=tuple(
            tuple(
                ScopeCondition(*(str(item[key]) for key in ("attribute", "operator", "value")))
                for item in group
            )
            for group in _groups(fields["scope"])
        ),
        join=tuple(
            tuple(
                JoinCondition(str(item["cs"]), str(item["mv"]), item["case_sensitive"] is True)
                for item in group
            )
            for group in _groups(fields["join"])
        ),
        flows=tuple(
            _typed_flow(target, _mapping(flow))
            for target, flow in _mapping(fields["flows"]).items()
        ),
    )


@lru_cache(maxsize=65536)
def implied_sources(expression: str) -> tuple[str, ...]:
    """Return the attributes that an expression names, sorted: the default of `sources`."""
    try:
        return tuple(sorted(attribute_references(parse(expression))))
    except ExpressionSyntaxError:
        return ()


def _text(value: Plain) -> str:
    return str(value).replace("\r\n", "\n").rstrip() if value else ""


def _scope(item: Plain) -> Plain:
    condition = _mapping(item)
    return {
        "attribute": condition["attribute"],
        "operator": condition["operator"],
        "value": condition.get("value", ""),
    }


def _join(item: Plain) -> Plain:
    condition = _mapping(item)
    return {
        "cs": condition["cs"],
        "mv": condition["mv"],
        "case_sensitive": condition.get("case_sensitive", False),
    }


def _live_scope(tree: ScopeConditionTree) -> Plain:
    return {"attribute": tree["attribute"], "operator": tree["operator"], "value": tree["value"]}


def _live_join(tree: JoinConditionTree) -> Plain:
    return {"cs": tree["cs"], "mv": tree["mv"], "case_sensitive": tree["case_sensitive"]}


def _flow(value: Plain) -> Plain:
    flow = _mapping(value)
    way = next(key for key in WAYS if key in flow)
    normal: dict[str, Plain] = {way: flow[way]}
    if way == "from" and isinstance(flow[way], list) and len(_list(flow[way])) == 1:
        normal[way] = _list(flow[way])[0]
    if way == "expression":
        normal[way] = str(flow[way]).replace("\r\n", "\n")
        _add_sources(
            normal, [str(name) for name in _list(flow["sources"])] if "sources" in flow else None
        )
    normal["merge"] = flow.get("merge", "update")
    normal["execute_once"] = flow.get("execute_once", False)
    return normal


def _live_flow(flow: FlowTree) -> Plain:
    normal: dict[str, Plain] = {}
    if flow["type"] == "Expression":
        normal["expression"] = flow.get("expression", "")
        _add_sources(normal, flow["source"])
    elif flow["type"] == "Constant":
        normal["constant"] = flow.get("constant", "")
    else:
        normal["from"] = flow["source"][0] if len(flow["source"]) == 1 else [*flow["source"]]
    normal["merge"] = _MERGES.get(flow["merge"], flow["merge"])
    normal["execute_once"] = flow["execute_once"]
    return normal


def _add_sources(flow: dict[str, Plain], sources: list[str] | None) -> None:
    """Keep a source list only where it does not say what the expression does (0.4, item 11)."""
    if sources is not None and tuple(sorted(set(sources))) != implied_sources(
        str(flow["expression"])
    ):
        flow["sources"] = [*sorted(set(sources))]


def _written_flow(value: Plain) -> Plain:
    return _without(value, {"merge": "update", "execute_once": False})


def _typed_flow(target: str, flow: dict[str, Plain]) -> Flow:
    way = next(key for key in WAYS if key in flow)
    type_ = {
        "from": FlowType.DIRECT,
        "constant": FlowType.CONSTANT,
        "expression": FlowType.EXPRESSION,
    }[way]
    sources: tuple[str, ...] = ()
    if way == "from":
        found = flow["from"]
        sources = tuple(str(name) for name in found) if isinstance(found, list) else (str(found),)
    elif way == "expression":
        listed = flow.get("sources")
        expression = str(flow["expression"])
        sources = (
            tuple(map(str, listed)) if isinstance(listed, list) else implied_sources(expression)
        )
    return Flow(
        target=target,
        type=type_,
        sources=sources,
        constant=str(flow.get("constant", "")),
        expression=str(flow.get("expression", "")),
        merge=MergeType(str(flow["merge"])),
        execute_once=flow["execute_once"] is True,
    )


def _groups(value: Plain) -> list[list[dict[str, Plain]]]:
    return [[_mapping(item) for item in _list(group)] for group in _list(value)]


def _without(value: Plain, defaults: Mapping[str, Plain]) -> Plain:
    return {
        key: item
        for key, item in _mapping(value).items()
        if not (key in defaults and item == defaults[key])
    }


def _caseless(item: tuple[str, Plain]) -> tuple[str, str]:
    return (item[0].casefold(), item[0])


def _list(value: Plain) -> list[Plain]:
    return value if isinstance(value, list) else []


def _mapping(value: Plain) -> dict[str, Plain]:
    return value if isinstance(value, dict) else {}
