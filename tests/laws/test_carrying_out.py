"""What a plan says is what has to be done: carried out, nothing is left of it."""

from __future__ import annotations

from hypothesis import given

from reconciler.model.snapshots import Server
from tests.laws.carrying_out import carry_out
from tests.laws.importing import imported, plan
from tests.laws.servers import pairs


@given(pairs())
def test_a_plan_after_it_was_carried_out_is_empty(pair: tuple[Server, Server]) -> None:
    wanted, there = pair
    estate = imported(wanted)
    first = plan(estate, there)
    assert [str(change.address) for change in first.changes if change.is_manual] == []
    assert first.blocked == ()

    again = plan(estate, carry_out(first, there))

    assert [(str(item.address), item.fields) for item in again.changes] == []
    assert again.unmanaged == ()


@given(pairs())
def test_a_plan_and_its_inverse_change_nothing(pair: tuple[Server, Server]) -> None:
    wanted, there = pair
    changed = carry_out(plan(imported(wanted), there), there)

    back = carry_out(plan(imported(there), changed), changed)

    assert [str(item.address) for item in plan(imported(there), back).changes] == []
