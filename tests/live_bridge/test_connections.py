"""Which connections count, what they say, and that their secrets never show."""

from __future__ import annotations

import copy
import json
import os
import pickle
import traceback
from pathlib import Path

import pytest

from reconciler.desired.yaml_reading import read_yaml
from reconciler.live.bridge.opening import Role, open_transport
from reconciler.live.bridge.process import ProcessTransport
from reconciler.live.bridge.transport import TransportError, Trouble
from reconciler.live.bridge.winrm import WinRMTransport
from reconciler.live.connections import (
    Account,
    Authentication,
    Connections,
    Effective,
    Way,
    connections_in,
    effective_document,
)
from reconciler.live.secret_sources import Secret, SecretError, SecretSource
from tests.counterparts import ROOT

PLANTED = "Summer-2026-Contoso!"
DOCUMENT = """
servers:
  sync01.corp.contoso.com:
    transport: winrm
    host: sync01.mgmt.contoso.com
    port: 5987
    ca_file: ca.pem
    identity:
      read: {user: CONTOSO\\svc-read, password: {env: SYNC_READER}}
      apply: {user: CONTOSO\\svc-apply, password: {file: apply.txt}}
  sync02:
    transport: winrm
  sync03:
    transport: process
    command: [ssh, sync03.corp.contoso.com]
tenant:
  identity:
    read: {client: 11111111-0000-0000-0000-000000000001, secret: {env: TENANT_SECRET}}
directories:
  corp.contoso.com:
    identity:
      read: {user: svc-ad, password: {env: AD_READER}}
"""


def read(text: str = DOCUMENT, *, folder: Path = Path("here")) -> Connections:
    root, refused = read_yaml(text.encode(), file="connections.yaml")
    assert root is not None
    assert not refused
    return connections_in(root, folder=folder)


@pytest.mark.parametrize(
    ("option", "environ", "expected"),
    [
        ("a.yaml", {}, Effective(file=Path("a.yaml"))),
        ("a.yaml", {"RECONCILER_CONNECTIONS": "b.yaml"}, Effective(file=Path("a.yaml"))),
        (None, {"RECONCILER_CONNECTIONS": "b.yaml"}, Effective(file=Path("b.yaml"))),
        (None, {"RECONCILER_CONNECTIONS": "b.yaml", "CI": "1"}, Effective(file=Path("b.yaml"))),
        (None, {}, Effective(is_of_tree=True)),
        (None, {"CI": ""}, Effective(is_of_tree=True)),
        (None, {"GITHUB_ACTIONS": "true"}, Effective(ci_variable="GITHUB_ACTIONS")),
        (None, {"TF_BUILD": "True"}, Effective(ci_variable="TF_BUILD")),
        (None, {"GITLAB_CI": "true"}, Effective(ci_variable="GITLAB_CI")),
    ],
)
def test_the_tree_does_not_say_how_servers_are_reached_where_ci_runs(
    option: str | None, environ: dict[str, str], expected: Effective
) -> None:
    assert effective_document(option, environ) == expected


def test_a_connection_is_found_by_the_servers_name_in_any_case() -> None:
    connections = read()

    found = connections.of("SYNC01.corp.contoso.com")

    assert found is not None
    assert (found.server, found.way) == ("sync01.corp.contoso.com", Way.WINRM)
    assert (found.host, found.port) == ("sync01.mgmt.contoso.com", 5987)
    assert found.ca_file == Path("here/ca.pem")
    assert found.read == Account(
        user="CONTOSO\\svc-read", password=SecretSource(variable="SYNC_READER")
    )
    assert found.apply == Account(
        user="CONTOSO\\svc-apply", password=SecretSource(file=Path("here/apply.txt"))
    )
    assert connections.of("sync09") is None


def test_a_server_is_its_own_host_and_signs_in_as_who_runs_the_command() -> None:
    found = read().of("sync02")

    assert found is not None
    assert (found.host, found.read, found.apply) == ("sync02", Account(), None)
    assert found.read.authentication is Authentication.NEGOTIATE


