"""Three ways to say that two things mean the same: the plan, the fingerprints, and deepdiff."""

from __future__ import annotations

from dataclasses import replace

from deepdiff import DeepDiff
from hypothesis import given
from hypothesis import strategies as st

from reconciler.kinds.naming import name_connectors
from reconciler.kinds.registry import KINDS
from reconciler.live.recorded.recording import encode_snapshot, read_recording
from reconciler.model.nodes import Plain
from reconciler.model.snapshots import Server, Snapshot
from reconciler.plan.parity import build_parity
from reconciler.plan.sides import found_resources
from tests.laws.effort import LAW
from tests.laws.importing import imported, plan
from tests.laws.servers import pairs, servers


def normal(server: Server) -> dict[str, Plain]:
    """Return everything that kinds compare on a server, by address and in normal form."""
    readings = found_resources(server, name_connectors(server, None))
    return {
        str(resource.address): {
            name: comparison.normal(resource.fields[name])
            for name, comparison in KINDS[kind].fields.items()
            if name in resource.fields
        }
        for kind, reading in readings.items()
        for resource in reading.resources
        if kind not in ("staging-mode", "minimum-build")
    }


@LAW
@given(servers())
def test_a_server_does_not_differ_from_itself(server: Server) -> None:
    found = build_parity(server, server)

    assert not found.has_differences
    assert found.blocked == ()


@LAW
@given(st.one_of(pairs(), servers().map(lambda server: (server, server))))
def test_nothing_differs_exactly_when_the_fingerprints_are_equal(
    pair: tuple[Server, Server],
) -> None:
    one, other = pair
    there, back = build_parity(one, other), build_parity(other, one)

    is_same = there.live_fingerprints == back.live_fingerprints

    assert is_same is not bool(there.changes)
    assert bool(there.changes) is bool(back.changes)


@LAW
@given(st.one_of(pairs(), servers().map(lambda server: (server, server))))
def test_nothing_differs_exactly_when_deepdiff_finds_nothing(pair: tuple[Server, Server]) -> None:
    one, other = pair

    found = build_parity(one, other)

    assert bool(found.changes) is bool(DeepDiff(normal(one), normal(other)))


@LAW
@given(pairs())
def test_what_changes_is_what_deepdiff_finds(pair: tuple[Server, Server]) -> None:
    one, other = normal(pair[0]), normal(pair[1])
    differing = {
        address for address in one | other if DeepDiff(one.get(address), other.get(address))
    }

    assert {str(change.address) for change in build_parity(*pair).changes} == differing


@LAW
@given(pairs())
def test_a_recording_gives_the_plan_of_the_server_that_was_recorded(
    pair: tuple[Server, Server],
) -> None:
    wanted, there = pair
    text = encode_snapshot(Snapshot(servers=(replace(there, read_at="2026-05-03T14:28:09"),)))
    (recorded,) = read_recording(text.encode("utf-8"), label="sync01.json").snapshot.servers
    estate = imported(wanted)

    one, other = plan(estate, there), plan(estate, replace(recorded, kind_of_source="snapshot"))

    assert one.content_hash == other.content_hash
    assert one.changes == other.changes
