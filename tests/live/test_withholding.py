"""Secrets that somebody put into settings and rules: left out, and never silently."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from reconciler.live.recorded.codes import Code
from reconciler.live.recorded.export import read_export
from reconciler.live.recorded.recording import encode_snapshot, read_recording
from reconciler.live.recorded.result import Recorded
from reconciler.model.findings import Concern, Finding, Severity
from reconciler.model.secret_shapes import names_secret
from reconciler.model.snapshots import Part, State
from tests.live.exports import (
    CONNECTOR,
    MV,
    connector_xml,
    export,
    flow_xml,
    mv_xml,
    parameter_xml,
    partition_xml,
    read,
    rule_file,
    rule_xml,
    scope_xml,
    server_of,
)

# put together here, so that no scanner takes this file for a leak
TOKEN = "gh" + "p_" + "a1B2c3D4e5" * 4
PLAIN = "Planted-1"
NAMES = [
    "Contoso.ClientSecretValue",
    "Contoso.StorageKey",
    "Contoso.ApiKey",
    "Contoso.Password1",
    "Contoso.EncryptedPwd",
    "Contoso.PasswordHash.Data",
]


def with_parameter(name: str, value: str) -> Recorded:
    parameter = parameter_xml(name, value, use="SynchronizationGlobal")
    return read(export(mv=mv_xml(parameters=parameter)))


def only(recorded: Recorded) -> Finding:
    (finding,) = recorded.findings
    assert finding.concern is Concern.ADVICE
    return finding


@pytest.mark.parametrize("name", NAMES)
def test_a_parameter_called_like_a_secret_is_left_out_with_a_note(name: str) -> None:
    recorded = with_parameter(name, PLAIN)

    found = only(recorded)
    assert (found.code, found.severity) == (Code.WITHHELD, Severity.NOTE)
    assert found.what == f'"{name}" was left out: it is called like a secret'
    assert found.place
    assert (found.place.file, found.place.line) == (MV, 2)
    assert PLAIN not in str(recorded)
    assert server_of(recorded).state_of(Part.GLOBAL_SETTINGS) is State.READ


def test_a_parameter_with_the_shape_of_a_secret_is_left_out_with_a_warning() -> None:
    recorded = with_parameter("Contoso.Note", f"see {TOKEN}")

    found = only(recorded)
    assert (found.code, found.severity) == ("RC4040", Severity.WARNING)
    assert found.what == '"Contoso.Note" was left out: it holds a GitHub token'
    assert TOKEN not in str(recorded)
    assert "Contoso.Note" not in str(recorded.snapshot)


def test_a_name_with_the_shape_of_a_secret_is_not_repeated() -> None:
    recorded = with_parameter(TOKEN, "7")

    assert only(recorded).what == '"(hidden)" was left out: it holds a GitHub token'
    assert TOKEN not in str(recorded)


@pytest.mark.parametrize(
    ("more", "name"),
    [
        (f"<service-password>{PLAIN}</service-password>", "service-password"),
        (f"<service-password><x>{PLAIN}</x></service-password>", "service-password"),
        (f"<login access-token='{PLAIN}' />", "access-token"),
        (f"<tip>{TOKEN}</tip>", "tip"),
        (f"<login tip='{TOKEN}' />", "tip"),
    ],
)
def test_a_leaf_that_may_be_a_secret_is_left_out_and_reported(more: str, name: str) -> None:
    recorded = read(export(connector=connector_xml(more=more)))

    found = only(recorded)
    assert found.what.startswith(f'"{name}" was left out')
    assert found.place
    assert found.place.file == CONNECTOR
    assert PLAIN not in str(recorded)
    assert TOKEN not in str(recorded)


def test_an_empty_element_called_like_a_secret_needs_no_note() -> None:
    assert read(export(connector=connector_xml(more="<service-password />"))).findings == ()


def test_parameters_of_connectors_and_partitions_are_judged_alike() -> None:
    private = parameter_xml("Contoso.ApiKey", PLAIN)
    partitions = partition_xml(parameters=parameter_xml("Contoso.Pwd", PLAIN, use="partition"))

    recorded = read(export(connector=connector_xml(private=private, partitions=partitions)))

    assert [found.what.split('"')[1] for found in recorded.findings] == [
        "Contoso.ApiKey",
        "Contoso.Pwd",
    ]
    assert PLAIN not in str(recorded)


RULES = {
    "the description": rule_xml(description=TOKEN),
    'the constant of the flow to "title"': rule_xml(
        flows=flow_xml("title", source=f"<src>{TOKEN}</src>")
    ),
    'the expression of the flow to "title"': rule_xml(
        flows=flow_xml("title", expression=f'"{TOKEN}"')
    ),
}


@pytest.mark.parametrize("field", RULES)
def test_a_rule_with_a_secret_is_kept_and_warned_about_by_rule_and_field(field: str) -> None:
    recorded = read(export(rule=RULES[field]))

    found = only(recorded)
    assert (found.code, found.severity) == ("RC4041", Severity.WARNING)
    assert (
        found.what == f'{field} of the rule "In from AD - User - Department" holds a GitHub token'
    )
    assert found.place
    assert found.place.file == rule_file()
    assert TOKEN not in str(recorded.findings)
    assert TOKEN in str(server_of(recorded).tree.get("rules"))


def test_a_scope_value_is_a_text_of_the_rule_too() -> None:
    scope = f"<conditions>{scope_xml(value=TOKEN)}</conditions>"

    assert "scope filter" in only(read(export(rule=rule_xml(scope=scope)))).what


def test_damage_is_reported_beside_any_number_of_secrets() -> None:
    more = "".join(f"<a tip='{TOKEN}' />" for _ in range(100))
    broken = connector_xml(more=more).replace("<selected>1", "<selected>perhaps")

    findings = read(export(connector=connector_xml(more=more))).findings

    assert 0 < len(findings) < 40
    assert any(
        found.severity is Severity.ERROR for found in read(export(connector=broken)).findings
    )


def test_damage_does_not_repeat_a_secret() -> None:
    broken = connector_xml().replace("<selected>1", f"<selected>{TOKEN}")

    recorded = read(export(connector=broken))

    assert recorded.findings
    assert TOKEN not in str(recorded)


def test_a_recording_from_elsewhere_is_judged_like_an_export() -> None:
    document = json.loads(encode_snapshot(read(export()).snapshot))
    tree = document["servers"][0]["tree"]
    tree["parameters"]["Contoso.ApiKey"] = PLAIN
    tree["connectors"][0]["parameters"]["connectivity"] = {"Contoso.Note": TOKEN}
    tree["connectors"][0]["partitions"][0]["parameters"]["pwd"] = PLAIN
    tree["raw"]["connectors/x/login/@access-token"] = PLAIN
    tree["rules"][0]["description"] = TOKEN

    recorded = read_recording(json.dumps(document).encode(), label="sync01.json")

    assert sorted(found.code for found in recorded.findings) == [*["RC4040"] * 4, "RC4041"]
    assert {found.place.file for found in recorded.findings if found.place} == {"sync01.json"}
    assert PLAIN not in str(recorded)
    assert TOKEN not in str(recorded.findings)
    assert str(recorded.snapshot).count(TOKEN) == 1
    assert all(entry.state is not State.DAMAGED for entry in server_of(recorded).coverage)


def exports_at_hand(contoso_export: Path, checkout: Path) -> list[Path]:
    return [contoso_export, *checkout.glob("desired-state/*/export/*")]


def test_nothing_of_real_exports_is_taken_for_a_secret(
    contoso_export: Path, checkout: Path
) -> None:
    folders = exports_at_hand(contoso_export, checkout)

    assert len(folders) > 1
    for folder in folders:
        recorded = read_export(folder)
        text = encode_snapshot(recorded.snapshot)

        assert recorded.findings == ()
        for kept in (
            "Microsoft.OptionalFeature.PasswordHashSync",
            "Microsoft.OptionalFeature.PasswordWriteback",
            "password-change-history-size",
            "password-sync-allowed",
            "password_hash_sync",
        ):
            assert kept in text
        assert read_recording(text.encode(), label="f").findings == ()


def test_no_known_parameter_of_the_product_is_called_like_a_secret(checkout: Path) -> None:
    reference = checkout.parent / "shared" / "reference" / "adsync-server.md"
    if not reference.is_file():
        pytest.skip("the reference is not beside the checkout")
    text = reference.read_text(encoding="utf-8")
    section = text[text.index("### 3.2") : text.index("## 4.")]
    names = {line.split("|")[1].strip() for line in section.splitlines() if "| Microsoft." in line}

    assert len(names) > 30
    assert [name for name in sorted(names) if names_secret(name)] == []
