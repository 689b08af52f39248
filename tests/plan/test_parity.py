"""Two servers against each other, without desired state."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reconciler.model.addresses import Address
from reconciler.model.changes import Action
from reconciler.model.findings import Concern
from reconciler.model.snapshots import Part, Server, State
from reconciler.plan.encoding import encode_plan
from reconciler.plan.parity import build_parity
from tests.kinds import trees
from tests.plan.estates import live, live_rule, rule, tree

A = Address("sync-rule", "corp", "A")
MIRRORED = {
    Action.CREATE: Action.DELETE,
    Action.DELETE: Action.CREATE,
    Action.UPDATE: Action.UPDATE,
}


def parameters(**changed: str) -> dict[str, str]:
    return {
        "Microsoft.Synchronize.SynchronizationSchedule": changed.get("schedule", "True"),
        "Microsoft.Synchronize.StagingMode": changed.get("staging", "False"),
    }


FABRIKAM = trees.ad_connector(
    trees.partition("fabrikam.com"),
    forest="fabrikam.com",
    identifier="00000000-0000-0000-0000-00000000000f",
)

EVEN, UNEVEN = (
    trees.ad_connector(
        trees.partition("corp.contoso.com", classes=("user", "group")),
        trees.partition("emea.contoso.com", classes=classes),
    )
    for classes in (("user", "group"), ("user",))
)

PAIRS = {
    "a rule": (live(), live(live_rule(rule()))),
    "a rule's fields": (live(live_rule(rule())), live(live_rule(rule(disabled=True)))),
    "a number": (live(live_rule(rule())), live(live_rule(rule(precedence=51)))),
    "a setting": (live(), live(parameters=parameters(schedule="False"))),
    "a selection": (
        live(),
        live(connectors=[trees.ad_connector(trees.partition("corp.contoso.com"))]),
    ),
    "a type that one domain lost": (live(connectors=[EVEN]), live(connectors=[UNEVEN])),
    "the name of a default rule": (
        live(live_rule(rule("Join"), tag="Microsoft.Join.001")),
        live(live_rule(rule("Renamed"), tag="Microsoft.Join.001")),
    ),
    "a connector": (live(), live(connectors=[*tree()["connectors"], FABRIKAM])),
}


def actions(one: Server, other: Server) -> dict[Address, Action]:
    return {change.address: change.action for change in build_parity(one, other).changes}


@pytest.mark.parametrize("server", [server for pair in PAIRS.values() for server in pair])
def test_a_server_does_not_differ_from_itself(server: Server) -> None:
    found = build_parity(server, server)

    assert (found.changes, found.unmanaged, found.blocked) == ((), (), ())
    assert {finding.concern for finding in found.findings} <= {Concern.ADVICE}
    assert not found.has_differences


@pytest.mark.parametrize("pair", PAIRS.values(), ids=PAIRS)
def test_turned_round_the_same_things_differ(pair: tuple[Server, Server]) -> None:
    there, back = actions(*pair), actions(*reversed(pair))

    assert there
    assert back == {address: MIRRORED[action] for address, action in there.items()}


@pytest.mark.parametrize("pair", PAIRS.values(), ids=PAIRS)
def test_before_is_the_first_server_and_after_the_second(pair: tuple[Server, Server]) -> None:
    there = {change.address: change for change in build_parity(*pair).changes}
    back = {change.address: change for change in build_parity(*reversed(pair)).changes}

    for address, change in there.items():
        mirrored = {(item.path, str(item.after), str(item.before)) for item in change.fields}
        assert mirrored == {
            (item.path, str(item.before), str(item.after)) for item in back[address].fields
        }


def test_two_servers_differ_in_their_role_on_purpose() -> None:
    assert actions(live(), live(parameters=parameters(staging="True"))) == {}


def test_identifiers_and_builds_are_no_difference() -> None:
    one, other = live(live_rule(rule())), live({**live_rule(rule()), "identifier": "x"})

    assert actions(one, replace(other, build="9.9.9.9", name="SYNC02", instance="i")) == {}


@pytest.mark.parametrize("state", [State.ABSENT, State.DAMAGED])
@pytest.mark.parametrize("is_first", [True, False])
def test_what_one_of_the_two_could_not_read_takes_no_part(state: State, *, is_first: bool) -> None:
    whole, part = live(live_rule(rule())), live(states={Part.RULES: state})
    one, other = (part, whole) if is_first else (whole, part)

    found = build_parity(one, other)

    assert found.changes == ()
    entry = next(item for item in found.coverage if item.kind == "sync-rule")
    assert entry.state is state
    assert not (entry.declared and state is State.ABSENT)


def test_one_forest_has_one_alias_on_both_servers() -> None:
    clash = trees.ad_connector(
        trees.partition("corp.fabrikam.com"),
        forest="corp.fabrikam.com",
        identifier="00000000-0000-0000-0000-00000000000f",
    )
    both = live(connectors=[*tree()["connectors"], clash])
    only = live(connectors=[clash, trees.entra_connector()])

    gone = {address.connector for address, _ in actions(both, only).items()}

    assert gone == {"corp"}


def test_a_default_rule_on_one_server_is_a_difference() -> None:
    default = live_rule(rule("In"), tag="Microsoft.InfromADUserJoin.001")

    assert actions(live(default), live()) == {
        Address("default-rule", "corp", "Microsoft.InfromADUserJoin"): Action.DELETE
    }


def test_numbers_of_default_rules_alone_are_no_difference() -> None:
    one = live_rule(rule("In", precedence=101), tag="Microsoft.InfromADUserJoin.001")

    assert actions(live(one), live({**one, "precedence": 140})) == {}


def test_the_content_hash_is_that_of_the_changes() -> None:
    one, other = PAIRS["a rule"]
    first = build_parity(one, other)

    assert first.content_hash == build_parity(one, other).content_hash
    assert first.content_hash != build_parity(one, one).content_hash
    assert encode_plan(first)["environment"] == ""
