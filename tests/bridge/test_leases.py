"""Who may change a server: taking, renewing, holding, ending and breaking the lease."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.bridge.applying import BACK_UP, RUN, STOP, SWITCH, Session

pytestmark = pytest.mark.slow


def expire(session: Session) -> None:
    """Let the lease's time be over."""
    path = session.stub.records / "lease.json"
    lease = json.loads(path.read_text("ascii"))
    path.write_text(json.dumps({**lease, "expires": "=2020-01-01T00:00:00Z"}), "ascii")


def code(reply: Any) -> str | None:
    return None if reply.error is None else str(reply.error.code)


def test_the_lease_remembers_the_scheduler_as_it_was_found(session: Session) -> None:
    reply = session.open()
    session.change(STOP)

    assert isinstance(reply.value, dict)
    assert reply.value["state"] == "open"
    lease = session.lease()
    assert lease["state"] == "stopped"
    assert lease["scheduler_as_found"] == reply.value["scheduler_as_found"]
    assert lease["scheduler_as_found"]["cycle_enabled"] is True
    assert session.state("settings")["scheduler"]["cycle_enabled"] is False


def test_one_run_has_the_lease_and_another_is_told_which(session: Session) -> None:
    session.open()

    reply = session.open("run-2")

    assert code(reply) == "lease-held"
    assert isinstance(reply.value, dict)
    assert reply.value["run"] == RUN


def test_a_run_opens_its_own_lease_again(session: Session) -> None:
    session.open()
    session.change(STOP)

    again = session.open()

    assert isinstance(again.value, dict)
    assert (again.value["state"], again.value["written"]) == ("stopped", 1)


def test_a_run_has_one_plan(session: Session) -> None:
    session.open()

    assert code(session.open(plan_hash="another")) == "lease-held"


@pytest.mark.parametrize("work", [None, BACK_UP], ids=["nothing", "a backup"])
def test_an_expired_lease_that_changed_nothing_is_free(session: Session, work: Any) -> None:
    session.open()
    if work:
        session.change(work)
    expire(session)

    assert code(session.change(SWITCH)) == "lease-lost"
    assert code(session.open("run-2")) is None
    assert code(session.change(SWITCH)) == "lease-lost"
    assert session.lease()["run"] == "run-2"


@pytest.mark.parametrize("work", [STOP, SWITCH], ids=str)
def test_a_lease_that_changed_something_never_expires(session: Session, work: Any) -> None:
    session.open()
    session.change(work)
    expire(session)

    assert code(session.open("run-2")) == "lease-held"
    assert code(session.change(SWITCH)) is None


def test_an_expired_lease_can_be_opened_again_by_its_run(session: Session) -> None:
    session.open()
    expire(session)

    assert code(session.open()) is None
    assert code(session.change(SWITCH)) is None


def test_a_change_renews_the_lease(session: Session) -> None:
    session.open(minutes=600)
    first = session.lease()["expires"]
    path = session.stub.records / "lease.json"
    path.write_text(path.read_text("ascii").replace(first, "2099-01-01T00:00:00Z"), "ascii")

    session.change(SWITCH)

    assert session.lease()["expires"] < "2099"
    assert session.lease()["expires"] >= first


def test_a_lease_is_held_until_it_is_released(session: Session) -> None:
    session.open()
    assert code(session.ask("Update-ReconcilerLease", run=RUN, minutes=5, state="held")) is None
    expire(session)

    assert session.lease()["state"] == "held"
    assert code(session.open("run-2")) == "lease-held"
    assert code(session.ask("Close-ReconcilerLease", run=RUN, outcome="released")) is None
    assert session.lease() is None
    assert code(session.open("run-2")) is None


def test_only_the_run_itself_ends_its_lease(session: Session) -> None:
    session.open()

    assert code(session.ask("Close-ReconcilerLease", run="run-2", outcome="restored")) == (
        "lease-lost"
    )
    assert code(session.ask("Close-ReconcilerLease", run=RUN, outcome="done")) == "bad-request"
    assert code(session.ask("Close-ReconcilerLease", run=RUN, outcome="restored")) is None
    assert code(session.ask("Close-ReconcilerLease", run=RUN, outcome="restored")) == "lease-lost"


def test_breaking_a_lease_needs_its_run_and_a_reason_and_is_logged(session: Session) -> None:
    session.open()
    session.change(STOP)

    assert code(session.ask("Reset-ReconcilerLease", run="run-2", reason="why not")) == "lease-lost"
    assert code(session.ask("Reset-ReconcilerLease", run=RUN, reason=" ")) == "bad-request"
    assert code(session.ask("Reset-ReconcilerLease", run=RUN, reason="runner is gone")) is None

    assert session.lease() is None
    assert code(session.change(SWITCH)) == "lease-lost"
    events = (session.stub.records / "events.log").read_text("utf-8").splitlines()
    assert [line.split()[0] for line in events] == ["4101", "4110", "4103"]
    assert "runner is gone" in events[-1]
    assert events[-1].startswith("4103 Warning ")
