"""Promises of `desired.secrets_scan`: found by shape and by key, and never repeated."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reconciler.desired.codes import Code
from reconciler.desired.secrets_scan import find_secrets, is_secret_slot
from reconciler.desired.yaml_reading import read_yaml
from reconciler.model.findings import Finding
from reconciler.model.secret_shapes import masked

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
# The values are put together here, so that no scanner of repositories takes this file for a leak.
SECRETS = {
    "a private key": "-----BEGIN RSA " + "PRIVATE KEY-----MIIEow-----END RSA " + "PRIVATE KEY-----",
    "a PuTTY key": "PuTTY-User-" + "Key-File-2: ssh-rsa",
    "a JSON web token": "eyJhbGciOiJIUzI1NiJ9" + ".eyJzdWIiOiIxMjM0NSJ9" + ".c2lnbmF0dXJl",
    "a GitHub token": "ghp_" + ALPHABET[:36],
    "a fine-grained GitHub token": "github_pat_" + ALPHABET[:22] + "_" + ALPHABET[:30],
    "a GitLab token": "glpat-" + ALPHABET[:20],
    "an Entra client secret": "abC8Q" + "~" + ALPHABET[:34],
    "an Azure DevOps token": "a2b3c4d5" * 6 + "efgh",
    "a new Azure DevOps token": ALPHABET[:62] + ALPHABET[:14] + "AZDO" + "1a2B",
    "an account key": "AccountKey=" + ALPHABET[:43] + "=",
    "a shared access signature": "https://x.blob.contoso.com/a?sv=1&sig=" + ALPHABET[:43],
    "a connection string": "Server=db1;User ID=sync;" + "Password=hunter2",
    "a password in an address": "https://svc:" + "hunter2@git.contoso.com/x",
    "a bearer token": "Bearer " + ALPHABET[:40],
    "an AWS key": "AKIA" + ALPHABET[:16].upper(),
    "a Slack token": "xoxb-" + "1234567890-abcdef",
    "an npm token": "npm_" + ALPHABET[:36],
    "a PyPI token": "pypi-" + "AgEIcHlwaS5vcmc" + ALPHABET[:30],
    "a Google key": "AIza" + ALPHABET[:35],
}
HARMLESS = [
    "b891884f-051e-4a83-95af-2544101c9083",
    "5f0c" * 16,
    "Microsoft.InfromADUserAccountEnabled.006",
    "OU=Leavers,OU=Employees,DC=corp,DC=contoso,DC=com",
    '"CN={" & ConvertToUTF8Hex([sourceAnchor]) & "}"',
    'IIF(IsPresent([password]), "Password=" & [x], AuthoritativeNull)',
    "https://login.microsoftonline.com/contoso.com/oauth2/v2.0/token",
    "smtp:anna.berg@contoso.com",
    "CONTOSO\\svc-sync",
    "In from AD - User - Donaudampfschifffahrtsgesellschaft",
    "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz",
]


def scan(text: str) -> tuple[Finding, ...]:
    document, _ = read_yaml(text.encode(), file="f")
    return find_secrets(text, document, file="f")


@pytest.mark.parametrize("name", SECRETS)
def test_a_secret_is_found_by_its_shape_wherever_it_stands(name: str) -> None:
    secret = SECRETS[name]

    for text in (f"a: '{secret}'", f"a: |-\n  x {secret}", f"b: 1\n# {secret}", f"'{secret}': 1"):
        found = scan(text)
        assert {finding.code for finding in found} == {Code.SECRET_SHAPE}
        assert secret not in repr(found)


@pytest.mark.parametrize("name", SECRETS)
def test_a_secret_is_hidden_in_every_text_that_is_quoted(name: str) -> None:
    secret = SECRETS[name]
    hidden = masked(f"before {secret} after")

    assert "(hidden)" in hidden
    assert not any(part in hidden for part in ("hunter2", ALPHABET[:16], "c2lnbmF0dXJl", "MIIEow"))


@pytest.mark.parametrize("text", HARMLESS)
def test_ordinary_values_are_no_secrets(text: str) -> None:
    assert masked(text) == text
    assert scan(f"constant: '{text}'") == ()
    assert scan(f"sha256: '{text}'") == ()


@given(st.text(max_size=60))
def test_short_text_is_masked_twice_as_once(text: str) -> None:
    assert masked(masked(text)) == masked(text)


def test_a_secret_in_an_unreadable_document_is_found_too() -> None:
    secret = SECRETS["a GitHub token"]
    found = scan(f"a: [\nb: {secret}\n")

    assert [(each.place.line, each.place.column) for each in found if each.place] == [(2, 4)]


def test_a_finding_names_the_key_that_stands_before_the_secret() -> None:
    found = scan(f"a: [{{b: c}}]\nflows:\n  x: {{constant: {SECRETS['an AWS key']}}}\ny: 2\n")

    assert [each.what for each in found] == ['an AWS key stands in the file near "constant"']


@pytest.mark.parametrize(
    "text",
    [
        "identity: {read: {password: hunter2}}",
        "identity: {apply: {user: svc, token: abc}}",
        "identity: {read: {client_secret: x}}",
        "identity: {read: {password: {env: 'Hunter2!'}}}",
        "items: [{password: hunter2}]",
        "password: hunter2",
        "api_key: aB3dE6gH9jK2mN5p",
    ],
)
def test_a_secret_written_out_under_its_key_is_refused(text: str) -> None:
    found = scan(text)

    assert [finding.code for finding in found] == [Code.SECRET_SLOT]
    assert not any(word in repr(found) for word in ("hunter2", "Hunter2!", "aB3dE6gH9jK2mN5p"))


@pytest.mark.parametrize(
    "text",
    [
        "identity: {read: {password: {env: AD_READER}, user: svc-reconciler}}",
        "identity: {read: {certificate: {file: /etc/reconciler/read.pem}, client: '1111'}}",
        "identity: {read: {password: {file: C:\\keys\\read.txt}}}",
        "password_hash_sync: enabled",
        "password: ''",
        "flows: {unicodePwd: {from: password}, tokenGroups: {from: tokenGroups}}",
        "primary_key: sourceAnchorValueName",
        "key: the words of a sentence with 12 Digits!",
        "env: not a name",
    ],
)
def test_the_source_of_a_secret_and_words_about_secrets_are_fine(text: str) -> None:
    assert scan(text) == ()


def test_one_secret_gets_one_finding() -> None:
    assert len(scan(f"password: {SECRETS['a GitHub token']}")) == 1


@pytest.mark.parametrize(
    ("path", "is_slot"),
    [
        (["identity", "read", "password"], True),
        (["password", "env"], True),
        (["servers", 0, "clientSecret"], True),
        (["flows", "department"], False),
        (["env"], False),
        ([], False),
    ],
)
def test_a_slot_is_known_by_its_path(path: list[str | int], is_slot: bool) -> None:
    assert is_secret_slot(path) is is_slot


@pytest.mark.parametrize(
    "text",
    [
        "server=" * 50_000,
        "eyJ-" * 50_000,
        "a" * 200_000,
        "=" * 200_000,
        "-----BEGIN " * 20_000,
        "a://b:" * 30_000,
        "password=;" * 20_000,
        "a1" * 100_000,
    ],
)
def test_hostile_text_is_scanned_in_a_moment(text: str) -> None:
    assert len(masked(text)) <= len(text)


def test_the_real_rules_hold_no_secret(contoso_export: Path) -> None:
    texts = [path.read_text("utf-8") for path in contoso_export.rglob("*Rule_*.xml")]

    assert texts
    assert [find_secrets(text, None, file="f") for text in texts] == [()] * len(texts)


def test_the_rules_of_the_example_hold_no_secret(checkout: Path) -> None:
    paths = [*checkout.glob("desired-state/**/*.xml"), *checkout.glob("desired-state/**/*.yaml")]

    assert paths
    for path in paths:
        assert find_secrets(path.read_text("utf-8"), None, file=path.name) == ()
