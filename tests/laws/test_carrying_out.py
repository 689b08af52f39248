"""What a plan says is what has to be done: carried out, nothing is left of it."""

from __future__ import annotations

from hypothesis import given

from reconciler.model.estates import Estate
from reconciler.model.plans import Plan
from reconciler.model.snapshots import Server
from tests.laws.carrying_out import carry_out
from tests.laws.effort import LAW
from tests.laws.importing import imported, plan
from tests.laws.servers import pairs


def addresses(found: Plan) -> list[str]:
    return [str(change.address) for change in found.changes]


def settled(estate: Estate, server: Server) -> Server:
    """
    Return the server after its plan was carried out.

    Which object types a domain has counts only once the domain is selected, so that selecting one
    may leave them, and nothing else, to a second plan.
    """
    first = plan(estate, server)
    assert [str(change.address) for change in first.changes if change.is_manual] == []
    assert first.blocked == ()
    server = carry_out(first, server)
    second = plan(estate, server)
    if any(change.kind == "domain" for change in first.changes):
        assert {*addresses(second)} <= {"object-types/corp"}
        return carry_out(second, server)
    assert addresses(second) == []
    return server


@LAW
@given(pairs())
def test_a_plan_after_it_was_carried_out_is_empty(pair: tuple[Server, Server]) -> None:
    wanted, there = pair
    estate = imported(wanted)

    again = plan(estate, settled(estate, there))

    assert [(str(item.address), item.fields) for item in again.changes] == []
    assert again.unmanaged == ()


@LAW
@given(pairs())
def test_a_plan_and_its_inverse_change_nothing(pair: tuple[Server, Server]) -> None:
    wanted, there = pair
    before = imported(there)

    back = settled(before, settled(imported(wanted), there))

    assert addresses(plan(before, back)) == []
