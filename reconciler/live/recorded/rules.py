"""
One exported synchronization rule as a tree (adsync-server.md 5.1, 5.2, 5.9).

Words that cannot be kept as they stand are damage; a rule with damage is left out as a whole.
"""

from __future__ import annotations

from reconciler.live.recorded.codes import Code
from reconciler.live.recorded.elements import Element
from reconciler.live.recorded.fields import Fields, items_of, name_in
from reconciler.live.recorded.inspection import Inspection
from reconciler.live.recorded.withholding import shown
from reconciler.live.recorded.words import flag_in, with_line_feeds
from reconciler.model.snapshots import (
    NO_GUID,
    FlowTree,
    JoinConditionTree,
    RuleTree,
    ScopeConditionTree,
)

DIRECTIONS = ("Inbound", "Outbound")
LINKS = ("Provision", "StickyJoin", "Join", "JoinNoFlow")
MERGES = ("Update", "Replace", "MergeCaseInsensitive", "Merge")
_WITHOUT_VALUE = frozenset({"ISNULL", "ISNOTNULL"})


def decode_rule(root: Element, inspection: Inspection) -> RuleTree | None:
    """
    Return the rule, or None where part of it is damaged.

    Texts may be absent (a custom rule has no tag); older builds leave out `EnablePasswordSync`.
    """
    before = inspection.damage_count
    fields = Fields(inspection, root)
    rule = RuleTree(
        identifier=fields.guid("id"),
        name=fields.name("name"),
        description=fields.text("description"),
        tag=fields.text("immutable-tag"),
        connector=fields.guid("connector"),
        direction=fields.word("direction", DIRECTIONS),
        disabled=fields.flag("disabled"),
        source=fields.name("sourceObjectType"),
        target=fields.name("targetObjectType"),
        link=fields.word("linkType", LINKS),
        precedence=fields.number("precedence"),
        precedence_after=fields.guid("precedence-after", default=NO_GUID),
        precedence_before=fields.guid("precedence-before", default=NO_GUID),
        soft_delete_expiry=fields.text("softDeleteExpiryInterval") or "00:00:00",
        password_sync=fields.flag("EnablePasswordSync", default=False),
        scope=_scope(fields),
        join=_join(fields),
        flows=_flows(fields),
    )
    return rule if inspection.damage_count == before else None


def _scope(fields: Fields) -> list[list[ScopeConditionTree]]:
    criteria = fields.child("synchronizationCriteria")
    return [
        [_scope_condition(Fields(fields.inspection, item)) for item in items_of(group, "scope")]
        for group in items_of(criteria, "conditions")
    ]


def _scope_condition(fields: Fields) -> ScopeConditionTree:
    operator = fields.name("csOperator").strip()
    value = fields.optional("csValue") if operator in _WITHOUT_VALUE else fields.child("csValue")
    return ScopeConditionTree(
        attribute=fields.name("csAttribute"),
        operator=operator,
        value=with_line_feeds(value.take()) if value else "",
    )


def _join(fields: Fields) -> list[list[JoinConditionTree]]:
    criteria = fields.child("relationshipCriteria")
    return [
        [_join_condition(Fields(fields.inspection, item)) for item in items_of(group, "condition")]
        for group in items_of(criteria, "conditions")
    ]


def _join_condition(fields: Fields) -> JoinConditionTree:
    return JoinConditionTree(
        cs=fields.name("csAttribute"),
        mv=fields.name("ilmAttribute"),
        case_sensitive=fields.flag("caseSensitive", default=False),
    )


def _flows(fields: Fields) -> list[FlowTree]:
    mappings = items_of(fields.child("attribute-mappings"), "mapping")
    return [_flow(Fields(fields.inspection, mapping)) for mapping in mappings]


def _flow(fields: Fields) -> FlowTree:
    # Expression where there is one, else Direct with attributes, else Constant (adsync-server 5.3).
    flow = FlowTree(
        target=fields.name("dest"),
        type="Direct",
        source=[],
        merge=fields.word("valueMergeType", MERGES),
        execute_once=_execute_once(fields),
    )
    source = fields.optional("src")
    attributes = [name_in(fields.inspection, item) for item in items_of(source, "attr")]
    expression = fields.optional("expression")
    if expression and expression.text.strip():
        flow["type"] = "Expression"
        flow["expression"] = with_line_feeds(expression.take())
        flow["source"] = attributes or _leftover(source)
    elif attributes:
        flow["source"] = attributes
    else:
        flow["type"] = "Constant"
        flow["constant"] = _constant(fields, source)
    return flow


def _leftover(source: Element | None) -> list[str]:
    # an expression may keep the text of a constant that it once was (adsync-server.md 0.4, 2)
    return [with_line_feeds(source.take())] if source and source.text.strip() else []


def _constant(fields: Fields, source: Element | None) -> str:
    if source is None or (source.text and not source.text.strip() and "\n" in source.text):
        fields.inspection.damage(
            Code.MISSING_VALUE,
            f"the flow to {shown(_target(fields.element))} has no source",
            place=fields.element.place(fields.inspection.file),
            expected="an expression, source attributes or a constant",
        )
        return ""
    return with_line_feeds(source.take())


def _execute_once(fields: Fields) -> bool:
    text = fields.element.take_attribute("execute-once")
    flag = False if text is None else flag_in(text)
    if flag is None:
        fields.inspection.damage(
            Code.UNKNOWN_WORD,
            f"the attribute execute-once holds {shown(text or '')}",
            place=fields.element.place(fields.inspection.file),
            expected="true, false, 1 or 0",
        )
    return bool(flag)


def _target(mapping: Element) -> str:
    target = mapping.first("dest")
    return target.text if target else ""
