"""What a bad export becomes: a finding with its place, damaged coverage, and the rest is read."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from xml.etree import ElementTree as ET

import pytest

from reconciler.live.recorded.recording import encode_snapshot, read_recording
from reconciler.model.findings import Concern, Severity
from reconciler.model.snapshots import Part
from tests.live.exports import (
    AD,
    CONNECTOR,
    ENTRA_CONNECTOR,
    MV,
    OTHER_RULE,
    RULE,
    Files,
    attribute_xml,
    connector_xml,
    damaged_parts,
    elements_of,
    export,
    flow_xml,
    mv_xml,
    one_finding,
    parameter_xml,
    partition_xml,
    read,
    rule_file,
    rule_xml,
    schema_xml,
    scope_xml,
    server_of,
)

BOMB = (
    '<!DOCTYPE a [<!ENTITY b "x"><!ENTITY c "&b;&b;&b;&b;">]>'
    "<synchronizationRule><id>&c;</id></synchronizationRule>"
)
EXTERNAL = (
    '<!DOCTYPE a [<!ENTITY f SYSTEM "file:///etc/passwd">]>'
    "<synchronizationRule><id>&f;</id></synchronizationRule>"
)


def with_rule(**changed: str) -> Files:
    """Return an export whose second rule is as given; the first shows what is still read."""
    files = export()
    files[rule_file(OTHER_RULE)] = rule_xml(identifier=OTHER_RULE, **changed).encode()
    return files


def with_rule_text(text: str | bytes) -> Files:
    files = export()
    files[rule_file(OTHER_RULE)] = text if isinstance(text, bytes) else text.encode()
    return files


def without(text: str, part: str) -> str:
    assert part in text
    return text.replace(part, "")


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        (rule_xml(identifier=OTHER_RULE)[:400], "RC4021", 11),
        ("", "RC4021", 1),
        ("no XML at all", "RC4021", 1),
        (rule_xml(identifier=OTHER_RULE, name="Größe").encode("iso-8859-1"), "RC4021", 5),
        (b"\x00\x01\x02 binary", "RC4021", 1),
        ('<?xml version="1.0" encoding="no-such"?><a/>', "RC4021", 1),
        ('<?xml version="1.0" encoding="utf-16"?><a/>', "RC4021", 1),
        (BOMB, "RC4022", 1),
        (EXTERNAL, "RC4022", 1),
        ("<!DOCTYPE a><synchronizationRule/>", "RC4022", 1),
        ("<ma-data/>", "RC4023", 1),
        ("<a>" * 60 + "</a>" * 60, "RC4024", 1),
    ],
    ids=lambda value: value if isinstance(value, str) and value.startswith("RC") else "",
)
def test_a_file_that_cannot_be_read_is_damage_at_its_place(
    text: str | bytes, code: str, line: int
) -> None:
    recorded = read(with_rule_text(text))

    (finding,) = recorded.findings
    assert (finding.code, finding.severity, finding.concern) == (
        code,
        Severity.ERROR,
        Concern.SOURCE,
    )
    assert finding.place is not None
    assert finding.place.file == rule_file(OTHER_RULE)
    assert finding.place.line == line
    assert finding.place.column >= 1
    assert finding.expected
    assert "Get-ADSyncServerConfiguration" in finding.remedy
    assert damaged_parts(recorded) == {Part.RULES}
    assert [rule["identifier"] for rule in server_of(recorded).tree["rules"]] == [RULE]


def test_a_byte_that_is_not_utf_8_is_named_with_its_place() -> None:
    text = rule_xml(identifier=OTHER_RULE, name="Größe").encode("iso-8859-1")

    finding = one_finding(with_rule_text(text))

    assert finding.what == "byte 0xF6 is not UTF-8, and the file states no other encoding"
    assert finding.place is not None
    assert (finding.place.line, finding.place.column) == (5, 11)


@pytest.mark.parametrize(
    ("changed", "code", "element"),
    [
        ({"direction": "Sideways"}, "RC4033", "direction"),
        ({"linkType": "Hug"}, "RC4033", "linkType"),
        ({"disabled": "perhaps"}, "RC4033", "disabled"),
        ({"precedence": "first"}, "RC4033", "precedence"),
        ({"precedence": "1e5"}, "RC4033", "precedence"),
        ({"precedence-after": "{12}"}, "RC4033", "precedence-after"),
        ({"name": " "}, "RC4032", "name"),
        ({"sourceObjectType": ""}, "RC4032", "sourceObjectType"),
        ({"flows": flow_xml(merge="Blend")}, "RC4033", "attribute-mappings/mapping/valueMergeType"),
        ({"flows": flow_xml(dest="")}, "RC4032", "attribute-mappings/mapping/dest"),
        ({"flows": flow_xml(source="")}, "RC4032", "attribute-mappings/mapping"),
        ({"flows": flow_xml(source="<src>\n  </src>")}, "RC4032", "attribute-mappings/mapping"),
        (
            {"flows": flow_xml() + flow_xml("b", more=' execute-once="often"')},
            "RC4033",
            "attribute-mappings/mapping[2]",
        ),
        (
            {"scope": f"<conditions>{scope_xml(operator='')}</conditions>"},
            "RC4032",
            "synchronizationCriteria/conditions/scope/csOperator",
        ),
        (
            {"scope": f"<conditions>{scope_xml(value=None)}</conditions>"},
            "RC4032",
            "synchronizationCriteria/conditions/scope",
        ),
        (
            {
                "join": "<conditions><condition><csAttribute>mail</csAttribute></condition>"
                "</conditions>"
            },
            "RC4032",
            "relationshipCriteria/conditions/condition",
        ),
        ({"more": "<name>Again</name>"}, "RC4034", "name[2]"),
        ({"connector": "9a3f5c1e-0d42-4b6a-9c58-2f1e6d7b8a90"}, "RC4035", "connector"),
    ],
)
def test_what_cannot_be_represented_in_a_rule_is_damage_with_its_element(
    changed: dict[str, str], code: str, element: str
) -> None:
    recorded = read(with_rule(**changed))

    (finding,) = recorded.findings
    assert finding.code == code
    assert finding.place is not None
    assert finding.place.element == f"/synchronizationRule/{element}"
    assert finding.place.line > 0
    assert damaged_parts(recorded) == {Part.RULES}
    assert [rule["identifier"] for rule in server_of(recorded).tree["rules"]] == [RULE]


@pytest.mark.parametrize(
    "part",
    [
        "<disabled>False</disabled>",
        "<direction>Inbound</direction>",
        "<linkType>Join</linkType>",
        "<precedence>50</precedence>",
        "<valueMergeType>Update</valueMergeType>",
        "<dest>department</dest>",
        "<attribute-mappings></attribute-mappings>",
        "<relationshipCriteria></relationshipCriteria>",
        "<synchronizationCriteria></synchronizationCriteria>",
    ],
)
def test_an_element_that_must_be_there_is_missed(part: str) -> None:
    flows = flow_xml() if "attribute-mappings" not in part else ""

    finding = one_finding(
        with_rule_text(without(rule_xml(identifier=OTHER_RULE, flows=flows), part))
    )

    assert finding.code == "RC4032"
    assert part[1 : part.index(">")] in finding.what


@pytest.mark.parametrize(
    "tag", ["id", "name", "category", "private-configuration", "attribute-inclusion", "filter"]
)
def test_an_element_that_every_connector_has_is_missed(tag: str) -> None:
    text = re.sub(f"<{tag}>.*?</{tag}>", "", connector_xml(), count=1, flags=re.DOTALL)

    recorded = read(export(connector=text))

    assert {finding.code for finding in recorded.findings} == {"RC4032"}
    assert damaged_parts(recorded) == {Part.CONNECTORS}


def test_a_connector_without_partitions_is_damage() -> None:
    text = connector_xml(partitions="").replace("<ma-partition-data></ma-partition-data>", "")

    assert "<ma-partition-data>" in one_finding(export(connector=text)).what


def test_all_damage_of_a_file_is_reported_and_not_only_the_first() -> None:
    files = with_rule(direction="Up", linkType="Hug", flows=flow_xml(merge="Blend"))

    assert [finding.code for finding in read(files).findings] == ["RC4033"] * 3


def test_one_file_cannot_flood_the_report() -> None:
    flows = "".join(flow_xml(f"a{number}", merge="Blend") for number in range(500))

    recorded = read(with_rule(flows=flows))

    assert len(recorded.findings) == 40
    rules = next(entry for entry in server_of(recorded).coverage if entry.part is Part.RULES)
    assert rules.note.endswith("and 499 more")


def test_two_files_of_one_rule_are_both_left_out() -> None:
    files = export()
    files["SynchronizationRules/copy.xml"] = files[rule_file()]

    recorded = read(files)

    (finding,) = recorded.findings
    assert finding.code == "RC4034"
    assert finding.what == f'the same identifier as in "{rule_file().partition("/")[2]}"'
    assert "rules" not in server_of(recorded).tree
    assert damaged_parts(recorded) == {Part.RULES}


def test_two_connectors_of_one_identifier_or_name_are_left_out() -> None:
    files = export()
    files["Connectors/copy.xml"] = connector_xml(name="another").encode()
    named = export(entra=connector_xml(identifier="b891884f-051e-4a83-95af-2544101c9083"))

    for recorded in (read(files), read(named)):
        assert "RC4034" in {finding.code for finding in recorded.findings}
        assert Part.CONNECTORS in damaged_parts(recorded)


def test_a_rule_whose_file_is_called_like_another_is_damage() -> None:
    finding = one_finding(
        with_rule_text(rule_xml(identifier="c0ffee00-9999-4222-8333-444455557777"))
    )

    assert finding.code == "RC4036"


def test_rules_of_a_damaged_connector_do_not_add_findings() -> None:
    recorded = read(export(connector="<ma-data>"))

    assert [finding.code for finding in recorded.findings] == ["RC4021"]
    assert damaged_parts(recorded) == {Part.CONNECTORS, Part.SCHEMAS}
    assert [rule["connector"] for rule in server_of(recorded).tree["rules"]] == [AD]


@pytest.mark.parametrize(
    ("files", "code", "parts"),
    [
        (export(mv=None), "RC4020", {Part.GLOBAL_SETTINGS}),
        (export(rule=None), "RC4037", {Part.RULES}),
        ({MV: mv_xml().encode(), rule_file(): rule_xml().encode()}, "RC4037", {Part.CONNECTORS}),
        ({}, "RC4020", {Part.GLOBAL_SETTINGS, Part.CONNECTORS, Part.RULES}),
        (export(mv=mv_xml(server="")), "RC4030", {Part.GLOBAL_SETTINGS}),
        (export(mv=mv_xml(server="../../etc")), "RC4030", {Part.GLOBAL_SETTINGS}),
        (export(mv="<saved-mv-configuration server='A'/>"), "RC4032", {Part.GLOBAL_SETTINGS}),
        (export(mv=mv_xml(schema="<schema/>")), "RC4037", {Part.SCHEMAS}),
        (export(connector=connector_xml(schema="<x/>")), "RC4032", {Part.SCHEMAS}),
        (
            export(connector=connector_xml(schema=schema_xml(attribute_xml("")))),
            "RC4032",
            {Part.SCHEMAS},
        ),
        (
            export(connector=connector_xml(schema=schema_xml(*[attribute_xml("mail")] * 2))),
            "RC4034",
            {Part.SCHEMAS},
        ),
        (export(connector=connector_xml(attributes=())), "RC4037", {Part.CONNECTORS}),
        (export(connector=connector_xml(partitions="")), "RC4037", {Part.CONNECTORS}),
        (
            export(connector=connector_xml(partitions=partition_xml() * 2)),
            "RC4034",
            {Part.CONNECTORS},
        ),
        (
            export(connector=connector_xml(private=parameter_xml("a") * 2)),
            "RC4034",
            {Part.CONNECTORS},
        ),
        (export(connector=connector_xml(private=parameter_xml(""))), "RC4032", {Part.CONNECTORS}),
    ],
)
def test_a_missing_or_empty_part_is_damage_and_never_empty(
    files: Files, code: str, parts: set[Part]
) -> None:
    recorded = read(files)

    assert code in {finding.code for finding in recorded.findings}
    assert parts <= damaged_parts(recorded)
    for part in parts & {Part.CONNECTORS, Part.RULES, Part.GLOBAL_SETTINGS}:
        entry = next(entry for entry in server_of(recorded).coverage if entry.part is part)
        assert entry.note


def test_a_damaged_schema_leaves_its_connector_whole() -> None:
    recorded = read(export(connector=connector_xml(schema="<schema/>")))

    assert damaged_parts(recorded) == {Part.SCHEMAS}
    assert len(server_of(recorded).tree["connectors"]) == 2
    assert AD not in server_of(recorded).tree["schemas"]


def test_a_file_of_another_kind_in_an_export_is_a_warning() -> None:
    files = {**export(), "GlobalSettings/other.xml": b"<x/>"}

    finding = one_finding(files)

    assert (finding.code, finding.severity) == ("RC4011", Severity.WARNING)
    assert damaged_parts(read(files)) == set()


def test_the_order_of_files_and_elements_means_nothing() -> None:
    files = with_rule(scope=f"<conditions>{scope_xml('b')}</conditions>", more="<x><y>1</y></x>")
    expected = read(files)

    for seed in range(40):
        assert read(shuffled(files, chance_of(seed))) == expected


def chance_of(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311 - the same damage in every run


def shuffled(files: Files, chance: random.Random) -> Files:
    names = list(files)
    chance.shuffle(names)
    return {name: shuffled_elements(files[name], chance) for name in names}


def shuffled_elements(data: bytes, chance: random.Random) -> bytes:
    root = elements_of(data)
    for element in root.iter():
        if element.tag not in {"attribute-mappings", "step"}:
            children = list(element)
            chance.shuffle(children)
            element[:] = children
    return ET.tostring(root)


def cut(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data))]


def flipped(data: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.choice((1, 1, 1, 5, 50))):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def without_element(data: bytes, chance: random.Random) -> bytes:
    root = elements_of(data)
    parents = [element for element in root.iter() if len(element)]
    parent = chance.choice(parents)
    parent.remove(chance.choice(list(parent)))
    return ET.tostring(root)


def with_element_twice(data: bytes, chance: random.Random) -> bytes:
    root = elements_of(data)
    parent = chance.choice([element for element in root.iter() if len(element)])
    parent.append(chance.choice(list(parent)))
    return ET.tostring(root)


def with_noise_between(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data))
    return data[:at] + chance.randbytes(chance.randrange(1, 30)) + data[at:]


def emptied(data: bytes, chance: random.Random) -> bytes:
    root = elements_of(data)
    element = chance.choice(list(root.iter()))
    element.text = chance.choice(("", " ", "\n", "&", "{", "-1", "\U0001f600", "x" * 5000))
    return ET.tostring(root)


@pytest.mark.parametrize(
    "damage",
    [cut, flipped, without_element, with_element_twice, with_noise_between, emptied],
)
def test_no_damage_raises_and_what_is_read_can_be_recorded(
    damage: Callable[[bytes, random.Random], bytes],
) -> None:
    sound = with_rule(scope=f"<conditions>{scope_xml()}</conditions>")

    for seed in range(150):
        chance = chance_of(seed)
        name = chance.choice(sorted(sound))
        recorded = read({**sound, name: damage(sound[name], chance)})

        server = server_of(recorded)
        errors = [item for item in recorded.findings if item.severity is Severity.ERROR]
        assert bool(errors) == bool(damaged_parts(recorded)), (name, seed)
        assert all(item.place and item.place.file in sound for item in errors), (name, seed)
        if server.name:
            again = read_recording(encode_snapshot(recorded.snapshot).encode(), label="again")
            assert again.findings == (), (name, seed)
            assert again.snapshot == recorded.snapshot, (name, seed)


def test_a_truncated_file_is_called_so() -> None:
    text = rule_xml(identifier=OTHER_RULE)

    whats = {one_finding(with_rule_text(text[:end])).what for end in (400, 401, 402, 405)}

    assert whats == {"the file ends before its last element does"}


@pytest.mark.parametrize("name", [MV, CONNECTOR, ENTRA_CONNECTOR, rule_file()])
def test_a_file_cut_anywhere_is_never_taken_for_whole(name: str) -> None:
    sound = export()
    length = len(sound[name].rstrip())

    for end in range(0, length, 7):
        assert damaged_parts(read({**sound, name: sound[name][:end]})), end


@pytest.mark.parametrize("name", [MV, CONNECTOR, ENTRA_CONNECTOR])
def test_a_missing_file_is_noticed(name: str) -> None:
    # one rule fewer is another configuration; a connector fewer leaves its rules behind
    sound = with_rule(connector="b891884f-051e-4a83-95af-2544101c9083")

    assert damaged_parts(read({key: data for key, data in sound.items() if key != name}))
