"""What a sound export becomes: the tree in the vendor's words, raw leaves for the rest."""

from __future__ import annotations

import pytest

from reconciler.model.snapshots import Part, State
from tests.live.exports import (
    AD,
    ENTRA,
    NONE,
    OTHER_RULE,
    PARTITION,
    RULE,
    attribute_xml,
    connector_xml,
    export,
    flow_xml,
    mv_xml,
    parameter_xml,
    partition_xml,
    read,
    rule_file,
    rule_of,
    rule_xml,
    schema_xml,
    scope_xml,
    server_of,
    tree_of,
)

GLOBAL = "SynchronizationGlobal"


def test_the_server_is_named_with_its_build_and_the_time_of_the_export() -> None:
    server = server_of(read(export()))

    assert (server.name, server.build) == ("SYNC01", "2.5.190.0")
    assert server.read_at == "2026-05-03T14:28:09.784"
    assert (server.kind_of_source, server.instance) == ("export", None)


def test_what_an_export_never_holds_is_absent_and_the_rest_read() -> None:
    server = server_of(read(export()))

    absent = {Part.PREFERRED_DOMAIN_CONTROLLERS, Part.AUDIT_LOGGING}
    assert {entry.part for entry in server.coverage if entry.state is State.ABSENT} == absent
    assert {entry.part for entry in server.coverage if entry.state is State.READ} == (
        set(Part) - absent
    )
    assert "audit_logging" not in server.tree


def test_a_missing_date_is_a_warning_and_leaves_the_time_open() -> None:
    recorded = read(export(mv=mv_xml(date="yesterday")))

    assert server_of(recorded).read_at is None
    assert [finding.code for finding in recorded.findings] == ["RC4031"]
    assert server_of(recorded).state_of(Part.GLOBAL_SETTINGS) is State.READ


def test_a_rule_keeps_its_words_and_loses_braces_and_letter_case_of_identifiers() -> None:
    rule = rule_of(
        description="line one\r\nline two",
        **{"precedence-after": f"{{{OTHER_RULE.upper()}}}", "immutable-tag": "Microsoft.X.003"},
    )

    assert (rule["identifier"], rule["connector"]) == (RULE, AD)
    assert rule["precedence_after"] == OTHER_RULE
    assert rule["precedence_before"] == NONE.strip("{}")
    assert rule["description"] == "line one\nline two"
    assert (rule["direction"], rule["link"], rule["precedence"]) == ("Inbound", "Join", 50)
    assert rule["tag"] == "Microsoft.X.003"


@pytest.mark.parametrize(
    ("text", "flag"), [("True", True), ("false", False), ("1", True), (" 0 ", False)]
)
def test_booleans_are_read_in_every_spelling(text: str, flag: bool) -> None:
    assert rule_of(disabled=text)["disabled"] is flag


def test_a_flow_is_an_expression_before_it_is_direct_before_it_is_constant() -> None:
    rule = rule_of(
        flows=flow_xml("a", expression="Trim([department])")
        + flow_xml("b")
        + flow_xml("c", source="<src>True</src>")
    )

    expression, direct, constant = rule["flows"]
    assert (expression["type"], expression["expression"]) == ("Expression", "Trim([department])")
    assert expression["source"] == ["department"]
    assert (direct["type"], direct["source"]) == ("Direct", ["department"])
    assert (constant["type"], constant["constant"], constant["source"]) == ("Constant", "True", [])


def test_blanks_of_a_constant_and_of_an_operand_are_kept() -> None:
    rule = rule_of(
        flows=flow_xml(source="<src> x </src>"),
        scope=f"<conditions>{scope_xml(value=' ')}</conditions>",
    )

    assert rule["flows"][0]["constant"] == " x "
    assert rule["scope"] == [[{"attribute": "mail", "operator": "EQUAL", "value": " "}]]


def test_an_expression_keeps_the_constant_that_it_once_was() -> None:
    rule = rule_of(flows=flow_xml(source="<src>False</src>", expression="True"))

    assert rule["flows"][0]["source"] == ["False"]


def test_two_flows_to_one_attribute_are_both_kept() -> None:
    rule = rule_of(flows=flow_xml() + flow_xml(merge="Merge", more=' execute-once="true"'))

    assert [flow["merge"] for flow in rule["flows"]] == ["Update", "Merge"]
    assert [flow["execute_once"] for flow in rule["flows"]] == [False, True]


