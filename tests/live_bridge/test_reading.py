"""Reading a server: which calls, what changes meanwhile, what fails on the way, who holds it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from itertools import count

import pytest

from reconciler.live.bridge.transport import TransportError, Trouble
from reconciler.live.server.codes import Code
from reconciler.live.server.reading import read_server, transport_finding
from reconciler.model.findings import Concern, Severity
from reconciler.model.nodes import Plain
from reconciler.model.snapshots import Part, State
from tests.live_bridge.bridge_json import info_value, lease_value, reply_value, state_of
from tests.live_bridge.fakes import Answer, FakeTransport, answering, soon
from tests.live_bridge.test_decoding import codes, damaged, live_tree, server_of


@cache
def state() -> dict[str, Plain]:
    return state_of(live_tree())


def test_a_server_is_read_in_five_calls() -> None:
    transport = FakeTransport(answering(state()))

    read_server(transport, deadline=soon())

    assert transport.asked == [
        ("Get-ReconcilerInfo", {}),
        ("Get-ReconcilerState", {"section": "settings,connectors"}),
        ("Get-ReconcilerState", {"section": "rules"}),
        ("Get-ReconcilerState", {"section": "schemas"}),
        ("Get-ReconcilerState", {"section": "hierarchy"}),
    ]


@pytest.mark.parametrize("changes_at", range(1, 5))
def test_a_server_that_changes_meanwhile_is_read_again_once(changes_at: int) -> None:
    calls = count()
    plain = answering(state())

    def answer(function: str, arguments: Mapping[str, str]) -> Answer:
        generation = "aa" if next(calls) < changes_at else "bb"
        found = plain(function, arguments)
        assert isinstance(found, dict)
        return {**found, "generation": generation}

    transport = FakeTransport(answer)
    reading = read_server(transport, deadline=soon())

    assert len(transport.asked) == 10
    assert reading.recorded.findings == ()
    assert damaged(reading) == set()


def test_a_server_that_never_rests_is_damage_as_a_whole() -> None:
    calls = count()
    plain = answering(state())

    def answer(function: str, arguments: Mapping[str, str]) -> Answer:
        found = plain(function, arguments)
        assert isinstance(found, dict)
        return {**found, "generation": f"{next(calls):02x}"}

    transport = FakeTransport(answer)
    reading = read_server(transport, deadline=soon())

    assert len(transport.asked) == 10
    assert codes(reading) == [Code.CHANGED_MEANWHILE]
    assert damaged(reading) == set(Part)


def test_a_server_that_cannot_be_reached_is_an_error_and_no_reading() -> None:
    lost = TransportError(Trouble.UNREACHABLE, "sync01 cannot be reached")

    with pytest.raises(TransportError, match="cannot be reached"):
        read_server(FakeTransport(lambda *_: lost), deadline=soon())


def test_a_bridge_that_refuses_to_say_what_it_is_is_an_error() -> None:
    error: Plain = {"code": "refused", "target": "", "text": "no rights"}
    reply = reply_value(None, ok=False, error=error, generation=None)

    with pytest.raises(TransportError, match='answered refused: "no rights"') as caught:
        read_server(FakeTransport(lambda *_: reply), deadline=soon())

    assert caught.value.kind is Trouble.REFUSED


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("server", "../sync01"),
        ("server", ""),
        ("instance", "none"),
        ("is_cycle_running", "no"),
        ("scheduler", None),
        ("cmdlets", [{"name": "X"}]),
        ("lease", {"run": "r"}),
    ],
)
def test_a_bridge_that_says_nonsense_of_itself_is_an_error(name: str, value: Plain) -> None:
    info = info_value(**{name: value})

    with pytest.raises(TransportError) as caught:
        read_server(FakeTransport(answering(state(), info=info)), deadline=soon())

    assert caught.value.kind is Trouble.BAD_REPLY


def test_replies_without_a_generation_are_not_trusted() -> None:
    with pytest.raises(TransportError, match="without a generation"):
        read_server(FakeTransport(answering(state(), generation=None)), deadline=soon())


def test_a_connection_lost_on_the_way_damages_what_was_not_read_yet() -> None:
    plain = answering(state())

    def answer(function: str, arguments: Mapping[str, str]) -> Answer:
        if arguments.get("section") == "rules":
            return TransportError(Trouble.CUT, "the connection was lost", is_outcome_unknown=True)
        return plain(function, arguments)

    transport = FakeTransport(answer)
    reading = read_server(transport, deadline=soon())

    assert len(transport.asked) == 3
    assert codes(reading) == [Code.CUT]
    assert damaged(reading) == {Part.RULES, Part.SCHEMAS}
    assert reading.hierarchy is None
    assert "rules" not in server_of(reading).tree


def test_a_section_that_the_product_refuses_is_damage_and_the_others_are_read() -> None:
    refused: Plain = [{"section": "settings", "target": "Get-ADSyncScheduler", "text": "denied"}]
    answers: dict[str, Plain] = {**state(), "refused": refused}
    del answers["settings"]
    plain = answering(answers)

    def answer(function: str, arguments: Mapping[str, str]) -> Answer:
        sections = arguments.get("section", "")
        named = {"section": f"{sections},refused"} if sections.startswith("settings") else arguments
        return plain(function, named)

    reading = read_server(FakeTransport(answer), deadline=soon())

    (finding,) = reading.recorded.findings
    assert (finding.code, finding.what) == (
        Code.BRIDGE_ERROR,
        'settings cannot be read: "denied"',
    )
    assert damaged(reading) == {Part.GLOBAL_SETTINGS, Part.AUDIT_LOGGING}
    assert server_of(reading).state_of(Part.CONNECTORS) is State.READ


def test_containers_that_cannot_be_listed_are_said_and_damage_nothing() -> None:
    dn = "DC=corp,DC=contoso,DC=com"
    refused: Plain = [{"section": "hierarchy", "target": dn, "text": "no domain controller"}]
    plain = answering({**state(), "refused": refused})

    def answer(function: str, arguments: Mapping[str, str]) -> Answer:
        sections = arguments.get("section", "")
        return plain(
            function, {"section": f"{sections},refused"} if sections == "hierarchy" else arguments
        )

    reading = read_server(FakeTransport(answer), deadline=soon())

    (finding,) = reading.recorded.findings
    assert (finding.code, finding.severity) == (Code.CONTAINERS_UNREAD, Severity.WARNING)
    assert dn in finding.what
    assert damaged(reading) == set()


def test_an_error_of_the_bridge_is_damage_of_what_was_asked_for() -> None:
    plain = answering(state())
    error: Plain = {"code": "defect", "target": "Rules.ps1:7", "text": "broken"}

    def answer(function: str, arguments: Mapping[str, str]) -> Answer:
        if arguments.get("section") == "rules":
            return reply_value(None, ok=False, error=error, generation=None)
        return plain(function, arguments)

    reading = read_server(FakeTransport(answer), deadline=soon())

    assert codes(reading) == [Code.BRIDGE_ERROR]
    assert damaged(reading) == {Part.RULES}


@pytest.mark.parametrize(
    ("lease_state", "said"),
    [
        ("held", "scheduler held by run run-7"),
        ("stopped", "run run-7 is at work on this server and keeps its scheduler stopped"),
        ("open", "run run-7 is at work on this server"),
    ],
)
def test_a_run_that_has_the_server_is_said_and_is_no_damage(lease_state: str, said: str) -> None:
    info = info_value(lease=lease_value(state=lease_state))

    reading = read_server(FakeTransport(answering(state(), info=info)), deadline=soon())

    (finding,) = reading.recorded.findings
    assert (finding.code, finding.concern, finding.what) == (Code.HELD, Concern.ADVICE, said)
    assert finding.server == "SYNC01"
    assert damaged(reading) == set()
    assert reading.info.lease is not None
    assert reading.info.lease.cycle_enabled_as_found is True


@pytest.mark.parametrize("kind", Trouble)
def test_every_trouble_of_a_transport_has_a_finding(kind: Trouble) -> None:
    error = TransportError(kind, "it went wrong", remedy="put it right")

    finding = transport_finding(error, server="sync01")

    assert (finding.what, finding.remedy, finding.server) == (
        "it went wrong",
        "put it right",
        "sync01",
    )
    assert finding.concern is Concern.SOURCE
