"""What the bridge takes for a request, and that texts arrive and come back as they are."""

from __future__ import annotations

import base64
import json
import subprocess
from typing import Any

import pytest

from reconciler.live.bridge.wire import MARK, to_text
from tests.bridge.applying import (
    ADD,
    NEW_RULE,
    RUN,
    STOP,
    SWITCH,
    Operation,
    Session,
    flow,
    rule,
)
from tests.bridge.bad_requests import BAD
from tests.bridge.counterpart import ENTRIES, MODULES, require_pwsh

pytestmark = pytest.mark.slow

TEXTS = {
    "a date": "2026-05-03T14:28:09Z",
    "a date of the old cmdlet": "/Date(1462285689000)/",
    "a number": "1e5",
    "nothing": "null",
    "marks": "==x=",
    "quotes": "IIF(IsPresent([mail]), \"it's\", `$($env:PATH)` & '\"')",
    "backslashes": "a\\b\\u0041\\n\\",
    "line ends": "one\ntwo\n\n three",
    "unicode": "Ünïcode – \u4e2d\u6587 \U0001f600 \u2028 \x7f",
    "blanks": "  at both ends  ",
    "markup": "<a>&amp;</a>",
    "a megabyte": 'Größe \u4e2d \\ " ' * 80_000,
    "all of unicode": "".join(map(chr, [*range(0x20, 0xD800, 23), *range(0xE000, 0xFFFE, 23)])),
}


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_comes_back_as_it_was_sent(session: Session, name: str) -> None:
    text = TEXTS[name]
    short = text[:10_000]
    session.open()
    wanted = rule(
        description=short,
        scope=[[{"attribute": "department", "operator": "EQUAL", "value": short}]],
        flows=[
            flow("department", type="Constant", source=[text]),
            flow("title", type="Expression", expression=f'"{short}"', source=["title"]),
        ],
    )
    operation = Operation(
        verb="add-rule", target=ADD.target, value=wanted, facets=ADD.facets, cmdlet=ADD.cmdlet
    )

    reply = session.change(operation)

    assert reply.error is None
    assert isinstance(reply.value, dict)
    facets: Any = reply.value["facets"]
    found = facets[0]["value"]
    assert {key: found[key] for key in wanted} == wanted
    assert session.outcome(reply.id)["result"]["value"] == reply.value
    rules = session.stub.exported().tree["rules"]
    (kept,) = (item for item in rules if item["identifier"] == NEW_RULE)
    assert (kept["description"], kept["flows"][0]["constant"]) == (short, text)


def test_windows_line_ends_of_a_description_are_no_difference(session: Session) -> None:
    # the export's XML keeps LF only, as a product may
    session.open()
    operation = Operation(
        verb="add-rule",
        target=ADD.target,
        value=rule(description="one\r\ntwo"),
        facets=ADD.facets,
        cmdlet=ADD.cmdlet,
    )

    assert session.change(operation).error is None


@pytest.mark.parametrize("name", BAD)
def test_a_bad_request_is_refused_before_anything_is_done(session: Session, name: str) -> None:
    session.open()

    reply = session.change(SWITCH, **BAD[name]())

    assert reply.error is not None
    assert reply.error.code == "bad-request", reply.error
    assert not [call for call in session.stub.calls() if not call.startswith("Get-")]


def test_what_is_not_there_is_not_found(session: Session) -> None:
    session.open()
    nobody = "rule/99999999-9999-4999-8999-999999999999"
    for verb, target, value in (
        ("set-rule-disabled", nobody, {"disabled": True}),
        ("remove-rule", nobody, {}),
        ("set-override", nobody.replace("rule", "overrides"), {"full_sync": True}),
        ("set-connector", nobody.replace("rule", "connector"), {"object_types": ["user"]}),
    ):
        operation = Operation(verb=verb, target=target, value=value, facets=(), cmdlet="")

        reply = session.change(operation)

        assert reply.error is not None
        assert reply.error.code == "not-found", verb


def test_an_identifier_is_given_once(session: Session) -> None:
    session.open()
    session.change(ADD)

    reply = session.change(ADD)

    assert reply.error is not None
    assert reply.error.code == "already-exists"


def test_an_id_belongs_to_one_change(session: Session) -> None:
    session.open()
    session.change(SWITCH, id="one")

    reply = session.change(STOP, id="one")

    assert reply.error is not None
    assert (reply.error.code, reply.error.target) == ("bad-request", "id")


@pytest.mark.parametrize("contract", ["2.0", "0.9", "1", "", "one.two"])
def test_another_major_contract_is_refused(session: Session, contract: str) -> None:
    reply = session.ask("Open-ReconcilerLease", contract=contract, run=RUN)

    assert reply.error is not None
    assert reply.error.code in {"contract-mismatch", "bad-request"}
    assert session.lease() is None


def test_a_later_minor_contract_is_taken(session: Session) -> None:
    assert session.open(contract="1.7").error is None


REQUESTS = {
    "no JSON": "{",
    "no object": "[]",
    "more than one value": "{}{}",
    "a text without its mark": '{"contract":"1.0"}',
    "a key twice": '{"contract":"=1.0","contract":"=1.0"}',
    "a fraction": '{"contract":1.5}',
    "a comma too many": '{"contract":"=1.0",}',
    "a control character": '{"contract":"=1\n0"}',
    "an unknown escape": '{"contract":"=\\x41"}',
    "too deep": "[" * 100 + "]" * 100,
    "nothing": " ",
}


@pytest.mark.parametrize("name", REQUESTS)
def test_what_is_no_request_is_a_bad_request(session: Session, name: str) -> None:
    reply = session.call("Invoke-ReconcilerChange", request=REQUESTS[name])

    assert reply.error is not None
    assert reply.error.code == "bad-request", reply.error


def line_of(text: str) -> bytes:
    return b"RC1 " + base64.b64encode(text.encode()) + b"\n"


def test_a_line_that_is_no_request_is_answered_and_the_next_one_too(running: Session) -> None:
    running.reset()
    lines = [
        b"hello\n",
        b"RC1 *\n",
        b"RC1\n",
        b"\n",
        line_of("{}"),
        line_of(to_text({"function": "Get-Process", "arguments": {}})),
        line_of(to_text({"function": "Get-ReconcilerState", "arguments": {}})),
        line_of(to_text({"function": "Get-ReconcilerState", "arguments": {"path": "x"}})),
        line_of(to_text({"function": "Invoke-ReconcilerChange", "arguments": {"request": "{}"}})),
        line_of(to_text({"function": "Get-ReconcilerOutcome", "arguments": {"id": "none"}})),
    ]

    done = subprocess.run(
        (require_pwsh(), "-NoProfile", "-NonInteractive", "-File", MODULES / ENTRIES["stdio-read"]),
        input=b"".join(lines),
        capture_output=True,
        check=False,
        env=running.stub.environment(),
    )

    replies = [json.loads(base64.b64decode(line[4:])) for line in done.stdout.splitlines()]
    assert done.returncode == 0
    assert [reply["error"] and reply["error"]["code"] for reply in replies] == [
        *[f"{MARK}bad-request"] * 8,
        None,
    ]
