"""Trees as a source gives them: rules from their normal form, connectors and partitions."""

from __future__ import annotations

from collections.abc import Mapping

from reconciler.kinds.rules.normal_form import implied_sources
from reconciler.model.nodes import Plain
from reconciler.model.snapshots import (
    ENTRA_CONNECTOR,
    NO_GUID,
    ConnectorTree,
    FlowTree,
    JoinConditionTree,
    PartitionTree,
    RuleTree,
    ScopeConditionTree,
)

CORP = "71be0acb-2a56-4fee-94ce-b4f85d549dc6"

_LINKS = {
    "provision": "Provision",
    "join": "Join",
    "sticky-join": "StickyJoin",
    "join-no-flow": "JoinNoFlow",
}
_MERGES = {
    "update": "Update",
    "replace": "Replace",
    "merge": "Merge",
    "merge-case-insensitive": "MergeCaseInsensitive",
}


def tree_of(
    fields: Mapping[str, Plain],
    *,
    name: str = "In from AD - User",
    tag: str = "",
    connector: str = CORP,
) -> RuleTree:
    """Return the tree of a rule in its normal form, in the vendor's words."""
    precedence = fields["precedence"]
    return RuleTree(
        identifier="00000000-0000-0000-0000-000000000001",
        name=name,
        description=str(fields["description"]),
        tag=tag,
        connector=connector,
        direction=str(fields["direction"]).capitalize(),
        disabled=fields["disabled"] is True,
        source=str(fields["source"]),
        target=str(fields["target"]),
        link=_LINKS[str(fields["link"])],
        precedence=precedence if isinstance(precedence, int) else 0,
        precedence_after=NO_GUID,
        precedence_before=NO_GUID,
        soft_delete_expiry=str(fields["soft_delete_expiry"]),
        password_sync=fields["password_sync"] is True,
        scope=[[_scope(item) for item in group] for group in _groups(fields["scope"])],
        join=[[_join(item) for item in group] for group in _groups(fields["join"])],
        flows=[_flow(target, flow) for target, flow in _mapping(fields["flows"]).items()],
    )


def partition(
    name: str,
    *,
    selected: bool = True,
    inclusions: tuple[str, ...] = (),
    exclusions: tuple[str, ...] = (),
    classes: tuple[str, ...] = ("user", "container", "domainDNS", "organizationalUnit"),
) -> PartitionTree:
    """Return the partition of a domain; it holds everything unless lists are given."""
    dn = ",".join(f"DC={label}" for label in name.split("."))
    return PartitionTree(
        dn=dn,
        name=name,
        selected=selected,
        is_domain=True,
        object_classes=[*classes],
        inclusions=[*inclusions] or ([] if exclusions else [dn]),
        exclusions=[*exclusions],
        parameters={},
    )


def ad_connector(
    *partitions: PartitionTree, forest: str = "corp.contoso.com", identifier: str = CORP
) -> ConnectorTree:
    """Return the connector of a forest."""
    return ConnectorTree(
        identifier=identifier,
        name=forest,
        type="AD",
        subtype="",
        parameters={"connectivity": {"forest-name": forest}, "global": {}},
        partitions=[*partitions],
        attributes=["displayName", "mail"],
    )


def entra_connector() -> ConnectorTree:
    """Return the connector of the tenant."""
    return ConnectorTree(
        identifier=ENTRA_CONNECTOR,
        name="contoso.onmicrosoft.com - AAD",
        type="Extensible2",
        subtype="Windows Azure Active Directory (Microsoft)",
        parameters={},
        partitions=[],
        attributes=["displayName"],
    )


def _scope(item: Plain) -> ScopeConditionTree:
    condition = _mapping(item)
    return ScopeConditionTree(
        attribute=str(condition["attribute"]),
        operator=str(condition["operator"]),
        value=str(condition["value"]),
    )


def _join(item: Plain) -> JoinConditionTree:
    condition = _mapping(item)
    return JoinConditionTree(
        cs=str(condition["cs"]),
        mv=str(condition["mv"]),
        case_sensitive=condition["case_sensitive"] is True,
    )


def _flow(target: str, value: Plain) -> FlowTree:
    flow = _mapping(value)
    tree = FlowTree(
        target=target,
        type="Direct",
        source=[],
        merge=_MERGES[str(flow["merge"])],
        execute_once=flow["execute_once"] is True,
    )
    if "expression" in flow:
        tree["type"] = "Expression"
        tree["expression"] = str(flow["expression"])
        listed = flow.get("sources")
        tree["source"] = (
            [*map(str, listed)]
            if isinstance(listed, list)
            else [*implied_sources(tree["expression"])]
        )
    elif "constant" in flow:
        tree["type"] = "Constant"
        tree["constant"] = str(flow["constant"])
    else:
        sources = flow["from"]
        tree["source"] = [*map(str, sources)] if isinstance(sources, list) else [str(sources)]
    return tree


def _groups(value: Plain) -> list[list[Plain]]:
    assert isinstance(value, list)
    return [group for group in value if isinstance(group, list)]


def _mapping(value: Plain) -> dict[str, Plain]:
    assert isinstance(value, dict)
    return value
