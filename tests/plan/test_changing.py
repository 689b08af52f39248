"""Changes with their operations, support, follow-ups, and what has to wait."""

from __future__ import annotations

import pytest

from reconciler.kinds.registry import KINDS
from reconciler.model.addresses import Address
from reconciler.model.changes import Action, FollowUp, Risk, Step, Support
from reconciler.model.nodes import Plain
from reconciler.model.plans import Plan
from tests.kinds import trees
from tests.plan.estates import (
    CORP_DOCUMENT,
    ENTRA_DOCUMENT,
    Fields,
    estate,
    live,
    live_rule,
    plan,
    policy,
    root,
    rule,
)

A, B = Address("sync-rule", "corp", "A"), Address("sync-rule", "corp", "B")
UNITS = Address("organizational-units", "corp", "corp.contoso.com")
SELECTION = Address("attribute-selection", "corp")


def corp(**changed: Plain) -> tuple[Fields, Fields]:
    """Return the documents of the connectors, that of corp changed."""
    return ({**CORP_DOCUMENT, **changed}, ENTRA_DOCUMENT)


def wider() -> tuple[Fields, Fields]:
    """Return the documents of the connectors with one exclusion less."""
    return corp(domains={"corp.contoso.com": "all"})


def ids(found: Plan) -> list[str]:
    return [operation.id for change in found.changes for operation in change.operations]


def test_operations_are_numbered_through_the_plan() -> None:
    found = plan(estate(rule(), rule("B", precedence=51)), live(live_rule(rule("C"))))

    assert ids(found) == ["1", "2"]


def test_a_new_rule_must_be_absent_and_a_changed_one_as_it_was_read() -> None:
    found = plan(
        estate(rule(), rule("B", precedence=51, disabled=True)),
        live(live_rule(rule("B", precedence=51))),
    )
    expected = {
        change.address: operation.expect
        for change in found.changes
        for operation in change.operations
    }

    assert expected == {A: {"sync-rule": "absent"}, B: {"sync-rule": ""}}


def test_a_rule_that_must_be_replaced_is_removed_and_then_added() -> None:
    found = plan(estate(rule(target="contact")), live(live_rule(rule())))

    (change,) = found.changes
    assert [(item.id, item.verb, item.expect) for item in change.operations] == [
        ("1", "remove-rule", {"sync-rule": ""}),
        ("2", "add-rule", {"sync-rule": "after:1"}),
    ]
    assert len({item.group for item in change.operations}) == 1


def test_a_swap_of_numbers_passes_through_a_free_one() -> None:
    found = plan(
        estate(rule(precedence=51), rule("B", precedence=50)),
        live(live_rule(rule(precedence=50)), live_rule(rule("B", precedence=51))),
    )
    writes = sorted(
        (int(item.id), item.target, item.value["precedence"], item.expect["sync-rule"])
        for change in found.changes
        for item in change.operations
    )

    assert writes == [
        (1, str(A), 99, ""),
        (2, str(B), 50, ""),
        (3, str(A), 51, "after:1"),
    ]


def test_an_unsupported_change_is_manual_unless_the_policy_names_its_kind() -> None:
    allowed = policy(allow_unsupported=["organizational-units"])
    (by_hand,) = plan(estate(connectors=wider()), live()).changes
    (scripted,) = plan(estate(connectors=wider(), environment=allowed), live()).changes

    assert by_hand.support is scripted.support is Support.UNSUPPORTED
    assert by_hand.is_manual
    assert by_hand.instructions
    assert not scripted.is_manual
    assert scripted.instructions


def test_a_manual_kind_stays_manual_whatever_the_policy_says() -> None:
    allowed = policy(allow_unsupported=[*KINDS])
    document: Fields = {"minimum_build": "9.0.0.0"}

    (change,) = plan(estate(server=document, environment=allowed), live()).changes

    assert (change.support, change.operations) == (Support.MANUAL, ())


def test_a_manual_change_does_not_hold_up_what_does_not_need_it() -> None:
    found = plan(estate(rule(), connectors=wider()), live())

    assert [change.is_manual for change in found.changes] == [True, False]
    assert found.blocked == ()
    assert (found.count(Action.CREATE), found.manual_count) == (1, 1)


def test_the_wizard_starts_the_cycle_after_a_change_by_hand() -> None:
    (change,) = plan(estate(connectors=wider()), live()).changes

    assert change.follow_ups == (
        FollowUp(connector="corp", step=Step.FULL_IMPORT, by="wizard"),
        FollowUp(connector="corp", step=Step.DELTA_SYNCHRONIZATION, by="wizard"),
    )


def narrower() -> tuple[Fields, Fields]:
    """Return the documents of the connectors with one unit instead of the domain."""
    units: Plain = {"include": ["OU=Nobody"], "new": "excluded"}
    return corp(domains={"corp.contoso.com": {"organizational_units": units}})


