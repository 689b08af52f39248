"""A targeted plan is the whole plan with the rest left out."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reconciler.model.addresses import Address
from reconciler.model.snapshots import Server
from reconciler.plan.building import Request, build_plan
from reconciler.plan.differences import matches
from tests.kinds.worlds import NAME
from tests.laws.effort import LAW
from tests.laws.importing import imported, plan
from tests.laws.servers import pairs

TARGETS = [
    Address("sync-rule"),
    Address("sync-rule", "corp", "A"),
    Address("default-rule", "corp"),
    Address("organizational-units", "corp"),
    Address("scheduler"),
]


@LAW
@given(pairs(), st.lists(st.sampled_from(TARGETS), min_size=1))
def test_a_targeted_plan_is_a_part_of_the_whole_plan(
    pair: tuple[Server, Server], targets: list[Address]
) -> None:
    wanted, there = pair
    estate = imported(wanted)
    whole = plan(estate, there)

    part = build_plan(Request(estate=estate, server=NAME, live=there, targets=tuple(targets)))

    assert part.changes == tuple(
        change
        for change in whole.changes
        if any(matches(change.address, target) for target in targets)
    )
    assert {*part.unmanaged} <= {*whole.unmanaged}
    assert {*part.findings} <= {*whole.findings}
    assert part.live_fingerprints == whole.live_fingerprints
