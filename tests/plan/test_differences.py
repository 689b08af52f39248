"""What differs between git and a server, and what never counts as a difference."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reconciler.model.addresses import Address
from reconciler.model.changes import Action
from reconciler.model.findings import Concern
from reconciler.model.snapshots import Part, State
from reconciler.plan.differences import Scope, matches
from tests.kinds import trees
from tests.plan.estates import (
    CORP_DOCUMENT,
    ENTRA_DOCUMENT,
    Fields,
    differences,
    estate,
    live,
    live_rule,
    plan,
    rule,
)

A, B = Address("sync-rule", "corp", "A"), Address("sync-rule", "corp", "B")


def test_equal_sides_differ_in_nothing() -> None:
    found = differences(estate(rule()), live(live_rule(rule())))

    assert (found.drafts, found.unmanaged, found.findings, found.blocked) == ([], [], [], [])


def test_a_rule_of_git_alone_is_created_with_every_field_that_is_no_default() -> None:
    (draft,) = differences(estate(rule(disabled=True)), live()).drafts

    assert (draft.address, draft.action) == (A, Action.CREATE)
    assert {change.path for change in draft.fields} == {
        *("direction", "source", "target", "link", "precedence", "disabled")
    }
    assert all(change.before in (None, False) for change in draft.fields)


def test_a_rule_of_the_server_alone_is_unmanaged() -> None:
    found = differences(estate(), live(live_rule(rule())))

    assert [item.address for item in found.unmanaged] == [A]
    assert found.drafts == []


def test_a_rule_of_the_server_alone_is_deleted_where_the_policy_says_so() -> None:
    found = differences(estate(), live(live_rule(rule())), Scope(deletes_unmanaged=True))

    assert [(draft.address, draft.action) for draft in found.drafts] == [(A, Action.DELETE)]
    assert found.unmanaged == []


def test_a_field_that_git_does_not_write_is_not_managed() -> None:
    corp = {name: value for name, value in CORP_DOCUMENT.items() if name != "attributes"}
    found = differences(estate(connectors=(corp, ENTRA_DOCUMENT)), live())

    assert found.drafts == []


def test_a_closed_document_compares_the_defaults_that_it_leaves_out() -> None:
    (draft,) = differences(estate(rule()), live(live_rule(rule(disabled=True)))).drafts

    (change,) = draft.fields
    assert (change.path, change.before, change.after) == ("disabled", True, False)


@pytest.mark.parametrize("state", [State.ABSENT, State.DAMAGED])
def test_a_part_that_was_not_read_never_differs(state: State) -> None:
    server = live(states={Part.RULES: state})
    found = differences(estate(rule()), server, Scope(deletes_unmanaged=True))

    assert found.drafts == []
    (entry,) = [item for item in found.coverage if item.kind == "sync-rule"]
    assert (entry.state, entry.declared) == (state, True)


def test_a_part_that_is_neither_read_nor_declared_is_only_coverage() -> None:
    found = differences(estate(), live(states={Part.RULES: State.ABSENT}))

    (entry,) = [item for item in found.coverage if item.kind == "sync-rule"]
    assert (entry.state, entry.declared) == (State.ABSENT, False)


def test_a_setting_that_the_source_does_not_hold_is_coverage_and_no_change() -> None:
    found = differences(estate(server={"automatic_upgrade": "enabled"}), live())

    assert found.drafts == []
    assert [item.note for item in found.coverage if item.state is State.ABSENT and item.declared]


def test_a_field_that_the_source_does_not_hold_is_coverage_by_name() -> None:
    document: Fields = {"scheduler": {"cycle_enabled": True, "interval": "00:30:00"}}
    found = differences(estate(server=document), live())

    assert found.drafts == []
    assert "scheduler: interval" in [item.note for item in found.coverage if item.declared]


def test_two_rules_of_one_name_block_their_address_and_no_other() -> None:
    twins = (live_rule(rule()), live_rule(rule(precedence=51)))
    found = differences(
        estate(rule(), rule("B", precedence=60, disabled=True)),
        live(*twins, live_rule(rule("B", precedence=60))),
    )

    assert [item.address for item in found.blocked] == [A]
    assert [draft.address for draft in found.drafts] == [B]
    assert [finding.concern for finding in found.findings] == [Concern.SOURCE]


def test_a_rename_of_two_rules_of_one_name_is_blocked() -> None:
    twins = (live_rule(rule()), live_rule(rule(precedence=51)))
    found = differences(estate(rule("B", moved_from="A")), live(*twins))

    assert [item.address for item in found.blocked] == [B]
    assert found.drafts == []


def test_nothing_is_deleted_where_a_rule_could_not_be_read() -> None:
    twins = (live_rule(rule()), live_rule(rule(precedence=51)))
    found = differences(estate(), live(*twins, live_rule(rule("B"))), Scope(deletes_unmanaged=True))

    assert found.drafts == []
    assert [item.address for item in found.blocked] == [B]


def test_a_connector_that_the_source_lacks_blocks_what_belongs_to_it() -> None:
    server = live(connectors=[trees.entra_connector()])
    found = differences(estate(rule()), server)

    assert found.drafts == []
    assert A in [item.address for item in found.blocked]
    assert [finding.code for finding in found.findings] == ["RC4201"]


def test_a_connector_that_git_does_not_know_is_one_finding() -> None:
    server = live(live_rule(rule()))
    found = differences(estate(connectors=(ENTRA_DOCUMENT,)), server)

    assert [finding.code for finding in found.findings] == ["RC3101"]
    assert (found.drafts, found.unmanaged) == ([], [])


def test_a_renamed_rule_is_one_update_of_the_old_one() -> None:
    found = differences(estate(rule("B", moved_from="A")), live(live_rule(rule())))

    (draft,) = found.drafts
    assert (draft.address, draft.action, draft.moved_from) == (B, Action.UPDATE, A)
    assert (draft.fields, found.unmanaged) == ((), [])


def test_moved_from_means_nothing_once_the_server_has_the_new_name() -> None:
    server = live(live_rule(rule("B")))

    assert differences(estate(rule("B", moved_from="A")), server).drafts == []


def test_of_two_rules_that_claim_one_old_name_only_one_gets_it() -> None:
    documents = (rule("B", moved_from="A"), rule("C", moved_from="A", precedence=51))
    found = differences(estate(*documents), live(live_rule(rule())))

    assert [(draft.name, draft.action) for draft in found.drafts] == [
        ("B", Action.UPDATE),
        ("C", Action.CREATE),
    ]


def test_a_difference_of_a_default_rule_is_a_finding_and_its_switch_a_change() -> None:
    baseline = {"tag": "Microsoft.InfromADUserCommon.012", "build": "2.5.190.0", "sha256": "0"}
    default = rule("In", precedence=101, baseline=dict(baseline))
    edited = live_rule(
        rule("In", precedence=101, link="provision", disabled=True), tag=str(baseline["tag"])
    )
    found = differences(estate(default), live(edited))

    (draft,) = found.drafts
    assert [change.path for change in draft.fields] == ["disabled"]
    assert [(finding.code, finding.server) for finding in found.findings] == [("RC3102", "sync01")]


@pytest.mark.parametrize(
    ("target", "is_met"),
    [
        (Address("sync-rule"), True),
        (Address("sync-rule", "corp"), True),
        (Address("sync-rule", "corp", "A"), True),
        (Address("sync-rule", "corp", "B"), False),
        (Address("sync-rule", "entra"), False),
        (Address("default-rule"), False),
    ],
)
def test_a_target_is_an_address_or_what_stands_above_it(target: Address, *, is_met: bool) -> None:
    assert matches(A, target) is is_met


def test_no_address_is_no_target() -> None:
    assert not matches(None, Address("sync-rule"))


def test_a_targeted_plan_leaves_the_rest_out() -> None:
    documents = (rule(disabled=True), rule("B", precedence=60, disabled=True))
    server = live(live_rule(rule()), live_rule(rule("B", precedence=60)), live_rule(rule("C")))
    whole = estate(*documents)

    found = differences(whole, server, Scope(targets=(A,)))

    assert [draft.address for draft in found.drafts] == [A]
    assert [draft.address for draft in found.left_out] == [B]
    assert (found.unmanaged, found.blocked) == ([], [])
    assert {item.kind for item in found.coverage if item.declared} == {"sync-rule"}


@pytest.mark.parametrize("target", [A, B])
def test_a_rename_is_met_by_its_old_and_by_its_new_name(target: Address) -> None:
    scope = Scope(targets=(target,))
    (draft,) = differences(estate(rule("B", moved_from="A")), live(live_rule(rule())), scope).drafts

    assert (draft.address, draft.moved_from) == (B, A)


def test_targets_count_once_and_in_any_order() -> None:
    whole, server = estate(rule(), rule("B", precedence=60)), live()

    one, other = plan(whole, server, A, B, A), plan(whole, server, B, A)

    assert one == other
    assert one.selection.targets == (A, B)


def test_an_unread_server_is_not_a_different_one() -> None:
    unread = replace(live(), tree={}, coverage=())

    found = differences(estate(rule(), server={"automatic_upgrade": "enabled"}), unread)

    assert (found.drafts, found.unmanaged, found.findings) == ([], [], [])
    assert {item.state for item in found.coverage} == {State.ABSENT}