def test_an_operator_that_nobody_knows_is_kept_as_it_stands() -> None:
    rule = rule_of(scope=f"<conditions>{scope_xml(operator='ISNOTBITSET')}</conditions>")

    assert rule["scope"][0][0]["operator"] == "ISNOTBITSET"


def test_groups_keep_their_order_and_a_group_may_be_empty() -> None:
    rule = rule_of(
        scope=f"<conditions>{scope_xml('b')}</conditions><conditions />"
        f"<conditions>{scope_xml('a', 'ISNULL', None)}</conditions>",
        join="<conditions><condition><caseSensitive>True</caseSensitive>"
        "<csAttribute>mail</csAttribute><ilmAttribute>mail</ilmAttribute></condition></conditions>",
    )

    assert [[item["attribute"] for item in group] for group in rule["scope"]] == [["b"], [], ["a"]]
    assert rule["scope"][2][0]["value"] == ""
    assert rule["join"] == [[{"cs": "mail", "mv": "mail", "case_sensitive": True}]]


def test_texts_that_an_export_leaves_out_are_empty() -> None:
    text = rule_xml().replace("  <immutable-tag></immutable-tag>\n", "")
    text = text.replace("  <EnablePasswordSync>false</EnablePasswordSync>\n", "")

    (rule,) = tree_of(export(rule=text))["rules"]

    assert (rule["tag"], rule["password_sync"]) == ("", False)


def test_a_connector_is_read_with_its_partition_and_password_hash_synchronization() -> None:
    connector = tree_of(export())["connectors"][1]

    assert (connector["identifier"], connector["type"], connector["subtype"]) == (AD, "AD", "")
    assert connector["password_hash_sync"] == {"enabled": True, "target": ENTRA}
    assert connector["attributes"] == ["department", "mail"]
    assert connector["parameters"] == {"connectivity": {"forest-name": "corp.contoso.com"}}
    assert connector["partitions"] == [
        {
            "dn": "DC=corp,DC=contoso,DC=com",
            "name": "corp.contoso.com",
            "selected": True,
            "is_domain": True,
            "object_classes": ["group", "user"],
            "inclusions": ["OU=Employees,DC=corp,DC=contoso,DC=com"],
            "exclusions": ["DC=corp,DC=contoso,DC=com"],
            "parameters": {"Domain.FQDN": "corp.contoso.com"},
        }
    ]


def test_empty_inclusions_mean_no_container() -> None:
    partition = partition_xml(inclusions=("", "OU=B", "OU=A"))

    connector = tree_of(export(connector=connector_xml(partitions=partition)))["connectors"][1]

    assert connector["partitions"][0]["inclusions"] == ["OU=A", "OU=B"]


def test_a_parameter_of_a_partition_with_another_use_stays_in_the_partition() -> None:
    partition = partition_xml(parameters=parameter_xml("crl-check", "0"))

    tree = tree_of(export(connector=connector_xml(partitions=partition)))

    assert tree["connectors"][1]["partitions"][0]["parameters"]["crl-check"] == "0"
    path = (
        "connectors/corp.contoso.com/partitions/DC=corp,DC=contoso,DC=com/parameters/crl-check/@use"
    )
    assert tree["raw"][path] == "connectivity"


def test_a_schema_is_names_types_and_flags() -> None:
    schema = schema_xml(
        attribute_xml("member", syntax="1.3.6.1.4.1.1466.115.121.1.12"),
        attribute_xml("mail", flags='single-value="true" ms-dsml:indexable="true"'),
        attribute_xml(
            "pwdLastSet",
            syntax="1.2.840.113556.1.4.906",
            flags='single-value="true" user-modification="false"',
        ),
        attribute_xml("export_password", flags='single-value="true" ms-dsml:export-only="true"'),
        attribute_xml("strange", syntax="1.2.3.4"),
    )

    found = tree_of(export(connector=connector_xml(schema=schema)))["schemas"]

    assert found[AD]["attributes"] == {
        "export_password": "string export-only",
        "mail": "string indexable",
        "member": "reference multi",
        "pwdLastSet": "integer read-only",
        "strange": "syntax:1.2.3.4 multi",
    }
    assert found[AD]["classes"] == ["user"]
    assert set(found) == {"metaverse", AD, ENTRA}


