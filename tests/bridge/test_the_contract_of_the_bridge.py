"""What the module answers and takes, held against schemas/bridge: the contract of both sides."""

from __future__ import annotations

import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tests.bridge.applying import BACK_UP, RUN, STOP, SWITCH, WRITES, Operation, Session
from tests.bridge.bad_requests import BAD
from tests.counterparts import ROOT

SCHEMAS = ROOT / "schemas" / "bridge"
EVERY_SECTION = "settings,connectors,rules,schemas,hierarchy,overrides,statistics,revisions"


def validator(name: str) -> Draft202012Validator:
    schema = json.loads((SCHEMAS / f"{name}.schema.json").read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def as_reply(reply: Any) -> dict[str, Any]:
    error = reply.error
    return {
        "contract": reply.contract,
        "id": reply.id,
        "ok": error is None,
        "value": reply.value,
        "error": error and {"code": error.code, "target": error.target, "text": error.text},
        "revision": reply.revision,
        "server_time": reply.server_time,
        "generation": reply.generation,
    }


def assert_valid(reply: Any, name: str) -> None:
    validator("reply").validate(as_reply(reply))
    validator(name).validate(reply.value)


def request_of(operation: Operation, **members: Any) -> dict[str, Any]:
    op = {
        "verb": operation.verb,
        "target": operation.target,
        "expect": [],
        "value": operation.value,
    }
    wanted = {"contract": "1.0", "id": "1", "lease": RUN, "group": "1", "what_if": False, "op": op}
    return {**wanted, **members}


@pytest.mark.slow
def test_what_is_read_is_as_the_contract_says(session: Session) -> None:
    session.open()

    assert_valid(session.call("Get-ReconcilerInfo"), "info")
    state = session.call("Get-ReconcilerState", section=EVERY_SECTION)
    assert_valid(state, "state")
    assert isinstance(state.value, dict)
    assert set(state.value) == {*EVERY_SECTION.split(","), "refused"}


@pytest.mark.slow
def test_a_section_that_the_product_refuses_is_named_and_the_others_are_there(
    session: Session,
) -> None:
    session.stub.switch(refuse="Get-ADSyncSchema,Get-ADSyncConnectorPartitionHierarchy")

    reply = session.call("Get-ReconcilerState", section=EVERY_SECTION)

    assert_valid(reply, "state")
    value: Any = reply.value
    assert "schemas" not in value
    assert value["hierarchy"] == []
    assert value["rules"]
    refused = [(item["section"], item["target"]) for item in value["refused"]]
    assert ("schemas", "Get-ADSyncSchema") in refused
    assert [target for section, target in refused if section == "hierarchy"]
    assert all(item["text"].startswith("Access is denied.") for item in value["refused"])


@pytest.mark.slow
@pytest.mark.parametrize("operation", [*WRITES, BACK_UP], ids=str)
def test_what_a_change_answers_is_as_the_contract_says(
    session: Session, operation: Operation
) -> None:
    validator("change-request").validate(request_of(operation))
    session.open()

    dry = session.change(operation, what_if=True)
    assert_valid(dry, "change")
    reply = session.change(operation, id="valid")
    assert_valid(reply, "change")
    assert_valid(session.call("Get-ReconcilerOutcome", id="valid"), "outcome")
    stale = [{"facet": "scheduler", "revision": "0" * 64}]
    assert_valid(session.change(STOP, expect=stale), "change")


@pytest.mark.slow
def test_what_lease_functions_answer_is_as_the_contract_says(session: Session) -> None:
    assert_valid(session.open(), "lease")
    session.change(SWITCH)
    assert_valid(session.open("run-2"), "lease")
    assert_valid(session.ask("Update-ReconcilerLease", run=RUN, minutes=5, state="held"), "lease")
    assert_valid(session.ask("Close-ReconcilerLease", run=RUN, outcome="released"), "lease")
    session.open()
    assert_valid(session.ask("Reset-ReconcilerLease", run=RUN, reason="because"), "lease")


LEASE_REQUESTS = (
    {"run": RUN, "owner": "x", "plan_hash": "ab", "commit": None, "minutes": 5},
    {"run": RUN, "minutes": 5},
    {"run": RUN, "minutes": 5, "state": "held"},
    {"run": RUN, "outcome": "restored"},
    {"run": RUN, "reason": "because"},
)


@pytest.mark.parametrize("members", LEASE_REQUESTS, ids=str)
def test_requests_for_leases_fit_their_schema(members: dict[str, Any]) -> None:
    request = {"contract": "1.0", "id": "1", **members}

    validator("lease-request").validate(request)
    assert not validator("lease-request").is_valid({**request, "force": True})


# these have the right shape: what is wrong is how their parts fit together
OF_MEANING = {"a rule of another identifier"}


@pytest.mark.parametrize("name", [name for name in BAD if name not in OF_MEANING])
def test_what_the_module_refuses_as_bad_the_schema_refuses_too(name: str) -> None:
    request = request_of(SWITCH, **BAD[name]())

    assert not validator("change-request").is_valid(request)


def test_a_line_fits_its_schema() -> None:
    line = validator("line")

    line.validate({"function": "Get-ReconcilerInfo", "arguments": {}})
    line.validate({"function": "Get-ReconcilerState", "arguments": {"section": "rules"}})
    line.validate({"function": "Invoke-ReconcilerChange", "arguments": {"request": "{}"}})
    assert not line.is_valid({"function": "Get-Process", "arguments": {}})