def test_every_variable_that_any_connection_names_is_a_source_of_secrets() -> None:
    assert read().secret_variables == {"SYNC_READER", "TENANT_SECRET", "AD_READER"}


def test_a_document_without_servers_connects_to_none() -> None:
    assert read("tenant: {}") == Connections()


@pytest.mark.parametrize("name", ["host: -oProxyCommand=x", 'host: "-x"'])
def test_a_host_that_would_be_an_option_is_no_connection(name: str) -> None:
    assert read(f"servers: {{sync01: {{transport: winrm, {name}}}}}").of("sync01") is None


def test_every_example_of_the_schema_is_understood() -> None:
    schema = json.loads((ROOT / "schemas" / "connections.schema.json").read_text())
    servers = schema["properties"]["servers"]["additionalProperties"]["examples"]
    text = json.dumps({"servers": {f"sync{number}": item for number, item in enumerate(servers)}})

    assert len(read(text).servers) == len(servers)


# -- secrets


def test_a_secret_is_read_when_it_is_needed(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text(f"{PLANTED}\r\n")

    assert SecretSource(variable="X").read({"X": PLANTED}).reveal() == PLANTED
    assert SecretSource(file=file).read({}).reveal() == PLANTED


def test_a_secret_never_shows_itself() -> None:
    secret = Secret(PLANTED)

    shown = [repr(secret), str(secret), f"{secret}", f"{secret!r}", repr([secret])]
    assert all(PLANTED not in text for text in shown)
    for copied in (pickle.dumps, copy.deepcopy):
        with pytest.raises(TypeError):
            copied(secret)


@pytest.mark.parametrize(
    "content", [None, b"", b"  \n", b"\xff\xfe" + PLANTED.encode(), b"x" * 70_000]
)
def test_a_secret_that_cannot_be_had_names_its_source_alone(
    tmp_path: Path, content: bytes | None
) -> None:
    file = tmp_path / "reader.txt"
    if content is not None:
        file.write_bytes(content)

    with pytest.raises(SecretError) as caught:
        SecretSource(file=file).read({})

    trace = "".join(traceback.format_exception(caught.value))
    assert '"reader.txt"' in caught.value.what
    assert PLANTED not in trace
    assert str(tmp_path) not in caught.value.what


def test_a_variable_that_is_not_set_is_named() -> None:
    with pytest.raises(SecretError, match="SYNC_READER"):
        SecretSource(variable="SYNC_READER").read({"SYNC_READER": ""})


# -- opening


@pytest.mark.parametrize(
    ("server", "kind"),
    [
        ("sync01.corp.contoso.com", WinRMTransport),
        ("sync02", WinRMTransport),
        ("sync03", ProcessTransport),
    ],
)
def test_a_connection_opens_its_transport_and_reaches_nothing_yet(server: str, kind: type) -> None:
    connections = read()
    connection = connections.of(server)
    assert connection is not None

    transport = open_transport(
        connection, role=Role.READ, connections=connections, environ={"SYNC_READER": PLANTED}
    )
    transport.close()

    assert type(transport) is kind
    assert PLANTED not in repr(vars(transport))


@pytest.mark.parametrize(
    ("server", "role", "what"),
    [
        ("sync01.corp.contoso.com", Role.READ, "SYNC_READER"),
        ("sync01.corp.contoso.com", Role.APPLY, '"apply.txt"'),
        ("sync02", Role.APPLY, "no identity that applies"),
    ],
)
def test_a_connection_without_its_secret_or_identity_is_not_opened(
    server: str, role: Role, what: str
) -> None:
    connections = read()
    connection = connections.of(server)
    assert connection is not None

    with pytest.raises(TransportError, match=what) as caught:
        open_transport(connection, role=role, connections=connections, environ={})

    assert (caught.value.kind, caught.value.is_outcome_unknown) == (Trouble.REFUSED, False)


def test_a_command_that_must_not_run_is_refused_when_it_is_opened() -> None:
    connections = read("servers: {sync01: {transport: process, command: [ssh]}}")
    connection = connections.of("sync01")
    assert connection is not None

    with pytest.raises(TransportError, match="names no host"):
        open_transport(connection, role=Role.READ, connections=connections, environ=os.environ)
