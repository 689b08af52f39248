"""A server's answers as a snapshot: the same as its export, and strict about what is wrong."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reconciler.live.recorded.export import read_export
from reconciler.live.recorded.recording import encode_snapshot, read_recording
from reconciler.live.server.codes import Code
from reconciler.live.server.reading import ServerReading, read_server
from reconciler.model.nodes import Plain
from reconciler.model.snapshots import Part, Server, ServerTree, State
from tests.counterparts import ROOT, require_shared
from tests.live_bridge.bridge_json import INSTANCE, TIME, info_value, state_of
from tests.live_bridge.fakes import FakeTransport, answering, soon

EXAMPLE = ROOT / "desired-state" / "prod" / "export" / "sync01"


@cache
def exported() -> Server:
    (server,) = read_export(EXAMPLE).snapshot.servers
    return server


def live_tree() -> ServerTree:
    """Return the example's tree with what an export never holds, and without its raw leaves."""
    tree = copy.deepcopy(exported().tree)
    del tree["raw"]
    tree["audit_logging"] = False
    for connector in tree["connectors"]:
        for partition in connector["partitions"]:
            partition["preferred_domain_controllers"] = ["dc2.contoso.com", "dc1.contoso.com"]
    return tree


def read(state: Mapping[str, Plain], **info: Plain) -> ServerReading:
    return read_server(FakeTransport(answering(state, info=info_value(**info))), deadline=soon())


def server_of(reading: ServerReading) -> Server:
    (server,) = reading.recorded.snapshot.servers
    return server


def damaged(reading: ServerReading) -> set[Part]:
    return {entry.part for entry in server_of(reading).coverage if entry.state is State.DAMAGED}


def codes(reading: ServerReading) -> list[str]:
    return [finding.code for finding in reading.recorded.findings]


def test_a_server_read_live_is_the_server_that_it_exports() -> None:
    tree = live_tree()

    reading = read(state_of(tree))

    server = server_of(reading)
    assert reading.recorded.findings == ()
    assert server.tree == tree
    assert {entry.state for entry in server.coverage} == {State.READ}
    assert (server.name, server.build) == (exported().name, exported().build)
    assert (server.kind_of_source, server.read_at, server.instance) == ("bridge", TIME, INSTANCE)


def test_a_real_configuration_reads_the_same_from_both_sides() -> None:
    (source,) = read_export(require_shared() / "data" / "contoso-export").snapshot.servers
    tree = copy.deepcopy(source.tree)
    del tree["raw"]

    reading = read(state_of(tree))

    assert reading.recorded.findings == ()
    assert server_of(reading).tree == tree


def test_what_was_read_live_can_be_recorded_and_read_again() -> None:
    snapshot = read(state_of(live_tree())).recorded.snapshot

    again = read_recording(encode_snapshot(snapshot).encode(), label="sync01.json")

    assert again.findings == ()
    assert again.snapshot == snapshot


def test_what_a_build_cannot_say_is_absent_and_not_empty() -> None:
    tree = live_tree()
    del tree["audit_logging"]
    for connector in tree["connectors"]:
        for partition in connector["partitions"]:
            del partition["preferred_domain_controllers"]

    server = server_of(read(state_of(tree)))

    assert server.tree == tree
    assert server.state_of(Part.AUDIT_LOGGING) is State.ABSENT
    assert server.state_of(Part.PREFERRED_DOMAIN_CONTROLLERS) is State.ABSENT
    assert server.state_of(Part.CONNECTORS) is State.READ


def test_the_documented_cmdlets_are_believed_before_the_local_copy() -> None:
    state: Any = state_of(live_tree())
    state["settings"]["scheduler"] |= {
        "customized_interval": "03:00:00",
        "cycle_enabled": False,
        "staging_mode": True,
    }
    state["settings"]["automatic_upgrade"] = {"state": "Suspended", "reason": "UpgradeNotSupported"}

    parameters = server_of(read(state)).tree["parameters"]

    assert {
        name.rpartition(".")[2]: parameters[name]
        for name in (
            "Microsoft.Synchronize.TimeInterval",
            "Microsoft.Synchronize.SynchronizationSchedule",
            "Microsoft.Synchronize.StagingMode",
            "Microsoft.OptionalFeature.AutoUpgradeState",
            "Microsoft.OptionalFeature.AutoUpgradeSuspensionReason",
        )
    } == {
        "TimeInterval": "03:00:00",
        "SynchronizationSchedule": "False",
        "StagingMode": "True",
        "AutoUpgradeState": "Suspended",
        "AutoUpgradeSuspensionReason": "UpgradeNotSupported",
    }