def test_what_no_shape_holds_is_a_raw_leaf_under_a_path_that_people_can_read() -> None:
    raw = tree_of(
        export(
            mv=mv_xml(more="<password-change-history-size>24</password-change-history-size>"),
            connector=connector_xml(more='<hint kind="add-on"><note>x</note></hint>'),
            rule=rule_xml(
                name="In/Out 100%",
                more="<rule-category>Filtering</rule-category>",
                flows=flow_xml(more=' weight="2"'),
            ),
        )
    )["raw"]

    assert raw["global-settings/password-change-history-size"] == "24"
    assert raw["connectors/corp.contoso.com/hint/@kind"] == "add-on"
    assert raw["connectors/corp.contoso.com/hint/note"] == "x"
    assert raw["rules/corp.contoso.com/In%2FOut 100%25/rule-category"] == "Filtering"
    assert raw["rules/corp.contoso.com/In%2FOut 100%25/flows/department/@weight"] == "2"
    assert raw["connectors/corp.contoso.com/run-profiles/Full Import/step[1]/threshold/object"] == (
        "0"
    )


def test_identifiers_in_raw_leaves_become_names_so_that_two_servers_compare() -> None:
    other = "0a0a0a0a-5c6d-4e7f-8091-a2b3c4d5e6f7"
    same = connector_xml().replace(PARTITION, other).replace(PARTITION.upper(), other.upper())

    raw = tree_of(export())["raw"]

    path = "connectors/corp.contoso.com/run-profiles/Full Import/step[1]/partition"
    assert raw[path] == "DC=corp,DC=contoso,DC=com"
    assert tree_of(export(connector=same))["raw"] == raw


def test_siblings_without_a_name_are_numbered_by_content() -> None:
    first = tree_of(export(rule=rule_xml(more="<tip>b</tip><tip>a</tip>")))["raw"]
    second = tree_of(export(rule=rule_xml(more="<tip>a</tip><tip>b</tip>")))["raw"]

    path = "rules/corp.contoso.com/In from AD - User - Department/tip"
    assert (first[path], first[f"{path}[2]"]) == ("a", "b")
    assert first == second


def test_two_rules_of_one_name_keep_their_leaves_apart() -> None:
    files = export(rule=rule_xml(more="<tip>a</tip>"))
    files[rule_file(OTHER_RULE)] = rule_xml(identifier=OTHER_RULE, more="<tip>b</tip>").encode()

    raw = tree_of(files)["raw"]

    path = "rules/corp.contoso.com/In from AD - User - Department/tip"
    assert (raw[path], raw[f"{path}[2]"]) == ("a", "b")


def test_noise_does_not_reach_the_snapshot() -> None:
    text = str(read(export(mv=mv_xml(parameters=next_start()))).snapshot)

    for noise in ("695", "DC7", "TVNEUwMAAAB", "2026-01-01", "Mon, 04 May", "dcbe479d"):
        assert noise not in text


def next_start() -> str:
    return parameter_xml("Microsoft.Synchronize.NextStartTime", "Mon, 04 May 2026", use=GLOBAL)


@pytest.mark.parametrize(
    "private",
    [
        parameter_xml("password", "Planted-1", more=' encrypted="1"'),
        '<parameter name="x" type="encrypted-string" use="connectivity">Planted-1</parameter>',
        "<parameter name='y' use='connectivity' encrypted='true'><v>Planted-1</v></parameter>",
    ],
)
def test_what_the_product_encrypts_is_left_out_without_a_word(private: str) -> None:
    more = "<encrypted-attributes><attribute>Planted-1</attribute></encrypted-attributes>"

    recorded = read(export(connector=connector_xml(private=private, more=more)))

    assert "Planted-1" not in str(recorded)
    assert recorded.findings == ()


def test_connectors_are_sorted_by_name_and_rules_by_precedence_then_name() -> None:
    files = export(rule=rule_xml(precedence="100"))
    files[rule_file(OTHER_RULE)] = rule_xml(
        identifier=OTHER_RULE, name="A", precedence="7"
    ).encode()

    tree = tree_of(files)

    assert [rule["name"] for rule in tree["rules"]] == ["A", "In from AD - User - Department"]
    names = [connector["name"] for connector in tree["connectors"]]
    assert names == ["contoso.onmicrosoft.com - AAD", "corp.contoso.com"]


def test_utf_16_with_a_mark_is_read_like_utf_8() -> None:
    files = export(rule=rule_xml(name="In from AD – Größe"))
    name = rule_file()
    wide = {**files, name: files[name].decode().encode("utf-16")}

    assert tree_of(wide) == tree_of(files)


def test_a_declared_encoding_is_honoured() -> None:
    text = '<?xml version="1.0" encoding="iso-8859-1"?>' + rule_xml(name="Größe")
    files = export()
    files[rule_file()] = text.encode("iso-8859-1")

    assert tree_of(files)["rules"][0]["name"] == "Größe"
