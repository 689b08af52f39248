"""Rules and connectors against recorded schemas."""

from __future__ import annotations

import pytest

from reconciler.checks.schema.constant_type import ConstantType
from reconciler.checks.schema.direct_flow import DirectFlow
from reconciler.checks.schema.join_target import JoinTarget
from reconciler.checks.schema.reference_scope import ReferenceScope
from reconciler.checks.schema.unknown_attribute import UnknownAttribute
from reconciler.checks.schema.unknown_object_type import UnknownObjectType
from reconciler.checks.schema.unknown_selection import UnknownSelection
from reconciler.model.estates import Document
from reconciler.model.nodes import Plain
from tests.checks.estates import SCHEMAS, connector, default_rule, outbound, rule, run


def flowing(source: str, target: str) -> Document:
    return rule(flows={target: {"from": source}})


def test_wrong_case_is_answered_with_the_right_one() -> None:
    (finding,) = run(UnknownAttribute(), flowing("Department", "department"), schemas=SCHEMAS)

    assert finding.remedy == 'did you mean "department"? only the case differs'


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"scope": [[{"attribute": "nix", "operator": "ISNULL"}]]}, "the scope filter reads"),
        ({"join": [[{"cs": "nix", "mv": "mail"}]]}, "schema of corp"),
        ({"join": [[{"cs": "mail", "mv": "nix"}]]}, "schema of the metaverse"),
        ({"flows": {"nix": {"from": "mail"}}}, "a flow writes"),
        ({"flows": {"mail": {"expression": "Trim([nix])"}}}, 'the flow to "mail" reads'),
        ({"flows": {"mail": {"expression": 'ImportedValue("nix")'}}}, "schema of corp"),
    ],
)
def test_every_place_of_a_rule_is_looked_at(fields: dict[str, Plain], words: str) -> None:
    (finding,) = run(UnknownAttribute(), rule(**fields), schemas=SCHEMAS)

    assert words in finding.what
    assert '"nix"' in finding.what


def test_the_name_of_an_object_is_in_no_schema() -> None:
    flows: Plain = {"dn": {"expression": "CRef([dn])"}}
    scope: Plain = [[{"attribute": "DN", "operator": "CONTAINS", "value": "OU=Staff"}]]

    assert run(UnknownAttribute(), rule(flows=flows, scope=scope), schemas=SCHEMAS) == []


def test_leftovers_beside_an_expression_are_not_looked_at() -> None:
    flows: Plain = {"mail": {"expression": "Trim([mail])", "sources": ["False"]}}

    assert run(UnknownAttribute(), rule(flows=flows), schemas=SCHEMAS) == []


def test_an_imported_value_of_an_outbound_flow_is_not_looked_for_in_the_metaverse() -> None:
    flows: Plain = {"department": {"expression": 'ImportedValue("onlyInEntra")'}}

    assert run(UnknownAttribute(), outbound(flows=flows), schemas=SCHEMAS) == []


def test_what_a_default_rule_names_exists() -> None:
    default = default_rule(flows={"department": {"from": "brandNew"}})

    assert (
        run(UnknownAttribute(), flowing("brandNew", "department"), default, schemas=SCHEMAS) == []
    )


def test_a_connector_without_a_recorded_schema_is_not_judged() -> None:
    emea = rule(connector="emea", flows={"department": {"from": "nix"}})

    assert run(UnknownAttribute(), emea, schemas=SCHEMAS) == []


def test_outbound_the_sides_of_the_object_types_are_exchanged() -> None:
    (finding,) = run(
        UnknownObjectType(), outbound(source="user", target="person"), schemas=SCHEMAS
    )[:1]

    assert "schema of entra" in finding.what


def test_the_metaverse_type_star_is_accepted() -> None:
    assert run(UnknownObjectType(), rule(target="*"), schemas=SCHEMAS) == []


@pytest.mark.parametrize(
    ("source", "target", "fits"),
    [
        ("department", "department", True),
        ("department", "proxyAddresses", True),
        ("proxyAddresses", "proxyAddresses", True),
        ("manager", "manager", True),
        ("departmentNumber", "department", False),
        ("manager", "department", False),
        ("department", "manager", False),
        ("unknown", "department", True),
    ],
)
def test_direct_flows_keep_lists_and_references(source: str, target: str, *, fits: bool) -> None:
    assert (run(DirectFlow(), flowing(source, target), schemas=SCHEMAS) == []) is fits


def test_a_direct_flow_of_a_default_rule_excuses_its_clone() -> None:
    default = default_rule(flows={"department": {"from": "departmentNumber"}})
    clone = flowing("departmentNumber", "department")

    assert run(DirectFlow(), clone, default, schemas=SCHEMAS) == []


def test_only_the_metaverse_side_of_a_join_is_looked_up() -> None:
    join: Plain = [[{"cs": "department", "mv": "mail"}]]

    assert run(JoinTarget(), rule(join=join), schemas=SCHEMAS) == []


def test_an_outbound_scope_reads_the_metaverse() -> None:
    scope: Plain = [[{"attribute": "member", "operator": "ISNULL"}]]

    assert run(ReferenceScope(), outbound(scope=scope), schemas=SCHEMAS)


@pytest.mark.parametrize(
    ("target", "constant", "fits"),
    [
        ("accountEnabled", "TRUE", True),
        ("accountEnabled", "1", False),
        ("pwdLastSet", "-1", True),
        ("pwdLastSet", "never", False),
        ("department", "anything", True),
    ],
)
def test_a_constant_becomes_a_value_of_its_target(
    target: str, constant: str, *, fits: bool
) -> None:
    document = rule(flows={target: {"constant": constant}})

    assert (run(ConstantType(), document, schemas=SCHEMAS) == []) is fits


def test_a_selected_name_is_told_at_its_own_line() -> None:
    document = connector(attributes=["cn", "nix"], object_types=["USER", "ghost"])

    attribute, type_ = run(UnknownSelection(), document, schemas=SCHEMAS)

    assert 'attribute "nix"' in attribute.what
    assert 'object type "ghost"' in type_.what
    assert attribute.place is not None
    assert type_.place is not None
    assert attribute.place.line < type_.place.line
