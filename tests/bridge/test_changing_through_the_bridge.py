"""Every verb in a real PowerShell on the stub server: what it writes and when it refuses to."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from reconciler.live.recorded.export import read_export
from reconciler.model.snapshots import ConnectorTree, RuleTree, ServerTree
from tests.bridge.applying import (
    BACK_UP,
    BY_CMDLET,
    CONNECTOR,
    CORP,
    CUSTOM_RULE,
    DEFAULT_RULE,
    DOMAIN,
    NEED_IDLE,
    NEW_RULE,
    RUN,
    SCHEDULER,
    SET,
    STOP,
    SWITCH,
    WRITES,
    Operation,
    Session,
    rule,
)

pytestmark = pytest.mark.slow

every_write = pytest.mark.parametrize("operation", WRITES, ids=str)
WRITING = ("Set-", "Add-ADSyncRule", "Add-ADSyncConnector", "Remove-")


def written(session: Session) -> list[str]:
    """Return the writing cmdlets that were called."""
    return [name for name in session.stub.calls() if name.startswith(WRITING)]


def error_of(reply: Any) -> str:
    assert reply.error is not None
    return str(reply.error.code)


@every_write
def test_a_change_is_made_and_read_back(session: Session, operation: Operation) -> None:
    before = session.first_revisions()
    session.open()
    expect = [
        {"facet": facet, "revision": before.get(facet, "absent")} for facet in operation.facets
    ]

    reply = session.change(operation, expect=expect)

    assert reply.error is None
    assert isinstance(reply.value, dict)
    after = session.revisions()
    found: Any = reply.value["facets"]
    assert [item["facet"] for item in found] == list(operation.facets)
    assert {item["facet"]: item["revision"] for item in found} == {
        facet: after.get(facet) for facet in operation.facets
    }
    assert reply.revision == after.get(operation.facets[0])
    unchanged = {facet for facet in before if before[facet] == after.get(facet)}
    assert unchanged == set(before) - set(operation.facets)


@every_write
def test_a_change_of_something_that_changed_meanwhile_is_a_conflict(
    session: Session, operation: Operation
) -> None:
    before = session.first_revisions()
    session.open()
    facet = operation.facets[0]

    reply = session.change(operation, expect=[{"facet": facet, "revision": "0" * 64}])

    assert error_of(reply) == "conflict"
    assert reply.value == {"facets": [{"facet": facet, "revision": before.get(facet)}]}
    assert written(session) == []


@every_write
def test_a_dry_run_changes_nothing_and_needs_no_lease(
    session: Session, operation: Operation
) -> None:
    reply = session.change(operation, what_if=True, lease=None)

    assert reply.error is None
    assert written(session) == []
    assert not (session.stub.records / "outcomes").exists() or not list(
        (session.stub.records / "outcomes").iterdir()
    )


@every_write
def test_a_change_with_the_same_id_is_answered_and_not_made_again(
    session: Session, operation: Operation
) -> None:
    session.open()
    first = session.change(operation, id="same")
    calls = written(session)

    again = session.change(operation, id="same")

    assert first.error is None
    assert again == first
    assert written(session) == calls
    assert session.outcome("same")["state"] == "done"
    assert session.outcome("same")["result"]["value"] == first.value


@every_write
def test_a_change_without_a_lease_is_refused(session: Session, operation: Operation) -> None:
    session.open("another")

    assert error_of(session.change(operation, lease=None)) == "lease-required"
    assert error_of(session.change(operation)) == "lease-lost"
    assert written(session) == []


@pytest.mark.parametrize("operation", NEED_IDLE, ids=str)
@pytest.mark.parametrize(("switch", "code"), [("busy", "busy"), ("wizard", "wizard-open")])
def test_a_change_waits_for_an_idle_engine(
    session: Session, operation: Operation, switch: str, code: str
) -> None:
    session.open()
    session.stub.switch(**{switch: "1"})

    refused = session.change(operation, id="later")
    assert error_of(refused) == code
    assert written(session) == []
    assert session.outcome("later")["state"] == "not-seen"

    session.stub.switch()
    assert session.change(operation, id="later").error is None


@pytest.mark.parametrize("operation", [SCHEDULER, STOP, BACK_UP], ids=str)
@pytest.mark.parametrize("switch", ["busy", "wizard"])
def test_the_scheduler_can_be_stopped_while_a_cycle_runs(
    session: Session, operation: Operation, switch: str
) -> None:
    session.open()
    session.stub.switch(**{switch: "1"})

    assert session.change(operation).error is None


@pytest.mark.parametrize("operation", BY_CMDLET, ids=str)
def test_what_the_product_refuses_is_told_in_its_words(
    session: Session, operation: Operation
) -> None:
    before = session.first_revisions()
    session.open()
    session.stub.switch(refuse=operation.cmdlet)

    reply = session.change(operation, id="refused")

    assert error_of(reply) == "refused"
    assert reply.error is not None
    assert (reply.error.target, reply.error.text[:17]) == (operation.cmdlet, "Access is denied.")
    assert reply.revision == before.get(operation.facets[0])
    assert session.outcome("refused")["result"]["ok"] is False


@pytest.mark.parametrize("operation", BY_CMDLET, ids=str)
def test_a_write_that_the_product_ignores_is_not_called_done(
    session: Session, operation: Operation
) -> None:
    before = session.first_revisions()
    session.open()
    session.stub.switch(ignore=operation.cmdlet)

    reply = session.change(operation)

    assert error_of(reply) == "ignored"
    assert reply.revision == before.get(operation.facets[0])


def exported(session: Session) -> ServerTree:
    return session.stub.exported().tree


def rule_in(tree: ServerTree, identifier: str) -> RuleTree | None:
    return next((item for item in tree["rules"] if item["identifier"] == identifier), None)


def corp_in(tree: ServerTree) -> ConnectorTree:
    return next(item for item in tree["connectors"] if item["identifier"] == CORP)


def test_what_was_written_through_the_bridge_stands_in_the_export(session: Session) -> None:
    session.open()
    for operation in WRITES:
        assert session.change(operation).error is None, operation.verb
    tree = exported(session)

    assert tree["parameters"]["Microsoft.Synchronize.TimeInterval"] == "01:00:00"
    assert tree["parameters"]["Microsoft.Synchronize.RunHistoryPurgeInterval"] == "3.00:00:00"
    assert tree["parameters"]["Microsoft.OptionalFeature.AutoUpgradeState"] == "Disabled"
    assert corp_in(tree)["password_hash_sync"]["enabled"] is False
    assert corp_in(tree)["attributes"] == CONNECTOR.value["attribute_selection"]
    (partition,) = (part for part in corp_in(tree)["partitions"] if part["dn"] == DOMAIN)
    assert partition["selected"] is False
    assert partition["inclusions"] == [f"OU=Sales\\, EMEA,{DOMAIN}", f"OU=Ünïts,{DOMAIN}"]
    assert partition["exclusions"] == [DOMAIN]
    assert rule_in(tree, CUSTOM_RULE) is None
    default = rule_in(tree, DEFAULT_RULE)
    assert default is not None
    assert default["disabled"] is False
    new = rule_in(tree, NEW_RULE)
    assert new is not None
    assert new["scope"] == rule()["scope"]
    assert new["join"] == rule()["join"]
    assert session.state("settings")["audit_logging"] is False


def test_the_whole_rule_is_replaced_under_its_identifier(session: Session) -> None:
    session.open()

    assert session.change(SET).error is None

    (found,) = (item for item in session.state("rules") if item["identifier"] == CUSTOM_RULE)
    no_guid = "00000000-0000-0000-0000-000000000000"
    assert found == {
        **SET.value,
        "tag": "",
        "precedence_after": no_guid,
        "precedence_before": no_guid,
    }


def test_switching_a_default_rule_touches_nothing_else_of_it(session: Session) -> None:
    before = rule_in(exported(session), DEFAULT_RULE)
    session.open()

    session.change(SWITCH)

    after = rule_in(exported(session), DEFAULT_RULE)
    assert before is not None
    assert after == {**before, "disabled": False}


@pytest.mark.parametrize("verb", ["set-rule", "remove-rule"])
def test_a_default_rule_is_neither_edited_nor_removed(session: Session, verb: str) -> None:
    session.open()
    value = rule(identifier=DEFAULT_RULE) if verb == "set-rule" else {}
    operation = Operation(
        verb=verb, target=f"rule/{DEFAULT_RULE}", value=value, facets=(), cmdlet=""
    )

    assert error_of(session.change(operation)) == "bad-request"
    assert written(session) == []


def test_a_rule_is_inserted_before_another_and_pushes_it_along(session: Session) -> None:
    before = session.first_revisions()
    (first,) = (item for item in session.state("rules") if item["precedence"] == 100)
    session.open()
    inserted = rule(precedence=0, precedence_before=first["identifier"])
    operation = Operation(
        verb="add-rule",
        target=f"rule/{NEW_RULE}",
        value=inserted,
        facets=(f"rule/{NEW_RULE}",),
        cmdlet="Add-ADSyncRule",
    )

    reply = session.change(operation)

    numbers = {item["identifier"]: item["precedence"] for item in session.state("rules")}
    assert reply.error is None
    assert (numbers[NEW_RULE], numbers[first["identifier"]]) == (100, 101)
    # a number that the engine moved is nobody's change
    after = session.revisions()
    assert {facet: after[facet] for facet in before} == before


def test_the_backup_is_an_export_of_the_server(session: Session) -> None:
    session.open()

    reply = session.change(BACK_UP)

    assert isinstance(reply.value, dict)
    folder = Path(str(reply.value["path"]))
    assert folder.parent == session.stub.records / "backups"
    (server,) = read_export(folder).snapshot.servers
    assert server == session.stub.exported()


def test_a_run_that_only_made_a_backup_has_written_nothing(session: Session) -> None:
    session.open()

    session.change(BACK_UP)

    assert (session.lease()["written"], session.lease()["last_result"]) == (0, "done")


def test_each_change_is_logged_with_run_plan_and_caller(session: Session) -> None:
    session.open(owner="pipeline 7", plan_hash="c0ffee", commit="1a2b3c")

    session.change(SWITCH, id="logged")

    line = (session.stub.records / "events.log").read_text("utf-8").splitlines()[-1]
    assert line.startswith("4110 Information ")
    for text in (RUN, "pipeline 7", "c0ffee", "1a2b3c", "logged", "set-rule-disabled", "done"):
        assert f'"={text}"' in line


def test_the_generation_tells_a_change_of_rules_and_stays_without_one(session: Session) -> None:
    session.open()
    first = session.call("Get-ReconcilerInfo").generation
    assert session.call("Get-ReconcilerState", section="settings").generation == first

    session.change(SWITCH)

    assert session.call("Get-ReconcilerInfo").generation != first
