"""
One synchronization rule of a running server as a tree (adsync-server.md 5.1, 5.2).

Words that cannot be kept as they stand are damage; a rule with damage is left out as a whole.
"""

from __future__ import annotations

from reconciler.live.recorded.rules import DIRECTIONS, LINKS, MERGES
from reconciler.live.server.codes import Code
from reconciler.live.server.members import Members
from reconciler.model.findings import quoted
from reconciler.model.snapshots import FlowTree, JoinConditionTree, RuleTree, ScopeConditionTree

FLOW_TYPES = ("Direct", "Constant", "Expression")


def decode_rule(members: Members) -> RuleTree | None:
    """Return the rule, or None where part of it is damaged."""
    before = members.inspection.damage_count
    rule = RuleTree(
        identifier=members.guid("identifier"),
        name=members.name("name"),
        description=members.text("description"),
        tag=members.text("tag"),
        connector=members.guid("connector"),
        direction=members.word("direction", DIRECTIONS),
        disabled=members.flag("disabled"),
        source=members.name("source"),
        target=members.name("target"),
        link=members.word("link", LINKS),
        precedence=members.number("precedence"),
        precedence_after=members.guid("precedence_after"),
        precedence_before=members.guid("precedence_before"),
        soft_delete_expiry=members.span("soft_delete_expiry"),
        password_sync=members.flag("password_sync"),
        scope=[[_scope(item) for item in group] for group in members.groups("scope")],
        join=[[_join(item) for item in group] for group in members.groups("join")],
        flows=[_flow(item) for item in members.objects("flows")],
    )
    return rule if members.inspection.damage_count == before else None


def _scope(members: Members) -> ScopeConditionTree:
    return ScopeConditionTree(
        attribute=members.name("attribute"),
        operator=members.name("operator"),
        value=members.text("value"),
    )


def _join(members: Members) -> JoinConditionTree:
    return JoinConditionTree(
        cs=members.name("cs"),
        mv=members.name("mv"),
        case_sensitive=members.flag("case_sensitive"),
    )


def _flow(members: Members) -> FlowTree:
    flow = FlowTree(
        target=members.name("target"),
        type=members.word("type", FLOW_TYPES),
        source=members.texts("source"),
        merge=members.word("merge", MERGES),
        execute_once=members.flag("execute_once"),
    )
    expression = members.optional_text("expression")
    if flow["type"] == "Expression":
        flow["expression"] = expression or ""
        if not flow["expression"].strip():
            _without(members, flow, expected="an expression")
    elif flow["type"] == "Constant":
        # the product keeps the text of a constant as the one item of its sources
        if len(flow["source"]) > 1:
            _without(members, flow, expected="one text")
        flow["constant"] = "".join(flow["source"])
        flow["source"] = []
    elif not flow["source"] or not all(name.strip() for name in flow["source"]):
        _without(members, flow, expected="source attributes")
    return flow


def _without(members: Members, flow: FlowTree, *, expected: str) -> None:
    members.damage(
        Code.MISSING_VALUE,
        f"the {flow['type']} flow to {quoted(flow['target'])} has no usable source",
        expected=expected,
    )
