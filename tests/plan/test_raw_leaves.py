"""Settings that no kind models: compared with a recording, and only ever potential drift."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import cast

import pytest
from deepdiff import DeepDiff
from hypothesis import given, settings
from hypothesis import strategies as st

from reconciler.kinds.registry import KINDS
from reconciler.model.findings import Concern, Severity
from reconciler.model.snapshots import ENTRA_CONNECTOR, ConnectorTree, Server, ServerTree
from reconciler.plan.raw_leaves import DRIFT, PARITY, Words, raw_findings
from tests.kinds import trees
from tests.plan.estates import live, live_rule, rule, tree

LEAVES = st.dictionaries(
    st.text("abc/.[]'\"", min_size=1, max_size=6), st.text(max_size=4), max_size=5
)


def raw(**leaves: str) -> Server:
    return live(raw=leaves)


def test_equal_leaves_say_nothing() -> None:
    assert raw_findings(raw(a="1"), raw(a="1")) == ()


def test_a_leaf_that_differs_is_potential_drift_with_both_texts() -> None:
    (finding,) = raw_findings(raw(a="1", b="2"), raw(a="1", b="3"))

    assert (finding.severity, finding.concern) == (Severity.NOTE, Concern.LIVE)
    assert finding.what == "potential drift: b is not as it was recorded"
    assert finding.expected == ('recorded  "2"', 'on server "3"')
    assert finding.server == "sync01"


def test_a_leaf_that_comes_or_goes_is_told() -> None:
    come, gone = raw_findings(raw(gone="1"), raw(come="1"))

    assert (come.expected[0], gone.expected[1]) == (
        "recorded  (not there)",
        "on server (not there)",
    )


def test_two_servers_are_told_apart_as_two_servers() -> None:
    (finding,) = raw_findings(raw(a="1"), raw(a="2"), PARITY)

    assert "recorded" not in str(finding)
    assert [line.split()[-1] for line in finding.expected] == ['"1"', '"2"']


def test_texts_of_the_world_are_escaped() -> None:
    (finding,) = raw_findings(raw(a="1"), raw(a="\x1b[2J"))

    assert "\x1b" not in "".join(finding.expected)


def test_parameters_that_a_kind_compares_are_left_to_it() -> None:
    compared = {name for kind in KINDS.values() for name in kind.global_parameters}
    one = live(parameters=dict.fromkeys(compared, "1") | {"Contoso.Unknown": "1"})
    other = live(parameters=dict.fromkeys(compared, "2") | {"Contoso.Unknown": "2"})

    (finding,) = raw_findings(one, other)

    assert "global-settings/Contoso.Unknown" in finding.what


def test_parameters_of_connectors_and_partitions_are_leaves() -> None:
    def server(text: str) -> Server:
        partition = trees.partition("corp.contoso.com")
        partition["parameters"] = {"Domain.Odd": text, "guid": text}
        connector = trees.ad_connector(partition)
        connector["parameters"]["global"] = {"Connector.Odd": text, "Connector.ID": text}
        return live(connectors=[connector])

    found = [finding.what for finding in raw_findings(server("1"), server("2"))]

    assert [what.split()[2] for what in found] == [
        "connectors/corp/global/Connector.Odd",
        "connectors/corp/partitions/corp.contoso.com/Domain.Odd",
    ]


def test_a_name_is_left_out_under_its_own_holder_only() -> None:
    def server(text: str) -> Server:
        partition = trees.partition("corp.contoso.com")
        partition["parameters"] = {"Connector.ID": text}
        connector = trees.ad_connector(partition)
        connector["parameters"]["connectivity"] |= {"guid": text, "Connector.ID": text}
        connector["parameters"]["global"] = {"guid": text}
        return live(connectors=[connector])

    assert paths(server("1"), server("2")) == [
        "connectors/corp/connectivity/Connector.ID",
        "connectors/corp/connectivity/guid",
        "connectors/corp/global/guid",
        "connectors/corp/partitions/corp.contoso.com/Connector.ID",
    ]


def put(holder: object, key: str, value: object) -> None:
    cast("dict[str, object]", holder)[key] = value


CHANGED: dict[str, tuple[Callable[[ConnectorTree], object], str]] = {
    "a type": (lambda it: put(it, "type", "LDAP"), "type"),
    "a subtype": (lambda it: put(it, "subtype", "x"), "subtype"),
    "a name": (lambda it: put(it, "name", "x"), "name"),
    "is it a domain": (
        lambda it: put(it["partitions"][0], "is_domain", False),
        "partitions/corp.contoso.com/is-domain",
    ),
    "a distinguished name": (
        lambda it: put(it["partitions"][0], "dn", "DC=x"),
        "partitions/corp.contoso.com/dn",
    ),
    "a structural type": (
        lambda it: it["partitions"][0]["object_classes"].remove("container"),
        "partitions/corp.contoso.com/object-classes/container",
    ),
    "a type of a domain that is not selected": (
        lambda it: it["partitions"][1]["object_classes"].append("group"),
        "partitions/lab.contoso.com/object-classes/group",
    ),
    "an inclusion of a domain that is not selected": (
        lambda it: it["partitions"][1]["inclusions"].append("OU=A"),
        "partitions/lab.contoso.com/inclusions/OU=A",
    ),
    "an exclusion of a domain that is not selected": (
        lambda it: it["partitions"][1]["exclusions"].append("OU=A"),
        "partitions/lab.contoso.com/exclusions/OU=A",
    ),
    "where password hashes go": (
        lambda it: put(it["password_hash_sync"], "target", "another"),
        "password-hash-sync/target",
    ),
}


@pytest.mark.parametrize("what", CHANGED)
@pytest.mark.parametrize("words", [DRIFT, PARITY])
def test_what_kinds_leave_alone_in_a_connector_is_a_leaf(what: str, words: Words) -> None:
    change, path = CHANGED[what]
    one, other = _connector(), _connector()
    change(other)

    found = raw_findings(live(connectors=[one]), live(connectors=[other]), words)

    assert [f"connectors/corp/{path} " in finding.what for finding in found] == [True]


def _connector() -> ConnectorTree:
    connector = trees.ad_connector(
        trees.partition("corp.contoso.com"), trees.partition("lab.contoso.com", selected=False)
    )
    connector["password_hash_sync"] = {"enabled": True, "target": ENTRA_CONNECTOR}
    return connector


def test_what_the_tenants_connector_selects_is_a_leaf() -> None:
    def server(*, selected: bool) -> Server:
        connector = trees.entra_connector()
        connector["partitions"] = [trees.partition("default", selected=selected, classes=())]
        return live(connectors=[connector])

    assert paths(server(selected=True), server(selected=False)) == [
        "connectors/entra/partitions/default/selected"
    ]


def test_the_target_of_password_hashes_is_named_by_its_alias() -> None:
    entra = trees.entra_connector()
    other = _connector()
    other["password_hash_sync"]["target"] = trees.CORP

    (finding,) = raw_findings(
        live(connectors=[_connector(), entra]), live(connectors=[other, entra])
    )

    assert finding.expected == ('recorded  "entra"', 'on server "corp"')


def test_the_tag_of_a_custom_rule_and_its_neighbours_are_leaves() -> None:
    one, other = live_rule(rule("A")), live_rule(rule("A"), tag="Contoso.A.001")
    near = live_rule(rule("B"))
    other["precedence_before"] = near["identifier"]

    found = raw_findings(live(one, near), live(other, near))

    assert [finding.expected[1] for finding in found] == [
        'on server "corp/B"',
        'on server "Contoso.A.001"',
    ]


def test_a_rule_of_no_connector_is_told() -> None:
    lost = live_rule(rule("A"))
    lost["connector"] = "00000000-0000-0000-0000-0000000000ff"

    assert paths(live(), live(lost)) == ["rules/00000000-0000-0000-0000-0000000000ff/A"]


def _with_schema(**attributes: str) -> Server:
    return live(schemas={trees.CORP: {"attributes": attributes, "classes": ["user"]}})


def test_an_attribute_of_a_schema_that_comes_goes_or_changes_is_told() -> None:
    one = _with_schema(gone="string", changed="string")
    other = _with_schema(come="string", changed="string multi")

    assert paths(one, other) == [
        "schemas/corp/attributes/changed",
        "schemas/corp/attributes/come",
        "schemas/corp/attributes/gone",
    ]


def test_many_differences_of_one_schema_are_one_finding() -> None:
    other = _with_schema(**{f"a{number:02}": "string" for number in range(21)})

    (finding,) = raw_findings(_with_schema(gone="string"), other)

    assert finding.what == "potential drift: schemas/corp is not as it was recorded"
    assert finding.expected[0].startswith("22 attributes and classes differ: 21 came, 1 went")


def test_a_part_that_one_source_lacks_has_no_leaves() -> None:
    whole = _with_schema(mail="string")
    for part in ("schemas", "connectors", "rules", "parameters"):
        lacking = {name: value for name, value in whole.tree.items() if name != part}
        assert raw_findings(whole, replace(whole, tree=cast("ServerTree", lacking))) == ()


def test_a_connector_less_does_not_rename_the_leaves_of_the_others() -> None:
    twins = [
        trees.ad_connector(forest=forest, identifier=f"00000000-0000-0000-0000-00000000000{number}")
        for number, forest in enumerate(("fabrikam.com", "fabrikam.net"))
    ]

    found = paths(live(connectors=twins), live(connectors=twins[1:]))

    assert found
    assert all(path.startswith("connectors/fabrikam/") for path in found)


def paths(one: Server, other: Server) -> list[str]:
    """Return the paths of the leaves that differ."""
    prefix, suffix = DRIFT.what.split("{path}")
    found = raw_findings(one, other)
    return [finding.what.removeprefix(prefix).removesuffix(suffix) for finding in found]


def test_identifiers_of_connectors_are_their_servers_own() -> None:
    one, other = tree(), tree()
    other["connectors"][0]["identifier"] = "00000000-0000-0000-0000-00000000000b"

    pair = (live(connectors=one["connectors"]), live(connectors=other["connectors"]))
    assert raw_findings(*pair) == ()


@settings(deadline=None)
@given(LEAVES, LEAVES)
def test_there_is_a_finding_for_every_leaf_that_differs(
    before: dict[str, str], after: dict[str, str]
) -> None:
    differing = {path for path in before | after if before.get(path) != after.get(path)}
    found = raw_findings(live(raw=before), live(raw=after))

    assert len(found) == len(differing)
    assert bool(found) is bool(DeepDiff(before, after))
    assert all(any(f"drift: {path} is" in item.what for item in found) for path in differing)
