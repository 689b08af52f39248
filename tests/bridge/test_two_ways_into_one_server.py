"""
One configuration, two ways in: an export read as XML, and the same export behind stub cmdlets read
through the bridge in a real PowerShell.
"""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from reconciler.live.bridge.transport import Deadline
from reconciler.live.recorded.export import read_export
from reconciler.live.server.reading import ServerReading, read_server
from reconciler.model.snapshots import Part, Server, ServerTree, State
from tests.bridge.counterpart import StubServer, export_of, require_pwsh
from tests.bridge.once import once

pytestmark = pytest.mark.slow

EXPORTS = ("contoso", "example")


Both = tuple[Server, ServerReading, list[str]]
"""The server as its export tells, as the bridge tells, and the cmdlets that were called for it."""


@pytest.fixture(scope="module", params=EXPORTS)
def both(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Both:
    def read(folder: Path) -> Both:
        stub = StubServer(export_of(request.param), folder / "server")
        with closing(stub.transport("stdio-read")) as transport:
            reading = read_server(transport, deadline=Deadline.after(120))
        (exported,) = read_export(stub.export).snapshot.servers
        return exported, reading, stub.calls()

    require_pwsh()
    return once(tmp_path_factory, f"both-{request.param}", read)


def live(reading: ServerReading) -> Server:
    (server,) = reading.recorded.snapshot.servers
    return server


def comparable(tree: ServerTree, *, is_live: bool) -> dict[str, object]:
    """Return the tree without what one source alone can hold; that it holds it is asserted."""
    found = {**tree}
    if is_live:
        # an export never has preferred domain controllers
        found["connectors"] = [
            {
                **connector,
                "partitions": [
                    {name: value for name, value in partition.items() if name != ONLY_LIVE}
                    for partition in connector["partitions"]
                ],
            }
            for connector in tree["connectors"]
        ]
    else:
        # leaves of the XML that no cmdlet of the contract shows: run profiles, connector internals
        assert found.pop("raw")
    return found


ONLY_LIVE = "preferred_domain_controllers"


def test_the_bridge_shows_what_the_export_holds(
    both: Both,
) -> None:
    exported, reading, _ = both
    wanted = comparable(exported.tree, is_live=False)
    found = comparable(live(reading).tree, is_live=True)

    assert reading.recorded.findings == ()
    assert set(found) == set(wanted)
    for part, value in wanted.items():
        assert found[part] == value, part


def test_only_the_bridge_tells_the_instance_and_the_preferred_domain_controllers(
    both: Both,
) -> None:
    exported, reading, _ = both

    assert exported.instance is None
    assert live(reading).instance
    partitions = [part for tree in live(reading).tree["connectors"] for part in tree["partitions"]]
    assert all(ONLY_LIVE in partition for partition in partitions)


def test_coverage_says_that_everything_was_read_but_a_switch_that_was_never_set(
    both: Both,
) -> None:
    server = live(both[1])

    unread = {entry.part for entry in server.coverage if entry.state is not State.READ}
    assert unread == {Part.AUDIT_LOGGING}


def test_name_and_build_are_those_of_the_server(
    both: Both,
) -> None:
    exported, reading, _ = both

    assert live(reading).name == "SYNC01"
    assert live(reading).build == exported.build


def test_every_listed_container_of_a_selected_domain_is_in_the_hierarchy(
    both: Both,
) -> None:
    _, reading, _ = both
    assert reading.hierarchy is not None
    found = {part.partition_dn: {node.dn for node in part.nodes} for part in reading.hierarchy}

    for connector in live(reading).tree["connectors"]:
        for partition in connector["partitions"]:
            if connector["type"] == "AD" and partition["selected"]:
                listed = {*partition["inclusions"], *partition["exclusions"]} - {partition["dn"]}
                assert listed <= found[partition["dn"]]


def test_reading_calls_nothing_that_writes(both: Both) -> None:
    calls = both[2]

    assert calls
    assert {name.partition("-")[0] for name in calls} == {"Get"}
