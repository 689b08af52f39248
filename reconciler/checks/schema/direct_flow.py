"""A direct flow copies values as they are: the attributes at its ends must be of one kind."""

from __future__ import annotations

from collections.abc import Iterator

from reconciler.checks.rule_check import RuleCheck, Violation
from reconciler.checks.schema.schema_words import SchemaAttribute, schema_attribute
from reconciler.checks.subject import METAVERSE, CheckedRule, Subject
from reconciler.model.findings import quoted
from reconciler.model.rules import FlowType


class DirectFlow(RuleCheck):
    """Direct flows keep references among references and lists among lists."""

    code = "RC2303"
    title = "direct flow between attributes that do not fit"
    authority = "adsync-server.md 5.7 and 0.4, item 10; declarative-provisioning.md 1.8"
    description = (
        "A reference names another object and becomes a reference on the other side; it cannot "
        "flow into a text, nor a text into it. Several values do not fit into a single-valued "
        "attribute. What a default rule flows is accepted."
    )
    example = "flows: {department: {from: manager}}"
    needs_schema = True

    def judge(self, rule: CheckedRule, subject: Subject) -> Iterator[Violation]:
        """Yield a violation for each direct flow whose ends do not fit."""
        source_side, target_side = rule.rule.connector, METAVERSE
        if not rule.is_inbound:
            source_side, target_side = target_side, source_side
        sources, targets = subject.schema(source_side), subject.schema(target_side)
        for flow in rule.rule.flows:
            target = schema_attribute(targets, flow.target)
            for name in flow.sources if flow.type is FlowType.DIRECT else ():
                source = schema_attribute(sources, name)
                if source is None or target is None or _fits(source, target):
                    continue
                yield Violation(
                    what=(
                        f"{quoted(name)} ({source.kind}) flows directly to {quoted(flow.target)} "
                        f"({target.kind})"
                    ),
                    path=f"flows.{flow.target}.from",
                    expected=("attributes of one kind at both ends of a direct flow",),
                    remedy=_remedy(name, source, target),
                )


def _fits(source: SchemaAttribute, target: SchemaAttribute) -> bool:
    is_list_kept = target.is_multi_valued or not source.is_multi_valued
    return is_list_kept and source.is_reference == target.is_reference


def _remedy(name: str, source: SchemaAttribute, target: SchemaAttribute) -> str:
    if source.is_reference and not target.is_reference:
        return f"write expression: CStr([{name}]), or flow to a reference attribute"
    if source.is_reference != target.is_reference:
        return "flow a reference attribute, such as manager"
    return f"write expression: ItemOrNull([{name}], 1), or flow to a multi-valued attribute"
