"""Domains, organizational units, object types and attribute lists."""

from __future__ import annotations

import pytest

from reconciler.checks.attribute_uses import connector_attributes, iter_uses
from reconciler.checks.connectors.contradicting_unit import ContradictingUnit
from reconciler.checks.connectors.deselected_attribute import DeselectedAttribute
from reconciler.checks.connectors.foreign_domain import ForeignDomain
from reconciler.checks.connectors.idle_exclusion import IdleExclusion
from reconciler.checks.connectors.malformed_name import MalformedDistinguishedName
from reconciler.checks.connectors.one_declaration import OneDeclaration
from reconciler.checks.connectors.unit_outside_domain import UnitOutsideDomain
from reconciler.checks.connectors.unselected_attribute import UnselectedAttribute
from reconciler.checks.connectors.unselected_object_type import UnselectedObjectType
from reconciler.checks.subject import METAVERSE
from reconciler.model.nodes import Plain
from tests.checks.estates import (
    SCHEMAS,
    connector,
    default_rule,
    desired,
    outbound,
    rule,
    run,
    units,
)


@pytest.mark.parametrize(
    "fields",
    [
        {"flows": {"info": {"from": "nix"}}},
        {"flows": {"info": {"expression": "Trim([nix])"}}},
        {"scope": [[{"attribute": "nix", "operator": "ISNULL"}]]},
        {"join": [[{"cs": "nix", "mv": "mail"}]]},
    ],
)
def test_whatever_an_inbound_rule_reads_must_be_selected(fields: dict[str, Plain]) -> None:
    selected = connector(attributes=["department"])

    (finding,) = run(UnselectedAttribute(), rule(**fields), selected)

    assert finding.what == 'the rule reads "nix", which is not in the attribute list of corp'


def test_what_an_inbound_rule_writes_belongs_to_the_metaverse() -> None:
    selected = connector(attributes=["department"])

    assert run(UnselectedAttribute(), rule(flows={"x": {"from": "department"}}), selected) == []


def test_what_an_outbound_rule_writes_must_be_selected() -> None:
    back = outbound(connector="corp", flows={"nix": {"from": "department"}})

    (finding,) = run(UnselectedAttribute(), back, connector(attributes=["department"]))

    assert finding.what.startswith("the rule writes")


def test_an_attribute_is_reported_once_a_rule() -> None:
    flows: Plain = {"a": {"from": "nix"}, "b": {"from": "nix"}}

    assert len(run(UnselectedAttribute(), rule(flows=flows), connector(attributes=["cn"]))) == 1


def test_a_list_that_git_does_not_manage_is_not_judged() -> None:
    assert run(UnselectedAttribute(), rule(), connector()) == []


def test_the_name_of_an_object_is_never_selected() -> None:
    flows: Plain = {"a": {"expression": "CStr([dn])"}}

    assert run(UnselectedAttribute(), rule(flows=flows), connector(attributes=["cn"])) == []


def test_an_attribute_of_no_schema_is_the_schemas_business() -> None:
    documents = (rule(flows={"cn": {"from": "nix"}}), connector(attributes=["cn"]))

    assert run(UnselectedAttribute(), *documents, schemas=SCHEMAS) == []
    assert run(UnselectedAttribute(), *documents)


def test_what_a_default_rule_reads_excuses_a_custom_rule_on_the_same_connector_only() -> None:
    default = default_rule(flows={"department": {"from": "department"}})
    lists = (connector(attributes=["cn"]), connector("emea", attributes=["cn"]))

    assert run(UnselectedAttribute(), rule(), default, *lists) == []
    assert run(UnselectedAttribute(), rule(connector="emea"), default, *lists)


def test_deselecting_what_default_rules_read_names_the_rules() -> None:
    (finding,) = run(DeselectedAttribute(), default_rule(join=[]), connector(attributes=["sn"]))

    assert 'default rules need "cn"' in finding.what
    assert "In from AD - User Join" in finding.expected[0]


def test_a_disabled_default_rule_needs_nothing() -> None:
    assert run(DeselectedAttribute(), default_rule(disabled=True), connector(attributes=[])) == []


def test_structural_types_are_implied() -> None:
    listed = connector(object_types=["user"])

    assert run(UnselectedObjectType(), rule(source="organizationalUnit"), listed) == []
    assert run(UnselectedObjectType(), rule(source="contact"), listed)


@pytest.mark.parametrize("name", ["Employees", "OU=", "OU=A,,DC=contoso", "?=x"])
def test_what_is_no_name_is_reported_where_it_stands(name: str) -> None:
    (finding,) = run(MalformedDistinguishedName(), units(include=["OU=Good", name]))

    assert finding.place is not None
    assert finding.place.file == "connectors/corp.yaml"
    assert finding.place.line > 4


