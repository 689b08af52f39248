"""Recorded snapshots: canonical, read strictly, and as their JSON Schema says."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from reconciler.live.recorded.recording import encode_snapshot, read_recording
from reconciler.live.recorded.result import Recorded
from reconciler.model.findings import Severity
from reconciler.model.snapshots import Part, Snapshot, State
from tests.counterparts import ROOT
from tests.live.exports import (
    damaged_parts,
    export,
    flow_xml,
    read,
    rule_xml,
    scope_xml,
    server_of,
)

Change = Callable[[Any], object]


def snapshot() -> Snapshot:
    rule = rule_xml(
        flows=flow_xml() + flow_xml("b", source="<src>x</src>") + flow_xml("c", expression="True"),
        scope=f"<conditions>{scope_xml()}</conditions>",
        join="<conditions><condition><csAttribute>mail</csAttribute>"
        "<ilmAttribute>mail</ilmAttribute></condition></conditions>",
    )
    return read(export(rule=rule)).snapshot


def document() -> Any:
    return json.loads(encode_snapshot(snapshot()))


def read_json(value: object) -> Recorded:
    return read_recording(json.dumps(value).encode(), label="recorded/sync01.json")


def schema_document() -> Any:
    return json.loads((ROOT / "schemas" / "snapshot.schema.json").read_text(encoding="utf-8"))


def schema() -> Draft202012Validator:
    return Draft202012Validator(schema_document())


def test_a_recording_gives_back_the_snapshot() -> None:
    recorded = read_recording(encode_snapshot(snapshot()).encode(), label="x")

    assert recorded == Recorded(snapshot=snapshot())


def test_equal_snapshots_give_equal_bytes_and_end_with_a_line_feed() -> None:
    server = server_of(Recorded(snapshot=snapshot()))
    turned = replace(
        server,
        tree=dict(reversed(server.tree.items())),  # type: ignore[arg-type] # order alone
        coverage=server.coverage[::-1],
    )
    other = replace(server, name="SYNC02")

    text = encode_snapshot(Snapshot(servers=(server, other)))

    assert encode_snapshot(Snapshot(servers=(other, turned))) == text
    assert text.endswith("}\n")
    assert '"mail": "string multi"' in [line.strip() for line in text.splitlines()]


def test_text_of_every_script_survives() -> None:
    server = server_of(Recorded(snapshot=snapshot()))
    server.tree["raw"]["rules/Größe – 大きさ"] = "\U0001f600\t\x00"

    text = encode_snapshot(Snapshot(servers=(server,)))

    assert "Größe – 大きさ" in text
    assert read_recording(text.encode(), label="x").snapshot.servers == (server,)


def test_a_preferred_controller_and_audit_logging_are_recorded_where_a_source_knows_them() -> None:
    value = document()
    tree = value["servers"][0]["tree"]
    tree["audit_logging"] = False
    tree["connectors"][0]["partitions"][0]["preferred_domain_controllers"] = ["dc1"]
    for part in (Part.AUDIT_LOGGING, Part.PREFERRED_DOMAIN_CONTROLLERS):
        value["servers"][0]["coverage"][part.value] = {"state": "read"}

    recorded = read_json(value)

    assert recorded.findings == ()
    assert server_of(recorded).state_of(Part.AUDIT_LOGGING) is State.READ
    assert server_of(recorded).tree["audit_logging"] is False


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "RC4050"),
        (encode_snapshot(snapshot()).encode()[:-300], "RC4050"),
        (b"\xff\xfe{\x00}\x00", "RC4050"),
        (b"\x80", "RC4050"),
        (b"[" * 100_000, "RC4050"),
        (b'{"format_version": 1, "format_version": 1, "servers": []}', "RC4050"),
        (b'{"format_version": NaN, "servers": []}', "RC4050"),
        (b'{"format_version": 1, "servers": ["\\ud800"]}', "RC4050"),
        (b'{"format_version": 1' + b"0" * 5000 + b"}", "RC4050"),
        (b"[]", "RC4052"),
        (b"null", "RC4052"),
        (b'{"format_version": "1", "servers": []}', "RC4052"),
        (b'{"format_version": true, "servers": []}', "RC4052"),
        (b'{"format_version": 1, "servers": {}}', "RC4052"),
        (b'{"format_version": 2, "servers": []}', "RC4051"),
        (b'{"format_version": 1, "servers": []}', "RC4037"),
        (b'{"format_version": 1, "servers": [7]}', "RC4052"),
    ],
)
def test_what_is_no_recording_is_one_finding_and_no_server(content: bytes, code: str) -> None:
    recorded = read_recording(content, label="recorded/sync01.json")

    (finding,) = recorded.findings
    assert (finding.code, finding.severity) == (code, Severity.ERROR)
    assert finding.place is not None
    assert finding.place.file == "recorded/sync01.json"
    assert finding.expected
    assert "reconciler snapshot" in finding.remedy
    assert recorded.snapshot == Snapshot()


def test_broken_json_is_placed_by_line_and_column() -> None:
    (finding,) = read_recording(b'{\n  "format_version": 1,,\n}', label="x").findings

    assert finding.place is not None
    assert (finding.place.line, finding.place.column) == (2, 23)


def rule(server: Any) -> Any:
    return server["tree"]["rules"][0]


def connector(server: Any) -> Any:
    return server["tree"]["connectors"][0]


WRONG_SHAPES: dict[str, tuple[Change, str, Part]] = {
    "text for a number": (
        lambda server: rule(server).update(precedence="50"),
        "servers[0].tree.rules[0].precedence",
        Part.RULES,
    ),
    "a flag for a number": (
        lambda server: rule(server).update(precedence=True),
        "servers[0].tree.rules[0].precedence",
        Part.RULES,
    ),
    "a huge number": (
        lambda server: rule(server).update(precedence=10**30),
        "servers[0].tree.rules[0].precedence",
        Part.RULES,
    ),
    "an unknown direction": (
        lambda server: rule(server).update(direction="inbound"),
        "servers[0].tree.rules[0].direction",
        Part.RULES,
    ),
    "a missing member": (
        lambda server: rule(server).pop("disabled"),
        "servers[0].tree.rules[0].disabled",
        Part.RULES,
    ),
    "an unknown member": (
        lambda server: rule(server).update(color="red"),
        "servers[0].tree.rules[0].color",
        Part.RULES,
    ),
    "an identifier in braces": (
        lambda server: rule(server).update(identifier="{c0ffee00-1111-4222-8333-444455556666}"),
        "servers[0].tree.rules[0].identifier",
        Part.RULES,
    ),
    "an object for a list": (
        lambda server: rule(server).update(flows={}),
        "servers[0].tree.rules[0].flows",
        Part.RULES,
    ),
    "a condition without a group": (
        lambda server: rule(server).update(scope=[{"attribute": "a"}]),
        "servers[0].tree.rules[0].scope[0]",
        Part.RULES,
    ),
    "a constant flow without its text": (
        lambda server: rule(server)["flows"][1].pop("constant"),
        "servers[0].tree.rules[0].flows[1].constant",
        Part.RULES,
    ),
    "an expression flow without one": (
        lambda server: rule(server)["flows"][2].pop("expression"),
        "servers[0].tree.rules[0].flows[2].expression",
        Part.RULES,
    ),
    "a parameter that is no text": (
        lambda server: server["tree"]["parameters"].update(x=1),
        "servers[0].tree.parameters.x",
        Part.GLOBAL_SETTINGS,
    ),
    "attributes that are no list": (
        lambda server: connector(server).update(attributes="mail"),
        "servers[0].tree.connectors[0].attributes",
        Part.CONNECTORS,
    ),
    "a target that is no identifier": (
        lambda server: connector(server)["password_hash_sync"].update(target="entra"),
        "servers[0].tree.connectors[0].password_hash_sync.target",
        Part.CONNECTORS,
    ),
    "an unknown type of attribute": (
        lambda server: server["tree"]["schemas"]["metaverse"]["attributes"].update(x="text multi"),
        "servers[0].tree.schemas.metaverse.attributes.x",
        Part.SCHEMAS,
    ),
    "an audit switch that is no flag": (
        lambda server: server["tree"].update(audit_logging="yes"),
        "servers[0].tree.audit_logging",
        Part.AUDIT_LOGGING,
    ),
}


@pytest.mark.parametrize("name", WRONG_SHAPES)
def test_a_wrong_member_damages_its_part_and_no_other(name: str) -> None:
    change, element, part = WRONG_SHAPES[name]
    value = document()
    change(value["servers"][0])

    recorded = read_json(value)

    assert element in {item.place.element for item in recorded.findings if item.place}
    assert damaged_parts(recorded) == {part}
    assert not schema().is_valid(value)


FRAMES: dict[str, Change] = {
    "no name": lambda server: server.pop("name"),
    "a name that is a number": lambda server: server.update(name=1),
    "an unknown source": lambda server: server.update(kind_of_source="mail"),
    "a time without a date": lambda server: server.update(read_at="14:28"),
    "a build that is a number": lambda server: server.update(build=2.5),
    "an unknown state": lambda server: server["coverage"]["rules"].update(state="fine"),
    "an unknown part": lambda server: server["coverage"].update(weather={"state": "read"}),
    "a tree that is a list": lambda server: server.update(tree=[]),
    "an unknown member": lambda server: server.update(path="/x"),
}


@pytest.mark.parametrize("name", FRAMES)
def test_a_server_without_a_sound_frame_is_left_out(name: str) -> None:
    value = document()
    FRAMES[name](value["servers"][0])

    recorded = read_json(value)

    assert recorded.snapshot == Snapshot()
    assert recorded.findings
    assert not schema().is_valid(value)


def test_an_unknown_member_of_the_tree_is_a_finding() -> None:
    value = document()
    value["servers"][0]["tree"]["secrets"] = {}

    recorded = read_json(value)

    assert [item.code for item in recorded.findings] == ["RC4052"]
    assert "secrets" not in server_of(recorded).tree
    assert not schema().is_valid(value)


CONTRADICTIONS: dict[str, tuple[Change, Part]] = {
    "no rules although read": (lambda server: server["tree"].pop("rules"), Part.RULES),
    "zero rules": (lambda server: server["tree"].update(rules=[]), Part.RULES),
    "rules although absent": (lambda server: server["coverage"].pop("rules"), Part.RULES),
    "one rule twice": (lambda server: server["tree"]["rules"].append(rule(server)), Part.RULES),
    "one connector twice": (
        lambda server: server["tree"]["connectors"].append(connector(server)),
        Part.CONNECTORS,
    ),
    "a rule of no connector": (
        lambda server: rule(server).update(connector="00000000-0000-0000-0000-000000000000"),
        Part.RULES,
    ),
    "a name that leads elsewhere": (
        lambda server: server.update(name="../x"),
        Part.GLOBAL_SETTINGS,
    ),
}


@pytest.mark.parametrize("name", CONTRADICTIONS)
def test_parts_that_do_not_fit_together_are_damage(name: str) -> None:
    change, part = CONTRADICTIONS[name]
    value = document()
    change(value["servers"][0])

    recorded = read_json(value)

    assert [item.code for item in recorded.findings] == ["RC4053"]
    assert damaged_parts(recorded) == {part}
    assert server_of(recorded).name in {"SYNC01", ""}


def test_two_servers_of_one_name_are_a_finding() -> None:
    value = document()
    value["servers"].append({**value["servers"][0], "name": "sync01"})

    assert [item.code for item in read_json(value).findings] == ["RC4053"]


def test_the_schema_accepts_what_is_recorded_and_its_examples() -> None:
    Draft202012Validator.check_schema(schema_document())

    schema().validate(document())
    assert unexplained(schema_document()) == []
    assert wrong_examples(schema_document()) == []


def unexplained(value: Any, path: str = "#") -> list[str]:
    if not isinstance(value, dict):
        return []
    found = [
        f"{path}/{name}"
        for name, member in value.get("properties", {}).items()
        if "$ref" not in member and not {"title", "description"} <= set(member)
    ]
    parts = {**value.get("properties", {}), **value.get("$defs", {})}
    return found + [line for name in parts for line in unexplained(parts[name], f"{path}/{name}")]


def wrong_examples(value: Any, path: str = "#") -> list[str]:
    if not isinstance(value, dict):
        return []
    whole = schema_document()
    own = Draft202012Validator({**value, "$defs": whole["$defs"], "$id": "example"})
    found = [path for example in value.get("examples", []) if not own.is_valid(example)]
    parts = {**value.get("properties", {}), **value.get("$defs", {})}
    return found + [
        line for name in parts for line in wrong_examples(parts[name], f"{path}/{name}")
    ]


@given(st.data())
def test_checker_and_schema_agree_about_every_replaced_member(data: st.DataObject) -> None:
    value = document()
    places = list(members(value["servers"][0]))
    holder, key = data.draw(st.sampled_from(places))
    holder[key] = data.draw(
        st.sampled_from(
            [
                None,
                True,
                0,
                -1,
                1.5,
                "",
                "x",
                "Direct",
                "Join",
                [],
                {},
                [[]],
                [{}],
                ["x"],
                {"x": "y"},
            ]
        )
    )

    recorded = read_json(value)

    name = value["servers"][0]["name"]
    is_named = not isinstance(name, str) or bool(name)  # the checker judges names beside the shape
    has_shape = "RC4052" not in {item.code for item in recorded.findings} and is_named
    assert has_shape == schema().is_valid(value)


def members(value: Any) -> Any:
    keys = list(value) if isinstance(value, dict) else range(len(value))
    for key in keys:
        yield value, key
        if isinstance(value[key], dict | list):
            yield from members(value[key])


@given(st.binary(max_size=200), st.integers(0, 10_000), st.integers(0, 200))
def test_no_bytes_raise(noise: bytes, at: int, gone: int) -> None:
    text = encode_snapshot(snapshot()).encode()
    at %= len(text)

    recorded = read_recording(text[:at] + noise + text[at + gone :], label="x")

    assert recorded.findings or len(recorded.snapshot.servers) == 1
    encode_snapshot(recorded.snapshot)


def test_a_file_is_read_by_path_and_its_absence_is_a_finding(tmp_path: Path) -> None:
    path = tmp_path / "sync01.json"
    path.write_text(encode_snapshot(snapshot()), encoding="utf-8")

    assert read_recording(path, label="recorded/sync01.json").snapshot == snapshot()
    (finding,) = read_recording(tmp_path / "no.json", label="recorded/no.json").findings
    assert finding.code == "RC4009"
    assert str(tmp_path) not in str(finding)


def test_a_damaged_export_is_recorded_with_its_damage() -> None:
    recorded = read(export(rule="<x/>"))

    again = read_recording(encode_snapshot(recorded.snapshot).encode(), label="x")

    assert again.snapshot == recorded.snapshot
    assert damaged_parts(again) == {Part.RULES}
