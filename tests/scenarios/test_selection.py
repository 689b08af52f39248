"""What a plan looks at: one server, some addresses, one source; and what it leaves alone."""

from __future__ import annotations

import pytest

from tests.scenarios.exports import Export, rule_xml
from tests.scenarios.outcomes import run
from tests.scenarios.turns import CORP, COST_CENTRE, COST_CENTRE_ADDRESS
from tests.scenarios.world import World

ROLE = "Microsoft.Synchronize.StagingMode"


@pytest.fixture
def busy(world: World) -> World:
    """Return a world in which several things differ on both sides."""
    world.replace(COST_CENTRE, "precedence: 40\n", "precedence: 41\n")
    world.replace(CORP, "        - OU=Partners\n", "")
    world.replace(CORP, "password_hash_sync: enabled", "password_hash_sync: disabled")
    world.replace("server.yaml", "00:30:00", "01:00:00")
    world.live.add_rule(rule_xml())
    return world


TARGETS = (
    "scheduler",
    "sync-rule",
    "sync-rule/corp",
    COST_CENTRE_ADDRESS,
    "password-hash-sync/corp",
    "password-hash-sync/fabrikam",
    "organizational-units",
    "default-rule",
)


@pytest.mark.parametrize("target", TARGETS)
def test_a_target_gives_exactly_those_changes_of_the_whole_plan(busy: World, target: str) -> None:
    whole = busy.plan()
    part = busy.plan("--target", target)
    wanted = [item for item in whole["changes"] if _is_below(item["address"], target)]
    assert [item["address"] for item in part["changes"]] == [item["address"] for item in wanted]
    assert [item["fields"] for item in part["changes"]] == [item["fields"] for item in wanted]
    assert part["selection"]["targets"] == [target]
    assert [item["address"] for item in part["unmanaged"]] == [
        item["address"] for item in whole["unmanaged"] if _is_below(item["address"], target)
    ]


def test_two_targets_give_both(busy: World) -> None:
    part = busy.plan("--target", "scheduler", "--target", COST_CENTRE_ADDRESS)
    assert {item["address"] for item in part["changes"]} == {"scheduler", COST_CENTRE_ADDRESS}


def test_a_selection_has_a_content_hash_of_its_own(busy: World) -> None:
    hashes = {busy.plan(*options)["content_hash"] for options in ([], ["--target", "scheduler"])}
    assert len(hashes) == 2


def test_a_target_that_is_in_sync_gives_an_empty_plan(busy: World) -> None:
    outcome = busy.planned("--target", "password-hash-sync/fabrikam")
    assert outcome.code == 0


def _is_below(address: str, target: str) -> bool:
    return address == target or address.startswith(f"{target}/")


# -- unsupported changes


def test_an_unsupported_change_is_manual_until_policy_names_its_kind(busy: World) -> None:
    by_hand = busy.plan("--target", "organizational-units")
    assert by_hand["summary"] == {"create": 0, "update": 0, "delete": 0, "manual": 1}
    busy.replace(
        "environment.yaml", "allow_unsupported: []", "allow_unsupported: [organizational-units]"
    )
    scripted = busy.plan("--target", "organizational-units")
    assert scripted["summary"] == {"create": 0, "update": 1, "delete": 0, "manual": 0}
    (change,) = scripted["changes"]
    assert change["support"] == "unsupported"
    assert change["instructions"]
    assert {item["by"] for item in change["follow_ups"]} == {"reconciler"}
    assert by_hand["content_hash"] != scripted["content_hash"]


# -- servers


@pytest.fixture
def pair(world: World) -> tuple[World, Export]:
    """Return a world with an active and a staging server, and the staging server's export."""
    world.replace(
        "environment.yaml",
        "  sync01: {role: active}\n",
        "  sync01: {role: active}\n  sync02: {role: staging}\n",
    )
    staging = world.live.copy(world.folder / "staging")
    staging.replace("settings", 'server="SYNC01"', 'server="SYNC02"')
    staging.set_parameter("settings", ROLE, "True")
    return world, staging


