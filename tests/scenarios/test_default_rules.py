"""Default rules: what was edited is one finding with both texts, never a write (decision A8)."""

from __future__ import annotations

import pytest

from tests.scenarios.exports import rule_xml
from tests.scenarios.outcomes import run
from tests.scenarios.world import World, live_findings

COMMON = "rule:corp/In from AD - User Common"
ADDRESS = "default-rule/corp/Microsoft.InfromADUserCommon"
FILE = "rules/default/corp/in-from-ad-user-common.yaml"
OLD, NEW = "<expression>Trim([department])<", "<expression>UCase([department])<"
BUILD = "Microsoft.Synchronize.ServerConfigurationVersion"


@pytest.fixture
def edited(world: World) -> World:
    """Return a world in which somebody edited an expression of a default rule on the server."""
    world.live.replace(COMMON, OLD, NEW)
    return world


def test_an_edited_expression_is_one_finding_with_both_texts(edited: World) -> None:
    finding = edited.one_finding()
    assert finding["address"] == ADDRESS
    lines = " ".join(finding["expected"])
    assert "somebody edited it" in lines
    assert "Trim([department])" in lines
    assert "UCase([department])" in lines
    assert "clone the rule, then disable the original" in finding["remedy"]


def test_the_text_of_the_plan_and_of_drift_show_both_texts(edited: World) -> None:
    for command in ("plan", "drift"):
        outcome = run(command, "prod", "--live", edited.live.source, "--detailed-exitcode")
        assert outcome.code == 2
        assert "Trim([department])" in outcome.flat
        assert "UCase([department])" in outcome.flat


def test_an_edit_stays_a_finding_over_imports(edited: World) -> None:
    before = edited.read(FILE)
    for _ in range(2):
        assert edited.import_().code == 0
        assert edited.read(FILE) == before
        assert edited.one_finding()["address"] == ADDRESS


def test_an_edit_is_recorded_when_that_is_asked_for(edited: World) -> None:
    outcome = edited.import_("--adopt-default", ADDRESS)
    assert outcome.code == 0
    assert "UCase([department])" in edited.read(FILE)
    edited.assert_in_sync()


def test_adopting_one_rule_leaves_the_edit_of_another_a_finding(edited: World) -> None:
    edited.live.replace(
        "rule:fabrikam/In from AD - User Common",
        "<expression>Trim([division])<",
        "<expression>UCase([division])<",
    )
    edited.import_("--adopt-default", ADDRESS)
    finding = edited.one_finding()
    assert finding["address"] == "default-rule/fabrikam/Microsoft.InfromADUserCommon"


def test_a_higher_tag_is_a_product_upgrade_which_import_records(edited: World) -> None:
    edited.live.replace(
        COMMON, "Microsoft.InfromADUserCommon.012", "Microsoft.InfromADUserCommon.013"
    )
    finding = edited.one_finding()
    assert "product upgrade" in " ".join(finding["expected"])
    assert "import" in finding["remedy"]
    edited.import_()
    assert "Microsoft.InfromADUserCommon.013" in edited.read(FILE)
    edited.assert_in_sync()


def test_an_equal_tag_and_a_higher_build_are_undecided(edited: World) -> None:
    edited.live.set_parameter("settings", BUILD, "2.5.999.0")
    lines = " ".join(edited.one_finding()["expected"])
    assert "an edit by hand or another version" in lines


def test_a_tag_of_a_higher_number_alone_is_nothing(world: World) -> None:
    world.live.replace(
        COMMON, "Microsoft.InfromADUserCommon.012", "Microsoft.InfromADUserCommon.013"
    )
    world.assert_in_sync()


def test_a_build_of_a_higher_number_alone_is_nothing(world: World) -> None:
    world.live.set_parameter("settings", BUILD, "2.5.999.0")
    world.assert_in_sync()


def test_a_new_default_rule_is_a_finding_until_it_is_imported(world: World) -> None:
    tag = "Microsoft.InfromADUserNews.001"
    world.live.add_rule(rule_xml("In from AD - User News", tag=tag, precedence=136))
    assert world.one_finding()["address"] == "default-rule/corp/Microsoft.InfromADUserNews"
    world.import_()
    world.assert_in_sync()


def test_a_deleted_default_rule_is_a_finding(world: World) -> None:
    world.live.rule("In from AD - Computer Join", "fabrikam").unlink()
    finding = world.one_finding()
    assert finding["address"] == "default-rule/fabrikam/Microsoft.InfromADComputerJoin"
    assert "is not on the server" in finding["what"]


def test_a_deleted_default_rule_is_forgotten_only_when_pruning_is_asked_for(world: World) -> None:
    world.live.rule("In from AD - Computer Join", "fabrikam").unlink()
    file = "rules/default/fabrikam/in-from-ad-computer-join.yaml"
    assert "--prune" in world.import_().out
    assert world.path(file).exists()
    world.import_("--prune")
    assert not world.path(file).exists()
    world.assert_in_sync()


def test_another_order_of_default_rules_is_one_finding(world: World) -> None:
    first = "rule:corp/In from AD - Contact Join"
    second = "rule:corp/In from AD - Contact Common"
    world.live.replace(first, "<precedence>113<", "<precedence>115<")
    world.live.replace(second, "<precedence>115<", "<precedence>113<")
    finding = world.one_finding()
    assert "order" in finding["what"]


def test_editing_one_in_git_is_refused_with_the_recipe(world: World) -> None:
    world.replace(FILE, "Trim([department])", "UCase([department])")
    outcome = run("validate", "prod")
    assert outcome.code == 65
    assert f"desired-state/prod/{FILE}" in outcome.out
    assert "clone" in outcome.flat
    assert "disable" in outcome.flat


def test_a_clone_with_its_original_switched_off_lands_together(world: World) -> None:
    original = world.read(FILE)
    start, end = original.index("baseline:"), original.index("direction:")
    clone = original[:start] + original[end:]
    clone = clone.replace(
        "rule: In from AD - User Common\n", "rule: In from AD - User Common - ours\n"
    )
    clone = clone.replace("precedence: 105\n", "precedence: 98\n").replace(
        "Trim([department])", "UCase([department])"
    )
    clone = clone.replace("../../../../", "../../../")
    world.write("rules/in-from-ad-user-common-ours.yaml", clone)
    world.replace(FILE, "direction:", "disabled: true\ndirection:")
    plan = world.plan()
    assert live_findings(plan) == []
    created, disabled = plan["changes"]
    assert (created["kind"], created["action"]) == ("sync-rule", "create")
    assert (disabled["address"], disabled["action"]) == (ADDRESS, "update")
    groups = {item["group"] for change in plan["changes"] for item in change["operations"]}
    assert len(groups) == 1