def test_a_parameter_that_says_the_same_keeps_its_spelling() -> None:
    state: Any = state_of(live_tree())
    name = "Microsoft.Synchronize.MaintenanceEnabled"
    for pair in state["settings"]["parameters"]:
        if pair["name"] == name:
            pair["value"] = "true"

    assert server_of(read(state)).tree["parameters"][name] == "true"


def test_line_ends_are_the_same_as_in_an_export() -> None:
    tree = live_tree()
    tree["rules"][0]["description"] = "one\ntwo"
    tree["rules"][0]["flows"][0] |= {"type": "Constant", "source": [], "constant": "a\nb"}
    state: Any = state_of(tree)
    state["rules"][0]["flows"][0]["source"] = ["a\r\nb"]

    (rule,) = (
        rule
        for rule in server_of(read(state)).tree["rules"]
        if rule["identifier"] == tree["rules"][0]["identifier"]
    )

    assert rule["description"] == "one\ntwo"
    assert rule["flows"][0]["constant"] == "a\nb"


def test_secrets_and_noise_never_enter() -> None:
    state: Any = state_of(live_tree())
    planted = [
        {"name": "Contoso.ClientSecret", "value": "Summer-2026"},
        {"name": "Microsoft.Synchronize.NextStartTime", "value": "soon"},
    ]
    state["settings"]["parameters"] += planted
    state["connectors"][0]["partitions"][0]["parameters"] += planted
    state["connectors"][0]["parameters"].append(
        {"holder": "global", "name": "password", "value": "Summer-2026"}
    )

    reading = read(state)

    assert "Summer-2026" not in encode_snapshot(reading.recorded.snapshot)
    assert server_of(reading).tree == live_tree()


def test_the_containers_of_the_directories_are_read_beside_the_snapshot() -> None:
    reading = read(state_of(live_tree()))

    assert reading.hierarchy is not None
    assert {entry.partition_dn for entry in reading.hierarchy} == {
        partition["dn"]
        for connector in live_tree()["connectors"]
        if connector["type"] == "AD"
        for partition in connector["partitions"]
    }
    assert all(entry.nodes[0].dn.startswith("OU=People,") for entry in reading.hierarchy)


def change(path: str, value: object) -> Callable[[Any], None]:
    """Return a change to the state: the member at the path becomes the value; a path is a way."""
    *way, last = path.split("/")

    def apply(state: Any) -> None:
        for step in way:
            state = state[int(step) if step.isdigit() else step]
        state[int(last) if last.isdigit() else last] = value

    return apply


def twice(section: str) -> Callable[[Any], None]:
    return lambda state: state[section].append(copy.deepcopy(state[section][0]))


