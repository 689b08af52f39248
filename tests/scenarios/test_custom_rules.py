"""Custom rules come, go and are renamed: one change each, or one line of what is not managed."""

from __future__ import annotations

import pytest

from tests.scenarios.exports import RULE_YAML, rule_xml
from tests.scenarios.outcomes import run
from tests.scenarios.turns import (
    COST_CENTRE,
    COST_CENTRE_ADDRESS,
    LIVE_COST_CENTRE,
    PAYROLL,
    PAYROLL_ADDRESS,
    SYNC_CORP,
    SYNC_FABRIKAM,
)
from tests.scenarios.world import World, fields_of, follow_ups_of, live_findings

HR = "rules/in-from-ad-user-hr.yaml"
HR_ADDRESS = "sync-rule/corp/In from AD - User - HR"
HR_FIELDS = [
    ("direction", None, "inbound"),
    ("source", None, "user"),
    ("target", None, "person"),
    ("link", None, "join"),
    ("precedence", None, 45),
    (
        "flows.department",
        None,
        {
            "expression": "Trim([department])",
            "merge": "update",
            "execute_once": False,
        },
    ),
]
"""What the rule says beyond what is documented as the default of a rule."""


# -- adding


def test_a_rule_that_is_added_in_git_is_created(world: World) -> None:
    world.write(HR, RULE_YAML)
    change = world.one_change()
    assert (change["address"], change["action"]) == (HR_ADDRESS, "create")
    assert fields_of(change) == HR_FIELDS
    assert (change["risk"], change["support"]) == ("behaviour", "supported")
    assert follow_ups_of(change) == list(SYNC_CORP)
    (operation,) = change["operations"]
    assert operation["verb"] == "add-rule"
    assert list(operation["expect"].values()) == ["absent"]
    assert '+ rule "In from AD - User - HR"' in world.plan_text()


def test_once_the_server_has_the_added_rule_there_is_nothing_to_do(world: World) -> None:
    world.write(HR, RULE_YAML)
    world.live.add_rule(rule_xml())
    world.assert_in_sync()


def test_the_import_of_a_rule_writes_it_as_a_colleague_would(world: World) -> None:
    world.live.add_rule(rule_xml())
    assert f"+ desired-state/prod/{HR}" in world.import_().out
    schema, text = world.read(HR).split("\n", maxsplit=1)
    assert schema.startswith("# yaml-language-server: $schema=")
    assert text == RULE_YAML
    world.assert_in_sync()


# -- removing


def test_a_rule_that_only_the_server_has_is_unmanaged(world: World) -> None:
    world.live.add_rule(rule_xml())
    outcome = world.planned()
    assert outcome.code == 2
    plan = outcome.json["plan"]
    assert plan["changes"] == live_findings(plan) == []
    assert [item["address"] for item in plan["unmanaged"]] == [HR_ADDRESS]
    assert "In from AD - User - HR" in world.plan_text()


def test_a_rule_that_was_removed_in_git_is_unmanaged_under_report(world: World) -> None:
    world.path(PAYROLL).unlink()
    outcome = world.planned()
    assert outcome.code == 2
    plan = outcome.json["plan"]
    assert plan["changes"] == []
    assert [item["address"] for item in plan["unmanaged"]] == [PAYROLL_ADDRESS]


def test_a_rule_that_was_removed_in_git_is_deleted_under_delete(world: World) -> None:
    world.path(PAYROLL).unlink()
    world.replace("environment.yaml", "\n  prune: report", "\n  prune: delete")
    change = world.one_change()
    assert (change["address"], change["action"]) == (PAYROLL_ADDRESS, "delete")
    assert (change["risk"], change["support"]) == ("destructive", "supported")
    assert follow_ups_of(change) == list(SYNC_FABRIKAM)
    assert [item["verb"] for item in change["operations"]] == ["remove-rule"]
    assert "1 to delete" in world.plan_text()


def test_no_rule_is_deleted_where_another_could_not_be_read(world: World) -> None:
    world.path(PAYROLL).unlink()
    world.replace("environment.yaml", "\n  prune: report", "\n  prune: delete")
    for identifier in (
        "0a1b2c3d-0000-4000-8000-000000000001",
        "0a1b2c3d-0000-4000-8000-000000000002",
    ):
        world.live.add_rule(rule_xml(), identifier=identifier)
    outcome = world.planned()
    assert outcome.code == 6
    plan = outcome.json["plan"]
    assert plan["changes"] == []
    assert [item["address"] for item in plan["blocked"]] == [PAYROLL_ADDRESS]