def test_a_change_that_takes_people_out_is_framed_by_the_scheduler_and_pending_deletes() -> None:
    (change,) = plan(estate(connectors=narrower()), live()).changes

    assert change.risk is Risk.SCOPE_SHRINKING
    assert change.instructions[0].startswith("Set-ADSyncScheduler -SyncCycleEnabled $false")
    assert "Start the synchronization process" in change.instructions[-3]
    tenant = "contoso.onmicrosoft.com - AAD"
    assert change.instructions[-2].endswith(f'csexport "{tenant}" export.xml /f:x')
    assert "deletion threshold" in change.instructions[-1]
    assert {step.by for step in change.follow_ups} == {"person"}


def test_a_change_that_takes_nobody_out_is_not_framed() -> None:
    (change,) = plan(estate(connectors=wider()), live()).changes

    assert not any("SyncCycleEnabled" in step for step in change.instructions)


def test_we_start_the_cycle_after_a_change_of_ours() -> None:
    allowed = policy(allow_unsupported=["organizational-units"])
    found = plan(estate(rule(), connectors=wider(), environment=allowed), live())

    assert sorted({step for change in found.changes for step in change.follow_ups}) == [
        FollowUp(connector="corp", step=Step.DELTA_SYNCHRONIZATION),
        FollowUp(connector="corp", step=Step.FULL_IMPORT),
        FollowUp(connector="corp", step=Step.FULL_SYNCHRONIZATION),
    ]


def flowing() -> Fields:
    """Return a rule that reads an attribute which the server does not select yet."""
    return rule(flows={"title": {"from": "title"}})


def selecting() -> tuple[Fields, Fields]:
    return corp(attributes=["displayName", "mail", "title"])


def test_a_rule_waits_for_the_selection_of_its_attribute_by_hand() -> None:
    found = plan(estate(flowing(), connectors=selecting()), live())

    selection, change = found.changes
    assert (selection.address, change.address) == (SELECTION, A)
    assert change.after == (SELECTION,)
    (blocked,) = found.blocked
    assert blocked.address == A
    assert str(SELECTION) in blocked.reason


def test_a_rule_does_not_wait_for_a_selection_that_we_write() -> None:
    allowed = policy(allow_unsupported=["attribute-selection"])
    found = plan(estate(flowing(), connectors=selecting(), environment=allowed), live())

    assert [change.after for change in found.changes] == [(), (SELECTION,)]
    assert found.blocked == ()


def test_what_was_left_out_blocks_what_needs_it() -> None:
    found = plan(estate(flowing(), connectors=selecting()), live(), A)

    (change,) = found.changes
    assert change.after == (SELECTION,)
    (blocked,) = found.blocked
    assert blocked.reason == f"needs {SELECTION}, which was left out of this plan"


def test_half_of_a_swap_is_blocked() -> None:
    whole = estate(rule(precedence=51), rule("B", precedence=50))
    server = live(live_rule(rule(precedence=50)), live_rule(rule("B", precedence=51)))

    found = plan(whole, server, A)

    assert [change.address for change in found.changes] == [A]
    (blocked,) = found.blocked
    assert blocked.reason == f"must land together with {B}, which was left out of this plan"


def test_what_is_left_out_changes_nothing_about_the_rest() -> None:
    whole = estate(flowing(), rule("B", precedence=49), connectors=selecting())
    every = plan(whole, live()).changes

    for change in every:
        assert plan(whole, live(), change.address).changes == (change,)


def test_every_change_of_the_example_has_instructions() -> None:
    found = plan(estate(flowing(), rule("B", precedence=49), connectors=wider()), live())

    assert all(change.instructions for change in found.changes)


def test_facets_of_one_connector_are_told_apart_by_what_they_expect() -> None:
    allowed = policy(allow_unsupported=["organizational-units", "attribute-selection"])
    documents = corp(domains={"corp.contoso.com": "all"}, attributes=["displayName", "mail", "sn"])
    found = plan(estate(connectors=documents, environment=allowed), live())

    writes = [operation for change in found.changes for operation in change.operations]
    assert {item.group for item in writes} == {"connector/corp"}
    assert {item.target for item in writes} == {"connector/corp"}
    assert [[*item.expect] for item in writes] == [
        ["attribute-selection"],
        ["organizational-units/corp.contoso.com"],
    ]


@pytest.mark.parametrize("action", [Action.CREATE, Action.UPDATE, Action.DELETE])
def test_counts_are_of_what_the_tool_does_itself(action: Action) -> None:
    partition = trees.partition("corp.contoso.com", inclusions=(root(),))
    server = live(
        live_rule(rule("B", precedence=51)),
        live_rule(rule("C", precedence=52)),
        connectors=[trees.ad_connector(partition), trees.entra_connector()],
    )
    found = plan(
        estate(rule(), rule("B", precedence=53), environment=policy(prune="delete")), server
    )

    assert found.count(action) == 1
    assert found.manual_count == 1
