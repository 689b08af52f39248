"""Promises of `desired.recording_scan`: secrets in recordings are found with their line."""

import json
from pathlib import Path

import pytest

from reconciler.desired.codes import Code
from reconciler.desired.loading import secrets_in_text
from reconciler.desired.recording_scan import find_recorded_secrets
from reconciler.live.recorded.export import read_export
from reconciler.live.recorded.recording import encode_snapshot
from reconciler.model.findings import Finding
from tests.desired.test_secrets_scan import SECRETS

PLAIN = "Summer-2026-Contoso!"


def scan(tree: object) -> tuple[Finding, ...]:
    text = json.dumps({"servers": [{"tree": tree}]}, indent=2, ensure_ascii=False)
    return find_recorded_secrets(text.encode(), file="f")


@pytest.mark.parametrize(
    "name",
    [
        "Contoso.ClientSecretValue",
        "Contoso.StorageKey",
        "Contoso.Password1",
        "Contoso.PasswordHash.Data",
        "connectors/corp.contoso.com/contoso-addition/@access-token",
        "connectors/corp.contoso.com/access-token[2]",
    ],
)
def test_a_value_that_is_called_like_a_secret_is_found_with_its_line(name: str) -> None:
    (found,) = scan({"raw": {"a": "b", name: PLAIN}})

    assert (found.code, found.place and found.place.line) == (Code.SECRET_RECORDED, 7)
    assert PLAIN not in repr(found)


@pytest.mark.parametrize("secret", SECRETS.values(), ids=SECRETS)
def test_a_value_that_is_shaped_like_a_secret_is_found_wherever_it_stands(secret: str) -> None:
    for text in (secret, f"first line\n{secret}\nlast", f"Größe\t{secret}"):
        found = scan({"rules": [{"description": text}]})

        assert {each.code for each in found} == {Code.SECRET_RECORDED}
        assert {each.place.line for each in found if each.place} == {7}
        assert not any(secret in repr(each) for each in found)


def test_a_recording_on_one_line_is_scanned_too() -> None:
    data = json.dumps({"parameters": {"a": "b", "Contoso.ApiKey": PLAIN}}).encode()

    assert [each.code for each in find_recorded_secrets(data, file="f")] == [Code.SECRET_RECORDED]


@pytest.mark.parametrize(
    "tree",
    [
        {"schemas": {"x": {"attributes": {"unicodePwd": "binary", "tokenGroups": "string multi"}}}},
        {"parameters": {"Microsoft.OptionalFeature.PasswordHashSync": "True"}},
        {"parameters": {"Contoso.ApiKey": ""}},
        {"connectors": [{"password_hash_sync": {"enabled": True, "target": "x"}}]},
        {"raw": {"connectors/a/parameter-definitions/Password/type": "encrypted-string"}},
        {"raw": {"rules/corp/Reset token/tip[the password]": "x"}},
    ],
)
def test_what_a_server_says_about_passwords_is_no_secret(tree: object) -> None:
    assert scan(tree) == ()


def test_bytes_that_are_no_text_are_scanned_without_an_exception() -> None:
    assert find_recorded_secrets(b'\xff"Contoso.ApiKey": "\xfe"', file="f")
    assert find_recorded_secrets(b"", file="f") == ()


def test_a_real_recording_holds_no_secret(contoso_export: Path) -> None:
    text = encode_snapshot(read_export(contoso_export).snapshot)

    assert secrets_in_text(text, "recorded/sync01.json") == ()


def test_the_recordings_of_the_example_hold_no_secret(checkout: Path) -> None:
    paths = [*checkout.glob("desired-state/*/recorded/*.json")]

    assert paths
    for path in paths:
        assert find_recorded_secrets(path.read_bytes(), file=path.name) == ()


def test_a_composed_document_is_scanned_as_a_document() -> None:
    text = f"flows:\n  x: {{constant: {SECRETS['an AWS key']}}}\n"

    (found,) = secrets_in_text(text, "rules/x.yaml")

    assert (found.code, found.place and found.place.line) == (Code.SECRET_SHAPE, 2)
    assert secrets_in_text("rule: x\n", "rules/x.yaml") == ()