def test_a_plain_word_is_answered_with_a_name() -> None:
    (finding,) = run(MalformedDistinguishedName(), units(exclude=["Leavers"]))

    assert finding.remedy.startswith("write OU=Leavers for an organizational unit")


def test_the_group_filter_and_membership_operands_are_names() -> None:
    scope: Plain = [[{"attribute": "", "operator": "ISMEMBEROF", "value": "Pilot"}]]

    assert run(MalformedDistinguishedName(), connector(group_filter="Pilot"))
    assert run(MalformedDistinguishedName(), rule(scope=scope))


def test_a_parameter_as_group_is_filled_in_on_the_server() -> None:
    parameter = "%Connector.GroupFilteringGroupDn%"
    scope: Plain = [[{"attribute": "", "operator": "ISMEMBEROF", "value": parameter}]]

    assert run(MalformedDistinguishedName(), rule(scope=scope), connector(group_filter=None)) == []


def test_a_comma_inside_a_value_is_no_end() -> None:
    assert run(MalformedDistinguishedName(), units(include=[r"OU=Sales\, North"])) == []
    assert run(UnitOutsideDomain(), units(include=[r"OU=DC=x\,DC=y"])) == []


def test_a_unit_of_a_child_domain_belongs_to_the_child() -> None:
    child: Plain = {"organizational_units": {"include": ["OU=A,DC=emea,DC=corp,DC=contoso,DC=com"]}}
    domains: Plain = {"corp.contoso.com": child, "emea.corp.contoso.com": "all"}

    (finding,) = run(UnitOutsideDomain(), connector(domains=domains))

    assert finding.remedy == "move it to the units of emea.corp.contoso.com"


def test_raw_lists_are_judged_like_the_others() -> None:
    root = "DC=corp,DC=contoso,DC=com"
    lists = units(inclusions=["OU=A,DC=fabrikam,DC=com"], exclusions=[root])

    (finding,) = run(UnitOutsideDomain(), lists)

    assert "OU=A,DC=fabrikam,DC=com" in finding.what


def test_the_domain_itself_in_a_raw_list_is_no_unit() -> None:
    root = "DC=corp,DC=contoso,DC=com"

    assert run(UnitOutsideDomain(), units(inclusions=[root], exclusions=[])) == []
    assert run(ContradictingUnit(), units(inclusions=[root], exclusions=[root])) == []


def test_an_inclusion_below_an_excluded_unit_is_accepted() -> None:
    lists = units(include=["OU=A", "OU=C,OU=B,OU=A"], exclude=["OU=B,OU=A"])

    assert run(IdleExclusion(), lists) == []
    assert run(ContradictingUnit(), lists) == []


def test_an_exclusion_below_an_exclusion_is_idle() -> None:
    lists = units(include=["OU=A"], exclude=["OU=B,OU=A", "OU=C,OU=B,OU=A"])

    (finding,) = run(IdleExclusion(), lists)

    assert "OU=C,OU=B,OU=A" in finding.what


def test_where_new_units_are_included_any_exclusion_counts() -> None:
    assert run(IdleExclusion(), units(exclude=["OU=Leavers"], new="included")) == []


def test_a_contradiction_names_both_places() -> None:
    (finding,) = run(ContradictingUnit(), units(include=["OU=A"], exclude=["OU=A"]))

    assert "it is included at connectors/corp.yaml:" in finding.expected[0]


def test_the_forest_root_and_its_children_are_domains_of_the_forest() -> None:
    inside = connector(domains={"corp.contoso.com": "all", "EMEA.corp.contoso.com": "all"})

    assert run(ForeignDomain(), inside) == []
    assert run(ForeignDomain(), connector(domains={"othercorp.contoso.com": "all"}))


def test_a_forest_has_one_connector_and_a_domain_one_place() -> None:
    twice = connector("second", forest="CORP.contoso.com")
    again = connector("second", domains={"corp.contoso.com": "all"})

    assert run(OneDeclaration(), connector(), twice)
    assert run(OneDeclaration(), connector(domains={"corp.contoso.com": "all"}), again)
    assert run(OneDeclaration(), connector(), connector(file="connectors/other.yaml", forest="x.y"))
    assert run(OneDeclaration(), connector(), connector("second")) == []


def test_the_short_way_to_a_rules_connector_attributes_finds_what_the_long_way_finds() -> None:
    flows: Plain = {"dn": {"from": "a"}, "b": {"expression": 'ImportedValue("c") & [d]'}}
    scope: Plain = [[{"attribute": "", "operator": "ISMEMBEROF", "value": "CN=x"}]]
    join: Plain = [[{"cs": "e", "mv": "f"}, {"cs": "dn", "mv": "g"}]]
    subject = desired(
        rule("A", flows=flows, scope=scope, join=join), outbound("B", flows=flows, join=join)
    )

    for checked in subject.rules:
        long_way = {use.attribute for use in iter_uses(checked) if use.side != METAVERSE}
        assert connector_attributes(checked) == long_way