@pytest.mark.parametrize(
    ("change_state", "code", "parts"),
    [
        (change("rules/3/precedence", "7"), Code.WRONG_TYPE, {Part.RULES}),
        (change("rules/3/precedence", True), Code.WRONG_TYPE, {Part.RULES}),
        (change("rules/3/disabled", 1), Code.WRONG_TYPE, {Part.RULES}),
        (change("rules/3/identifier", "{X}"), Code.UNKNOWN_WORD, {Part.RULES}),
        (change("rules/3/link", "join"), Code.UNKNOWN_WORD, {Part.RULES}),
        (change("rules/3/name", " "), Code.MISSING_VALUE, {Part.RULES}),
        (change("rules/3/description", "\ud800"), Code.UNKNOWN_WORD, {Part.RULES}),
        (change("rules/3/soft_delete_expiry", "soon"), Code.UNKNOWN_WORD, {Part.RULES}),
        (change("rules/3/scope", [{}]), Code.WRONG_TYPE, {Part.RULES}),
        (change("rules/3/flows/0", "mail"), Code.WRONG_TYPE, {Part.RULES}),
        (change("rules/3/flows/0/source", [None]), Code.WRONG_TYPE, {Part.RULES}),
        (change("rules/3/flows/0/type", "Magic"), Code.UNKNOWN_WORD, {Part.RULES}),
        (change("rules/3/connector", INSTANCE), Code.UNKNOWN_CONNECTOR, {Part.RULES}),
        (change("rules", []), Code.EMPTY_LIST, {Part.RULES}),
        (change("rules", None), Code.WRONG_TYPE, {Part.RULES}),
        (twice("rules"), Code.REPEATED, {Part.RULES}),
        (change("schemas", []), Code.EMPTY_LIST, {Part.SCHEMAS}),
        (change("schemas/0/attributes", []), Code.EMPTY_LIST, {Part.SCHEMAS}),
        (change("schemas/0/attributes/0/type", "Tree"), Code.UNKNOWN_WORD, {Part.SCHEMAS}),
        (lambda state: state["schemas"].pop(), Code.MISSING_VALUE, {Part.SCHEMAS}),
        (twice("schemas"), Code.REPEATED, {Part.SCHEMAS}),
        (
            change("settings/parameters", []),
            Code.EMPTY_LIST,
            {Part.GLOBAL_SETTINGS, Part.AUDIT_LOGGING},
        ),
        (
            change("settings/scheduler/purge_interval", None),
            Code.WRONG_TYPE,
            {Part.GLOBAL_SETTINGS, Part.AUDIT_LOGGING},
        ),
        (
            change("connectors/1/attributes", []),
            Code.EMPTY_LIST,
            {Part.CONNECTORS, Part.PREFERRED_DOMAIN_CONTROLLERS},
        ),
        (
            change("connectors/1/partitions/0/inclusions", None),
            Code.WRONG_TYPE,
            {Part.CONNECTORS, Part.PREFERRED_DOMAIN_CONTROLLERS},
        ),
        (
            twice("connectors"),
            Code.REPEATED,
            {Part.CONNECTORS, Part.PREFERRED_DOMAIN_CONTROLLERS},
        ),
        (change("hierarchy/0/nodes", "none"), Code.WRONG_TYPE, set()),
    ],
)
def test_what_is_wrong_is_damage_of_its_part_alone(
    change_state: Callable[[Any], None], code: Code, parts: set[Part]
) -> None:
    state = state_of(live_tree())
    change_state(state)

    reading = read(state)

    assert code.value in codes(reading)
    assert damaged(reading) == parts


def test_damage_names_the_place_in_the_answer() -> None:
    state: Any = state_of(live_tree())
    state["rules"][3]["flows"][0]["merge"] = "Sometimes"

    (finding,) = read(state).recorded.findings

    assert str(finding.place) == "Get-ReconcilerState (rules[3].flows[0].merge)"
    assert finding.what == 'merge is "Sometimes"'
    assert finding.server == "SYNC01"


def test_damage_of_one_rule_leaves_the_others() -> None:
    state: Any = state_of(live_tree())
    lost = state["rules"][3]["identifier"]
    state["rules"][3]["direction"] = 0

    server = server_of(read(state))

    assert [rule["identifier"] for rule in server.tree["rules"]] == [
        rule["identifier"] for rule in live_tree()["rules"] if rule["identifier"] != lost
    ]


def every_place(value: Plain, way: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Yield the way to each member and item."""
    if isinstance(value, dict):
        for name, item in value.items():
            yield (*way, name)
            yield from every_place(item, (*way, name))
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield (*way, number)
            yield from every_place(item, (*way, number))


@cache
def places() -> list[tuple[str | int, ...]]:
    """Return the places in the first two items of each list: beyond, they repeat themselves."""
    return [
        way
        for way in every_place(state_of(live_tree()))
        if all(isinstance(step, str) or step < 2 for step in way)
    ]


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.data(), st.sampled_from([None, 7, "", "x", [], {}, [[]], True]))
def test_whatever_a_member_becomes_reading_ends_with_a_server(
    data: st.DataObject, value: Plain
) -> None:
    state: Any = state_of(live_tree())
    *way, last = data.draw(st.sampled_from(places()))
    holder = state
    for step in way:
        holder = holder[step]
    holder[last] = value

    reading = read(state)

    recorded = reading.recorded
    assert bool(damaged(reading)) <= bool(recorded.findings)
    again = read_recording(encode_snapshot(recorded.snapshot).encode(), label="sync01.json")
    assert again.snapshot == recorded.snapshot


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.data())
def test_a_member_that_is_missing_is_never_taken_for_an_empty_one(data: st.DataObject) -> None:
    state: Any = state_of(live_tree())
    optional = {"object_types", "export_only"}
    named = [way for way in places() if isinstance(way[-1], str) and way[-1] not in optional]
    *way, last = data.draw(st.sampled_from(named))
    holder = state
    for step in way:
        holder = holder[step]
    del holder[last]

    assert read(state).recorded.findings
