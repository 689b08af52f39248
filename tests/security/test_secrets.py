"""Secrets that somebody left in an export or in git: they reach no file and no output."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.scenarios.exports import Export
from tests.scenarios.outcomes import run
from tests.scenarios.turns import COST_CENTRE
from tests.scenarios.world import World

# put together here, so that no scanner takes this file for a leak
GITHUB = "gh" + "p_" + "a1B2c3D4e5" * 4
ENTRA = "Abc8" + "Q~" + "xYz.0123456789abcdefghijABCDEFGHij"
JWT = "ey" + "JhbGciOiJIUzI1NiJ9" + "." + "ey" + "JzdWIiOiJyb2JvdCJ9" + "." + "c2lnbmF0dXJl"
KEY = "-----BEGIN " + "PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0\n-----END " + "PRIVATE KEY-----"
STRING = "Server=db1;User ID=sync;" + "Pass" + "word=Hunter2-and-more"
PLAIN = "Summer-2026-Contoso!"


# -- in an export


PASSWORD = (
    '<parameter name="password" type="encrypted-string" use="connectivity" dataType="String" '
    'encrypted="1"'
)
BIND = '<parameter name="ssl-bind" type="string" use="connectivity"'

PLACES = {
    "an encrypted parameter": (
        "connector:corp",
        f"{PASSWORD} />",
        PASSWORD + ">{}</parameter>",
    ),
    "a parameter of another name that is encrypted": (
        "connector:corp",
        BIND,
        '<parameter name="Contoso.Note" type="string" encrypted="1">{}</parameter>' + BIND,
    ),
    "a parameter that is called like a secret": (
        "settings",
        "    <parameter-values>\n",
        (
            '<parameter-values><parameter name="Contoso.ClientSecret" type="string" '
            'use="SynchronizationGlobal" dataType="String">{}</parameter>'
        ),
    ),
    "an element that is called like a secret": (
        "connector:corp",
        "  <join />\n",
        "  <join />\n<forest-login-password>{}</forest-login-password>",
    ),
    "encrypted attributes": (
        "connector:corp",
        "  <join />\n",
        "  <join />\n<encrypted-attributes><attribute>{}</attribute></encrypted-attributes>",
    ),
    "an attribute that is called like a secret": (
        "connector:corp",
        "  <join />\n",
        '  <join />\n<contoso-addition access-token="{}">7</contoso-addition>',
    ),
    "a cookie": ("connector:corp", "<dc-failover>1</dc-failover>", "<cookie>{}</cookie>"),
}


def test_no_secret_of_an_export_reaches_a_file_or_an_output(bare: World) -> None:
    before = bare.live.copy(bare.folder / "before")
    secrets = [f"{PLAIN}{number}-{title[-6:]}" for number, title in enumerate(PLACES)]
    for secret, (part, old, new) in zip(secrets, PLACES.values(), strict=True):
        path = bare.live.file(part)
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new.format(secret), 1), encoding="utf-8")
    said = [text for source in (before, bare.live) for text in _everything(bare, source)]
    said += [name + data.decode("utf-8") for name, data in bare.files().items()]
    for text in said:
        for secret in [PLAIN, *secrets]:
            _assert_absent(text, secret)


def _everything(world: World, source: Export) -> Iterator[str]:
    yield run("import", "prod", "--from", source.source).text
    yield run("snapshot", "prod", "--from", source.source, "--out", "snapshot.json").text
    yield Path("snapshot.json").read_text(encoding="utf-8")
    for command in ("plan", "drift"):
        for form in ("text", "json", "markdown"):
            yield run(command, "prod", "--live", world.live.source, "--format", form).text
    yield run("compare", source.source, world.live.source, "--json").text


NAMED = "ClientSecretValue StorageKey ApiKey Password1 EncryptedPwd PasswordHash.Data".split()


def test_what_was_left_out_of_a_recording_is_told_and_the_tree_stays_valid(bare: World) -> None:
    parameter = (
        '<parameter name="Contoso.{}" type="string" use="SynchronizationGlobal" '
        'dataType="String">{}</parameter>'
    )
    planted = [parameter.format(name, PLAIN) for name in NAMED]
    planted.append(parameter.format("Note", GITHUB))
    path = bare.live.file("settings")
    text = path.read_text(encoding="utf-8")
    holder = "<parameter-values>"
    path.write_text(text.replace(holder, holder + "".join(planted), 1), encoding="utf-8")

    outcome = run("import", "prod", "--from", bare.live.source)

    assert outcome.code == 0, outcome.text
    for name in (*NAMED, "Note"):
        assert f'"Contoso.{name}" was left out' in outcome.text
    written = "".join(data.decode("utf-8") for data in bare.files().values())
    for said in (outcome.text, written):
        _assert_absent(said, PLAIN)
        _assert_absent(said, GITHUB)
    assert run("validate").code == 0


# -- in git


def test_a_secret_in_a_recording_makes_the_tree_invalid(bare: World) -> None:
    assert run("import", "prod", "--from", bare.live.source).code == 0
    (path,) = (bare.folder / "desired-state" / "prod" / "recorded").glob("*.json")
    text = path.read_text(encoding="utf-8")
    assert '"parameters": {' in text
    planted = f'"parameters": {{\n        "Contoso.ApiKey": "{PLAIN}",'
    path.write_text(text.replace('"parameters": {', planted), encoding="utf-8")
    outcome = run("validate")
    assert outcome.code == 65
    assert "RC1303" in outcome.text
    _assert_absent(outcome.text, PLAIN)


RULE = (
    "rule: x\nconnector: corp\ndirection: inbound\nsource: user\ntarget: person\nlink: join\n"
    "precedence: 3\n"
)

TREES = {
    "a password where its source should be named": (
        "connections.yaml",
        (
            "servers:\n  sync01:\n    transport: winrm\n    host: sync01\n    identity:\n"
            "      read: {{username: {{env: USER_NAME}}, password: {!r}}}\n"
        ),
    ),
    "a secret where the name of a variable should stand": (
        "connections.yaml",
        "servers:\n  sync01:\n    identity: {{read: {{password: {{env: {!r}}}}}}}\n",
    ),
    "a key that nobody knows": ("server.yaml", "scheduler: {{client_secret: {!r}}}\n"),
    "a wrong type": (
        "server.yaml",
        "scheduler: {{cycle_enabled: {!r}}}\nautomatic_upgrade: enabled\n",
    ),
    "a closed list of words": ("server.yaml", "automatic_upgrade: {!r}\n"),
    "a comment": ("server.yaml", "# {!r}\nautomatic_upgrade: enabled\n"),
    "a key": ("server.yaml", "{!r}: enabled\n"),
    "a duplicate key": ("server.yaml", "a: 1\n{0!r}: 1\n{0!r}: 2\n"),
    "a broken line": ("server.yaml", "automatic_upgrade: [{!r}\nscheduler: }}\n"),
    "an unclosed quote": ("server.yaml", 'automatic_upgrade: "{}\n'),
    "an anchor": ("server.yaml", "automatic_upgrade: &{} enabled\n"),
    "a rule's name": (
        "rules/x.yaml",
        (
            "rule: {0!r}\nconnector: corp\ndirection: inbound\nsource: user\n"
            "target: person\nlink: join\nprecedence: 3\nflows: {{title: {{from: title}}}}\n"
        ),
    ),
    "an expression that cannot be read": (
        "rules/x.yaml",
        RULE + "flows: {{title: {{expression: 'Trim(\"{}\"'}}}}\n",
    ),
    "an unknown function": (
        "rules/x.yaml",
        RULE + "flows: {{title: {{expression: 'Trimm(\"{}\")'}}}}\n",
    ),
    "the connector of a rule": ("rules/x.yaml", "rule: x\nconnector: {!r}\n"),
    "a file that nobody knows": ("secrets.yaml", "a: {!r}\n"),
}

SHAPES = {"a GitHub token": GITHUB, "an Entra secret": ENTRA, "a JSON web token": JWT}


@pytest.mark.parametrize("secret", SHAPES.values(), ids=SHAPES.keys())
@pytest.mark.parametrize("place", TREES.values(), ids=TREES.keys())
def test_a_secret_in_git_is_refused_and_never_repeated(
    bare: World, place: tuple[str, str], secret: str
) -> None:
    run("init", "prod")
    file, template = place
    bare.write(file, template.format(secret))
    for form in ("text", "json", "sarif", "github"):
        outcome = run("validate", "--format", form)
        assert outcome.code == 65, outcome.text
        _assert_absent(outcome.text, secret)
    planned = run("plan", "prod", "--json")
    assert planned.code == 65
    _assert_absent(planned.text, secret)


@pytest.mark.parametrize("secret", [KEY, STRING])
def test_a_key_or_connection_string_in_a_description_is_refused(world: World, secret: str) -> None:
    lines = "\n".join(f"  {line}" for line in secret.splitlines())
    text = world.read(COST_CENTRE)
    start = text.index("description: |-\n")
    world.write(COST_CENTRE, text[:start] + "description: |-\n" + lines + "\n" + text[start + 16 :])
    outcome = run("validate", "--json")
    assert outcome.code == 65
    for line in secret.splitlines():
        _assert_absent(outcome.text, line.removeprefix("-----"))


def test_a_plain_password_under_its_name_is_refused_and_never_repeated(bare: World) -> None:
    run("init", "prod")
    file, template = TREES["a password where its source should be named"]
    bare.write(file, template.format(PLAIN))
    outcome = run("validate", "--json")
    assert outcome.code == 65
    _assert_absent(outcome.text, PLAIN)


def test_a_defect_repeats_nothing_of_what_it_was_working_on(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ValueError(GITHUB)

    monkeypatch.setattr("reconciler.application.planning.plan", fail)
    outcome = run("plan", "prod", "--json", "--log-level", "debug")
    assert outcome.code == 1
    assert world.files()
    _assert_absent(outcome.text, GITHUB)


def _assert_absent(text: str, secret: str) -> None:
    for piece in (secret, secret[: len(secret) // 2], secret[4:24]):
        assert piece not in text
    assert base64.b64encode(secret.encode()).decode() not in text