def test_a_rule_that_was_removed_on_the_server_is_created_again(world: World) -> None:
    world.live.file(LIVE_COST_CENTRE).unlink()
    change = world.one_change()
    assert (change["address"], change["action"]) == (COST_CENTRE_ADDRESS, "create")


def test_importing_the_removal_of_a_rule_keeps_its_file_until_pruning_is_asked_for(
    world: World,
) -> None:
    world.live.file(LIVE_COST_CENTRE).unlink()
    outcome = world.import_()
    assert "1 rule" in outcome.out
    assert "--prune" in outcome.out
    assert world.path(COST_CENTRE).exists()
    outcome = world.import_("--prune")
    assert f"- desired-state/prod/{COST_CENTRE}" in outcome.out
    assert not world.path(COST_CENTRE).exists()
    world.assert_in_sync()


# -- renaming


NEW_NAME = "In from AD – User Cost centre"


@pytest.fixture
def renamed(world: World) -> World:
    world.replace(
        COST_CENTRE,
        "rule: In from AD – User Kostenträger\n",
        f"rule: {NEW_NAME}\nmoved_from: In from AD – User Kostenträger\n",
    )
    return world


def test_a_renamed_rule_is_one_change_that_keeps_the_rule(renamed: World) -> None:
    change = renamed.one_change()
    assert (change["address"], change["action"]) == (f"sync-rule/corp/{NEW_NAME}", "update")
    assert change["moved_from"] == COST_CENTRE_ADDRESS
    assert change["fields"] == []
    (operation,) = change["operations"]
    assert (operation["verb"], operation["target"]) == ("set-rule", COST_CENTRE_ADDRESS)
    assert operation["value"]["name"] == NEW_NAME
    text = renamed.plan_text()
    assert "Kostenträger" in text
    assert NEW_NAME in text


def test_a_rule_that_is_renamed_and_edited_is_still_one_change(renamed: World) -> None:
    renamed.replace(COST_CENTRE, "precedence: 40\n", "precedence: 41\n")
    change = renamed.one_change()
    assert change["moved_from"] == COST_CENTRE_ADDRESS
    assert fields_of(change) == [("precedence", 40, 41)]


def test_once_the_server_has_the_new_name_the_old_one_is_ignored(renamed: World) -> None:
    renamed.live.replace(LIVE_COST_CENTRE, "Kostenträger</name>", "Cost centre</name>")
    renamed.assert_in_sync()


def test_an_import_does_not_undo_a_rename_that_is_still_to_be_carried_out(renamed: World) -> None:
    before = renamed.files()
    renamed.import_("--prune")
    assert renamed.files() == before
    assert renamed.one_change()["moved_from"] == COST_CENTRE_ADDRESS


def test_renaming_from_a_rule_that_git_still_has_is_refused(world: World) -> None:
    world.write(HR, RULE_YAML + "moved_from: In from AD – User Kostenträger\n")
    outcome = run("validate")
    assert outcome.code == 65
    assert f"desired-state/prod/{HR}" in outcome.out
    assert "moved_from" in outcome.flat


def test_a_rename_on_the_server_alone_is_one_rule_gone_and_one_unmanaged(world: World) -> None:
    world.live.replace(LIVE_COST_CENTRE, "Kostenträger</name>", "Cost centre</name>")
    plan = world.plan()
    assert [item["action"] for item in plan["changes"]] == ["create"]
    assert [item["address"] for item in plan["unmanaged"]] == [f"sync-rule/corp/{NEW_NAME}"]


# -- replacing


def test_a_change_of_direction_or_type_replaces_the_rule(world: World) -> None:
    world.replace(COST_CENTRE, "source: user\n", "source: inetOrgPerson\n")
    change = world.one_change()
    assert fields_of(change) == [("source", "user", "inetOrgPerson")]
    assert change["risk"] == "destructive"
    remove, add = change["operations"]
    assert (remove["verb"], add["verb"]) == ("remove-rule", "add-rule")
    assert list(add["expect"].values()) == [f"after:{remove['id']}"]
    assert remove["group"] == add["group"]


def test_an_exchange_of_two_numbers_lands_together(world: World) -> None:
    world.write(HR, RULE_YAML.replace("45", "40"))
    world.live.add_rule(rule_xml(precedence=45))
    world.replace(COST_CENTRE, "precedence: 40\n", "precedence: 45\n")
    changes = world.plan()["changes"]
    assert {item["address"] for item in changes} == {HR_ADDRESS, COST_CENTRE_ADDRESS}
    assert len({item["operations"][0]["group"] for item in changes}) == 1
