"""What people read when a document is wrong: each of these gives one finding that helps."""

from __future__ import annotations

import json

import pytest

from reconciler.desired.schema_checking import check_schema
from reconciler.model.findings import Finding
from reconciler.model.nodes import Plain, node_of
from reconciler.model.places import Place
from tests.schemas.files import document_schemas

RULE: dict[str, Plain] = {
    "rule": "R",
    "connector": "corp",
    "direction": "inbound",
    "source": "user",
    "target": "person",
    "link": "join",
    "precedence": 50,
}
CONNECTOR: dict[str, Plain] = {"connector": "corp", "forest": "corp.contoso.com"}


def units(value: Plain) -> dict[str, Plain]:
    domain: dict[str, Plain] = {"organizational_units": value}
    return {**CONNECTOR, "domains": {"corp.contoso.com": domain}}


def servers(**server: Plain) -> dict[str, Plain]:
    return {"servers": {"sync01.corp.contoso.com": server}}


def identity(**read: Plain) -> dict[str, Plain]:
    return servers(transport="winrm", identity={"read": read})


CASES: dict[str, tuple[str, dict[str, Plain], str, str]] = {
    "unknown operator": (
        "sync-rule",
        {**RULE, "scope": [[{"attribute": "mail", "operator": "ISNOTBITSET", "value": "2"}]]},
        "RC1203",
        'did you mean "ISBITNOTSET"?',
    ),
    "two ways of one flow": (
        "sync-rule",
        {**RULE, "flows": {"mail": {"from": "mail", "constant": "x"}}},
        "RC1209",
        'exactly one of "from", "constant", "expression"',
    ),
    "no way of a flow": (
        "sync-rule",
        {**RULE, "flows": {"mail": {"merge": "merge"}}},
        "RC1209",
        'exactly one of "from", "constant", "expression"',
    ),
    "sources without an expression": (
        "sync-rule",
        {**RULE, "flows": {"mail": {"from": "mail", "sources": ["x"]}}},
        "RC1202",
        '"expression" wherever "sources" stands',
    ),
    "true where text is expected": (
        "sync-rule",
        {**RULE, "flows": {"cloudFiltered": {"constant": True}}},
        "RC1204",
        'put it in quotes: "true"',
    ),
    "two precedences": (
        "sync-rule",
        {**RULE, "precedence": {"before": "A", "after": "B"}},
        "RC1207",
        "exactly one of before, after, insert_before, insert_after",
    ),
    "negative precedence": ("sync-rule", {**RULE, "precedence": -1}, "RC1205", "1 to 99"),
    "insertion behind another thing": (
        "sync-rule",
        {**RULE, "precedence": {"insert_after": "first"}},
        "RC1203",
        "last",
    ),
    "unknown key": ("sync-rule", {**RULE, "scopes": []}, "RC1201", 'did you mean "scope"?'),
    "null for a word": ("sync-rule", {**RULE, "link": None}, "RC1203", "sticky-join"),
    "nothing in a mapping": ("server", {"scheduler": {}}, "RC1207", "at least"),
    "half an hour in minutes": ("server", {"scheduler": {"interval": 30}}, "RC1204", "30"),
    "a span in words": ("server", {"scheduler": {"interval": "30m"}}, "RC1206", "00:30:00"),
    "suspended upgrades": ("server", {"automatic_upgrade": "suspended"}, "RC1203", "enabled"),
    "a domain by its name in the directory": (
        "connector",
        {**CONNECTOR, "domains": {"DC=corp,DC=contoso,DC=com": "all"}},
        "RC1206",
        "corp.contoso.com",
    ),
    "another word for all": (
        "connector",
        {**CONNECTOR, "domains": {"corp.contoso.com": "everything"}},
        "RC1206",
        "all, or a mapping",
    ),
    "raw lists beside the short ones": (
        "connector",
        units({"inclusions": [], "exclusions": [], "new": "excluded"}),
        "RC1207",
        "inclusions and exclusions alone",
    ),
    "one raw list": (
        "connector",
        units({"inclusions": []}),
        "RC1202",
        "inclusions and exclusions together",
    ),
    "a unit that is no name": (
        "connector",
        units({"include": ["Employees"]}),
        "RC1206",
        "OU=Employees",
    ),
    "forest and tenant": (
        "connector",
        {**CONNECTOR, "tenant": "contoso.onmicrosoft.com"},
        "RC1209",
        'exactly one of "forest", "tenant"',
    ),
    "an attribute twice": (
        "connector",
        {**CONNECTOR, "attributes": ["mail", "mail"]},
        "RC1208",
        "each item once",
    ),
    "a kind that cannot be allowed": (
        "environment",
        {"environment": "prod", "policy": {"allow_unsupported": ["group-filter"]}},
        "RC1203",
        "organizational-units",
    ),
    "an unknown role": (
        "environment",
        {"environment": "prod", "servers": {"sync01": {"role": "passive"}}},
        "RC1203",
        "staging",
    ),
    "an address for a host": (
        "environment",
        {"environment": "prod", "servers": {"https://sync01": {"role": "active"}}},
        "RC1206",
        "a host name",
    ),
    "a host that is an option": (
        "connections",
        {"servers": {"-oProxyCommand=x": {"transport": "winrm"}}},
        "RC1206",
        "a host name",
    ),
    "a process without a command": (
        "connections",
        servers(transport="process"),
        "RC1202",
        "command",
    ),
    "a command without a process": (
        "connections",
        servers(transport="winrm", command=["ssh"]),
        "RC1209",
        "a command only with transport: process",
    ),
    "a user without a password": (
        "connections",
        identity(user="svc-reconciler"),
        "RC1202",
        '"password" wherever "user" stands',
    ),
    "two sources of a secret": (
        "connections",
        identity(user="svc-reconciler", password={"env": "A", "file": "b"}),
        "RC1209",
        'exactly one of "env", "file"',
    ),
    "two ways to prove who one is": (
        "connections",
        {
            "tenant": {
                "identity": {
                    "read": {
                        "client": "11111111-0000-0000-0000-000000000001",
                        "certificate": {"file": "a"},
                        "secret": {"env": "B"},
                    }
                }
            }
        },
        "RC1209",
        "exactly one of",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_a_wrong_document_gives_one_finding_that_helps(name: str) -> None:
    document, value, code, words = CASES[name]

    (finding,) = findings(document, value)

    assert finding.code == code
    assert words in " ".join([finding.what, *finding.expected, finding.remedy])


def test_a_value_in_the_slot_of_a_secret_is_refused_without_being_repeated() -> None:
    found = findings("connections", identity(user="svc-reconciler", password="hunter2"))

    assert [finding.code for finding in found] == ["RC1204"]
    assert "hunter2" not in json.dumps([str(finding) for finding in found])


@pytest.mark.parametrize("number", [0, 1, 99, 100, 300])
def test_every_number_that_a_server_can_hold_is_accepted(number: int) -> None:
    assert findings("sync-rule", {**RULE, "precedence": number}) == ()


@pytest.mark.parametrize(
    "more",
    [
        {"link": "join-no-flow"},
        {"scope": [[]]},
        {"join": [[], []]},
        {"scope": [[{"attribute": "mail", "operator": "ISNULL", "value": "left over"}]]},
        {"flows": {"mail": {"constant": ""}}},
        {"flows": {"mail": {"from": ["mail", "proxyAddresses"]}}},
        {"flows": {"mail": {"expression": "Trim([mail]", "sources": ["False"]}}},
        {"description": ""},
    ],
    ids=str,
)
def test_oddities_of_running_servers_are_accepted(more: dict[str, Plain]) -> None:
    assert findings("sync-rule", {**RULE, **more}) == ()


def findings(name: str, value: dict[str, Plain]) -> tuple[Finding, ...]:
    node = node_of(value, Place(f"{name}.yaml", 1, 1))
    return check_schema(node, document_schemas()[name], schema_name=name)
