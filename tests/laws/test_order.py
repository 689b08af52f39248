"""A plan is the same for any order of files, keys and lists that are sets."""

from __future__ import annotations

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from reconciler.model.snapshots import Server
from reconciler.plan.encoding import encode_plan
from reconciler.plan.fingerprints import canonical_bytes
from tests.laws.disorder import reordered, shuffled, turned
from tests.laws.effort import LAW
from tests.laws.importing import imported, plan
from tests.laws.servers import pairs

ORDERS = st.randoms(use_true_random=False)


@LAW
@given(pairs(), ORDERS)
def test_the_order_of_documents_and_keys_changes_no_byte(
    pair: tuple[Server, Server], order: Random
) -> None:
    wanted, there = pair
    estate = imported(wanted)

    one, other = plan(estate, there), plan(reordered(estate, order), there)

    assert canonical_bytes(encode_plan(one)) == canonical_bytes(encode_plan(other))


@LAW
@given(pairs(), ORDERS)
def test_the_order_of_what_a_source_holds_changes_no_byte(
    pair: tuple[Server, Server], order: Random
) -> None:
    wanted, there = pair
    estate = imported(wanted)

    one, other = plan(estate, there), plan(estate, turned(there, order))

    assert canonical_bytes(encode_plan(one)) == canonical_bytes(encode_plan(other))


@LAW
@given(pairs(), ORDERS)
def test_the_order_of_sets_changes_neither_the_hash_nor_what_differs(
    pair: tuple[Server, Server], order: Random
) -> None:
    wanted, there = pair
    estate = imported(wanted)

    one, other = plan(estate, there), plan(shuffled(estate, order), there)

    assert one.content_hash == other.content_hash
    assert [change.address for change in one.changes] == [item.address for item in other.changes]
    assert one.live_fingerprints == other.live_fingerprints
