"""Builds that lack a cmdlet or ask for more, and a bridge without the third module."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest

from tests.bridge.applying import (
    CONNECTOR,
    PASSWORD_HASHES,
    REMOVE,
    SCHEDULER,
    STOP,
    Operation,
    Session,
)
from tests.bridge.counterpart import MODULES, StubServer, export_of, require_pwsh

pytestmark = pytest.mark.slow

LACKING = (
    f"Set-ADSyncScheduler:PurgeRunHistoryInterval,Get-ADSyncAutoUpgrade:Detail,{REMOVE.cmdlet}"
)
ASKING = "Set-ADSyncAADPasswordSyncConfiguration:AADUsername"


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    require_pwsh()
    modules = tmp_path_factory.mktemp("modules") / "powershell"
    shutil.copytree(MODULES, modules, ignore=shutil.ignore_patterns("ReconcilerUnsupported"))
    stub = StubServer(export_of("example"), tmp_path_factory.mktemp("older"))
    transport = stub.transport(
        "stdio-apply", modules=modules, ADSYNC_STUB_WITHOUT=LACKING, ADSYNC_STUB_ASKING=ASKING
    )
    with closing(transport):
        session = Session(stub, transport)
        session.open()
        yield session


def test_the_bridge_says_what_this_build_has(other: Session) -> None:
    value: Any = other.call("Get-ReconcilerInfo").value

    cmdlets = {item["name"]: item["parameters"] for item in value["cmdlets"]}
    assert "Remove-ADSyncRule" not in cmdlets
    assert "PurgeRunHistoryInterval" not in cmdlets["Set-ADSyncScheduler"]
    assert cmdlets["Get-ADSyncAutoUpgrade"] == []
    assert "AADUsername" in cmdlets["Set-ADSyncAADPasswordSyncConfiguration"]
    assert value["capabilities"] == ["read", "apply"]


def test_a_bare_state_of_automatic_upgrade_is_read_as_well(other: Session) -> None:
    upgrade = other.state("settings")["automatic_upgrade"]

    assert upgrade == {"state": "Enabled", "reason": None}


@pytest.mark.parametrize(
    ("operation", "target"),
    [
        (SCHEDULER, "Set-ADSyncScheduler -PurgeRunHistoryInterval"),
        (REMOVE, "Remove-ADSyncRule"),
        (PASSWORD_HASHES, "Set-ADSyncAADPasswordSyncConfiguration"),
        (CONNECTOR, "unsupported"),
    ],
    ids=str,
)
def test_what_this_server_cannot_do_is_said_before_anything_is_done(
    other: Session, operation: Operation, target: str
) -> None:
    calls = other.stub.calls().count(operation.cmdlet)

    reply = other.change(operation)

    assert reply.error is not None
    assert (reply.error.code, reply.error.target) == ("unsupported-here", target)
    assert other.stub.calls().count(operation.cmdlet) == calls


def test_a_verb_is_not_refused_for_a_parameter_that_it_does_not_need(other: Session) -> None:
    assert other.change(STOP).error is None
