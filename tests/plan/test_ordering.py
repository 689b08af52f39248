"""The order in which changes are made (decision E8) and what must land together (decision D3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reconciler.kinds.kind import Draft, World
from reconciler.kinds.naming import Naming
from reconciler.kinds.registry import KINDS
from reconciler.model.addresses import Address
from reconciler.model.changes import Action, FieldChange
from reconciler.model.nodes import Plain
from reconciler.model.resources import Reading, Resource
from reconciler.plan.ordering import detours, groups_of, in_order
from tests.plan.estates import draft

Fields = dict[str, Plain]


def numbers(name: str, before: int | None, after: int | None) -> Draft:
    """Return the draft of a rule that moves from one number to another; None is not there."""
    sides: list[Fields | None] = [
        None if number is None else {"precedence": number} for number in (before, after)
    ]
    return draft(name, before=sides[0], after=sides[1])


def setting(kind: str, *fields: FieldChange, name: str = "") -> Draft:
    """Return the update of a setting of connector corp, or of the server."""
    is_server = KINDS[kind].slot and kind in ("scheduler", "automatic-upgrade")
    address = Address(kind, "" if is_server else "corp", name)
    after = {change.path: change.after for change in fields}
    before = {change.path: change.before for change in fields}
    if kind == "organizational-units":
        basis: Fields = {"include": [], "exclude": [], "new": "included"}
        before, after = dict(basis), dict(basis)
    return Draft(
        address=address,
        name=kind,
        action=Action.UPDATE,
        fields=fields,
        desired=Resource(address=address, name=kind, fields=after),
        live=Resource(address=address, name=kind, fields=before),
    )


def comes(member: str, path: str = "value") -> FieldChange:
    return FieldChange(path=path, before=None, after=member, form="member")


def goes(member: str, path: str = "value") -> FieldChange:
    return FieldChange(path=path, before=member, after=None, form="member")


def switched_off(name: str) -> Draft:
    """Return the draft of a default rule that is disabled."""
    sides: list[Fields] = [{"disabled": False}, {"disabled": True}]
    found = draft(name, before=sides[0], after=sides[1], kind="default-rule")
    return replace(found, fields=(FieldChange(path="disabled", before=False, after=True),))


def world(*drafts: Draft) -> World:
    desired = {item.address: item.desired for item in drafts if item.desired}
    live = tuple(item.live for item in drafts if item.live)
    return World(
        server="sync01",
        naming=Naming(connectors={}, known=frozenset()),
        desired={"sync-rule": desired, "default-rule": {}},
        live={"sync-rule": Reading(resources=live), "default-rule": Reading()},
    )


def names(drafts: Sequence[Draft]) -> list[str]:
    return [item.name for item in drafts]


UNITS = ("organizational-units", "corp.contoso.com")

EVERYTHING = (
    setting(UNITS[0], goes("OU=A", "include"), name=UNITS[1]),
    numbers("removed", 7, None),
    setting("scheduler", FieldChange(path="interval", before="00:30:00", after="01:00:00")),
    switched_off("default"),
    numbers("updated", 5, 5),
    setting("attribute-selection", comes("mail")),
    numbers("created", None, 6),
    setting("password-hash-sync", FieldChange(path="value", before="disabled", after="enabled")),
)


def test_wide_things_come_first_and_narrow_things_last() -> None:
    assert names(in_order(EVERYTHING)) == [
        "attribute-selection",
        "created",
        "updated",
        "default",
        "removed",
        "organizational-units",
        "password-hash-sync",
        "scheduler",
    ]


@settings(deadline=None)
@given(st.permutations(EVERYTHING))
def test_the_order_does_not_depend_on_where_changes_were_found(drafts: list[Draft]) -> None:
    assert in_order(drafts) == in_order(EVERYTHING)
    assert groups_of(in_order(drafts)) == groups_of(in_order(EVERYTHING))


@pytest.mark.parametrize(
    ("change", "is_late"),
    [
        (setting("attribute-selection", comes("mail")), False),
        (setting("attribute-selection", goes("mail")), True),
        (setting("attribute-selection", goes("mail"), comes("title")), False),
        (setting("object-types", comes("contact")), False),
        (setting("object-types", goes("contact")), True),
        (setting("object-types", goes("contact"), comes("device")), True),
        (setting(UNITS[0], comes("OU=A", "include"), name=UNITS[1]), False),
    ],
)
def test_a_filter_widens_before_the_rules_and_narrows_after_them(
    change: Draft, *, is_late: bool
) -> None:
    rule = numbers("rule", 5, 5)

    assert in_order([change, rule])[-1 if is_late else 0] is change


def test_a_number_is_given_up_before_it_is_taken() -> None:
    chain = [numbers("A", 50, 51), numbers("B", 51, 52), numbers("C", 52, 53)]

    assert names(in_order(chain)) == ["C", "B", "A"]
    assert detours(in_order(chain), world(*chain)) == {}


def test_a_removed_rule_goes_before_the_one_that_takes_its_number() -> None:
    drafts = [numbers("new", None, 50), numbers("old", 50, None), numbers("other", None, 51)]

    assert names(in_order(drafts)) == ["old", "new", "other"]


def test_rules_that_hand_a_number_on_land_together_and_others_do_not() -> None:
    chain = [numbers("A", 50, 51), numbers("B", 51, 52), numbers("C", 60, 61)]
    groups = groups_of(in_order(chain))
    a, b, c = (groups[item.address] for item in chain)

    assert a == b != c


def test_two_rules_that_swap_their_numbers_pass_through_a_free_one() -> None:
    swap = [numbers("A", 50, 51), numbers("B", 51, 50)]
    ordered = in_order(swap)

    ((before, (owner, move)),) = detours(ordered, world(*swap)).items()

    assert before == ordered[0].address
    assert owner == ordered[1].address
    assert [change.after for change in move.fields] == [99]
    assert len({*groups_of(ordered).values()}) == 1


def test_a_detour_takes_a_number_that_nobody_has_or_wants() -> None:
    band = [numbers(f"kept-{number}", number, number) for number in range(52, 99)]
    drafts = [*band, numbers("A", 50, 51), numbers("B", 51, 50), numbers("new", None, 99)]

    ((_, (_, move)),) = detours(in_order(drafts), world(*drafts)).items()

    assert [change.after for change in move.fields] == [49]


def test_a_full_band_has_no_detour() -> None:
    band = [numbers(f"kept-{number}", number, number) for number in range(1, 98)]
    drafts = [*band, numbers("A", 98, 99), numbers("B", 99, 98)]

    assert detours(in_order(drafts), world(*drafts)) == {}


@settings(deadline=None)
@given(st.permutations(range(1, 8)), st.sets(st.integers(1, 7)), st.sets(st.integers(1, 7)))
def test_no_number_is_ever_held_by_two_rules(
    wanted: list[int], new: set[int], removed: set[int]
) -> None:
    drafts = [
        numbers(
            f"rule-{number}",
            None if number in new else number,
            None if number in removed - new else wanted[number - 1],
        )
        for number in range(1, 8)
    ]
    ordered = in_order(drafts)
    moves = detours(ordered, world(*drafts))
    held = {item.address: number_of(item.live) for item in drafts if item.live}

    for item in ordered:
        if item.address in moves:
            owner, move = moves[item.address]
            held[owner] = number_of(move.desired)
            assert len({*held.values()}) == len(held)
        held.pop(item.address, None)
        if item.desired:
            held[item.address] = number_of(item.desired)
        assert len({*held.values()}) == len(held)


def number_of(side: Resource | None) -> Plain:
    assert side is not None
    return side.fields["precedence"]


def test_a_clone_lands_with_the_default_rule_that_is_switched_off_for_it() -> None:
    clone, other = numbers("clone", None, 50), draft("other", after={"target": "group"})
    groups = groups_of(in_order([clone, other, switched_off("default")]))

    assert groups[clone.address] == groups[Address("default-rule", "corp", "default")]
    assert groups[other.address] != groups[clone.address]


def test_the_facets_of_a_connector_are_one_group_before_the_rules_and_one_after() -> None:
    early = [
        setting("attribute-selection", comes("mail")),
        setting(UNITS[0], comes("OU=A", "include"), name=UNITS[1]),
    ]
    late = [
        setting("object-types", goes("contact")),
        setting("password-hash-sync", FieldChange(path="value", before="a", after="enabled")),
    ]
    groups = groups_of(in_order([*early, *late]))

    assert {groups[item.address] for item in early} == {"connector/corp"}
    assert {groups[item.address] for item in late} == {"connector/corp/after-rules"}
