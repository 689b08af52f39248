"""Each edit gives exactly that change, both ways round, and nothing once both sides have it."""

from __future__ import annotations

import pytest

from tests.scenarios.outcomes import run
from tests.scenarios.turns import TURNS, FollowUps, Turn
from tests.scenarios.world import World, fields_of, follow_ups_of

every_turn = pytest.mark.parametrize("turn", TURNS.values(), ids=TURNS.keys())


@every_turn
def test_made_in_git_it_is_the_one_change_of_the_plan(world: World, turn: Turn) -> None:
    turn.in_git(world)
    change = world.one_change("--out", "plan.json")
    assert change["address"] == turn.address
    assert change["action"] == "update"
    assert fields_of(change) == turn.fields
    assert (change["risk"], change["support"]) == (turn.risk, turn.support)
    assert follow_ups_of(change) == started(turn.follow_ups, change["risk"])
    assert (change["operations"] == []) is turn.is_manual
    assert change["instructions"]
    text = run("show", "plan.json", "--steps").flat
    assert [words for words in turn.shown if words not in text] == []
    counts = "0 to update, 0 to delete, 1 by hand" if turn.is_manual else "1 to update"
    assert counts in text


@every_turn
def test_made_on_the_server_it_is_the_opposite_change(world: World, turn: Turn) -> None:
    turn.on_server(world)
    change = world.one_change()
    assert change["address"] == turn.address
    assert fields_of(change) == turn.mirrored
    assert change["risk"] == (turn.back_risk or turn.risk)
    assert follow_ups_of(change) == started(turn.follow_ups, change["risk"])


@every_turn
def test_made_on_both_sides_it_is_no_change(world: World, turn: Turn) -> None:
    turn.in_git(world)
    turn.on_server(world)
    world.assert_in_sync()


@every_turn
def test_made_on_the_server_and_imported_it_is_in_git(world: World, turn: Turn) -> None:
    turn.on_server(world)
    before = world.files()
    assert world.import_().code == 0
    world.assert_in_sync()
    changed = {path for path, data in world.files().items() if before.get(path) != data}
    assert changed == {"prod/recorded/sync01.json", *(f"prod/{file}" for file, _, _ in turn.git)}


def started(follow_ups: FollowUps, risk: str) -> list[tuple[str, str, str]]:
    """Return who starts the runs: before people are lost the wizard is kept from starting them."""
    is_guarded = risk in {"scope-shrinking", "destructive"}
    return [
        (connector, step, "person" if is_guarded and by == "wizard" else by)
        for connector, step, by in follow_ups
    ]