def test_a_staging_server_that_is_as_it_should_be_is_in_sync(pair: tuple[World, Export]) -> None:
    world, staging = pair
    live = ("--live", staging.source, "--server", "sync02")
    outcome = run("plan", "prod", *live, "--json", "--detailed-exitcode")
    assert outcome.code == 0
    (server,) = outcome.json["plan"]["servers"]
    assert (server["name"], server["role"]) == ("sync02", "staging")
    assert world.planned().code == 0


def test_a_server_in_the_other_role_is_told(pair: tuple[World, Export]) -> None:
    _, staging = pair
    staging.set_parameter("settings", ROLE, "False")
    live = ("--live", staging.source, "--server", "sync02")
    outcome = run("plan", "prod", *live, "--json", "--detailed-exitcode")
    assert outcome.code == 2
    assert "staging-mode" in outcome.out


def test_of_several_sources_the_addressed_servers_is_taken(pair: tuple[World, Export]) -> None:
    world, staging = pair
    staging.set_parameter("settings", "Microsoft.Synchronize.TimeInterval", "02:00:00")
    both = ("--live", world.live.source, "--live", f"sync02={staging.source}")
    assert run("plan", "prod", *both, "--detailed-exitcode").code == 0
    other = run("plan", "prod", *both, "--server", "sync02", "--detailed-exitcode", "--json")
    assert other.code == 2
    assert [item["server"] for item in other.json["plan"]["changes"]] == ["sync02"]


def test_two_sources_of_one_server_are_refused(world: World) -> None:
    both = ("--live", world.live.source, "--live", world.live.source)
    assert run("plan", "prod", *both).code == 64


def test_a_source_given_for_another_server_is_refused(pair: tuple[World, Export]) -> None:
    world, _ = pair
    outcome = run("plan", "prod", "--live", f"sync02={world.live.source}", "--server", "sync02")
    assert outcome.code == 64
    assert "SYNC01" in outcome.err


def test_sources_without_one_of_the_addressed_server_are_refused(
    pair: tuple[World, Export],
) -> None:
    world, _ = pair
    outcome = run("plan", "prod", "--live", world.live.source, "--server", "sync02")
    assert outcome.code == 64
    assert "sync02" in outcome.err


def test_an_addressed_server_that_nobody_recorded_is_incomplete(
    pair: tuple[World, Export],
) -> None:
    world, _ = pair
    assert run("plan", "prod", "--server", "sync02").code in (6, 65)
    staging = world.path("recorded/sync02.json")
    assert not staging.exists()


def test_two_active_servers_are_refused(world: World) -> None:
    world.replace(
        "environment.yaml",
        "  sync01: {role: active}\n",
        "  sync01: {role: active}\n  sync02: {role: active}\n",
    )
    assert run("validate").code == 65


@pytest.mark.usefixtures("world")
def test_a_target_that_nobody_has_is_refused_and_the_nearest_is_named() -> None:
    outcome = run("plan", "prod", "--target", "organizational-units/corpp/corp.contoso.com")

    assert outcome.code == 64
    assert 'did you mean "organizational-units/corp/corp.contoso.com"' in outcome.err


def test_a_warning_about_what_git_says_anew_stands_in_the_plan(world: World) -> None:
    path = "rules/default/fabrikam/in-from-ad-user-join.yaml"
    text = world.read(path)
    world.write(path, text.replace("direction: inbound", "disabled: true\ndirection: inbound", 1))

    codes = [finding["code"] for finding in world.plan()["findings"]]

    assert "RC2111" in codes


def test_a_damaged_server_name_is_damage_and_not_wrong_usage(world: World) -> None:
    (world.live.folder / "GlobalSettings" / "MV.xml").unlink()

    assert run("plan", "prod", "--live", world.live.source).code == 6
