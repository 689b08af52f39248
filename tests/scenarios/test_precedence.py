"""Places instead of numbers (decision A7): solved when planned, and kept by every import."""

from __future__ import annotations

import re

import pytest

from tests.scenarios.exports import RULE_YAML, rule_xml
from tests.scenarios.outcomes import run
from tests.scenarios.world import World, fields_of

HR = "rules/in-from-ad-user-hr.yaml"
COST_CENTRE = "In from AD – User Kostenträger"  # 40
EXTERNALS = "rules/in-from-ad-user-externals-and-certificates-before-common.yaml"
LIVE_EXTERNALS = "rule:corp/In from AD - User - Externals and certificates [before Common]"
LEGACY = "rules/legacy-defaults-of-the-old-server.yaml"
LIVE_LEGACY = "rule:corp/Legacy: defaults of the old server"


def _rule(place: str) -> str:
    return RULE_YAML.replace("precedence: 45", f"precedence: {place}")


def _number(world: World) -> int:
    (change,) = world.plan()["changes"]
    (number,) = [item["after"] for item in change["fields"] if item["path"] == "precedence"]
    assert isinstance(number, int)
    return number


def test_a_rule_before_another_gets_a_free_number_in_front_of_it(world: World) -> None:
    world.write(HR, _rule(f"{{before: {COST_CENTRE}}}"))
    assert _number(world) == 39


def test_a_rule_after_another_gets_a_free_number_behind_it(world: World) -> None:
    world.write(HR, _rule(f"{{after: {COST_CENTRE}}}"))
    assert _number(world) == 41


def test_a_number_that_another_rule_has_is_passed_over(world: World) -> None:
    world.write(HR, _rule('{after: "In from AD - User AccountEnabled - Without password hash"}'))
    assert _number(world) == 90  # 88 is the anchor, 89 is taken


@pytest.mark.parametrize("number", [1, 17, 39])
def test_a_number_on_the_server_that_satisfies_is_kept(world: World, number: int) -> None:
    world.write(HR, _rule(f"{{before: {COST_CENTRE}}}"))
    world.live.add_rule(rule_xml(precedence=number))
    world.assert_in_sync()
    before = world.files()
    assert "nothing changed" in world.import_().out
    assert world.read(HR).encode() == before[f"prod/{HR}"]


def test_a_number_on_the_server_that_does_not_satisfy_is_changed(world: World) -> None:
    world.write(HR, _rule(f"{{before: {COST_CENTRE}}}"))
    world.live.add_rule(rule_xml(precedence=45))
    assert fields_of(world.one_change()) == [("precedence", 45, 39)]


def test_importing_a_number_that_does_not_satisfy_adopts_it(world: World) -> None:
    world.write(HR, _rule(f"{{before: {COST_CENTRE}}}"))
    world.live.add_rule(rule_xml(precedence=45))
    assert "~ desired-state/prod/rules/in-from-ad-user-hr.yaml" in world.import_().out
    assert "precedence: 45\n" in world.read(HR)
    world.assert_in_sync()


def test_rules_that_want_to_stand_before_each_other_are_a_finding(world: World) -> None:
    world.write(HR, _rule(f"{{before: {COST_CENTRE}}}"))
    world.replace(
        "rules/in-from-ad-user-kostentrager.yaml",
        "precedence: 40\n",
        "precedence: {before: In from AD - User - HR}\n",
    )
    outcome = run("validate")
    assert outcome.code == 65
    assert "circle" in outcome.flat


def test_a_place_beside_a_rule_that_is_not_there_is_a_finding(world: World) -> None:
    world.write(HR, _rule("{before: In from AD - User - Payrol}"))
    outcome = run("validate")
    assert outcome.code == 65
    assert f"desired-state/prod/{HR}" in outcome.out


def test_two_rules_with_one_number_are_a_finding(world: World) -> None:
    world.write(HR, _rule("40"))
    outcome = run("validate")
    assert outcome.code == 65
    assert "precedence 40 also belongs to" in outcome.flat
    assert f"desired-state/prod/{HR}:" in outcome.out
    assert "desired-state/prod/rules/in-from-ad-user-kostentrager.yaml:" in outcome.out


@pytest.mark.parametrize("number", ["0", "100", "-3"])
def test_a_new_rule_cannot_stand_outside_the_band(world: World, number: str) -> None:
    world.write(HR, _rule(number))
    assert run("validate").code == 65


def test_an_insertion_before_a_default_rule_is_known_by_its_order_alone(world: World) -> None:
    assert "{insert_before: corp/Microsoft.InfromADUserCommon}" in world.read(EXTERNALS)
    for path in world.live.rules:
        text = path.read_text(encoding="utf-8")
        moved = re.sub(
            r"<precedence>(1\d\d)<", lambda found: f"<precedence>{int(found[1]) + 40}<", text
        )
        path.write_text(moved, encoding="utf-8")
    world.assert_in_sync()


def test_an_inserted_rule_that_left_its_place_is_one_change(world: World) -> None:
    world.live.replace(LIVE_EXTERNALS, "<precedence>104<", "<precedence>140<")
    (field,) = world.one_change()["fields"]
    assert field["path"] == "precedence"
    assert field["after"] == {"insert_before": "corp/Microsoft.InfromADUserCommon"}


def test_an_insertion_before_a_default_rule_that_is_not_there_is_refused(world: World) -> None:
    world.replace(
        EXTERNALS, "corp/Microsoft.InfromADUserCommon", "corp/Microsoft.InfromADUserComon"
    )
    assert run("validate").code == 65
    assert world.planned().code == 65


def test_a_rule_behind_all_default_rules_is_known_by_its_order_alone(world: World) -> None:
    assert "{insert_after: last}" in world.read(LEGACY)
    world.live.replace(LIVE_LEGACY, "<precedence>300<", "<precedence>777<")
    world.assert_in_sync()


def test_an_existing_zero_is_kept_with_a_warning(world: World) -> None:
    text = run("validate").flat
    assert "precedence 0 is outside the band of custom rules" in text
    world.assert_in_sync()


def test_a_number_that_an_unmanaged_rule_has_is_told_and_not_taken(world: World) -> None:
    world.write(HR, RULE_YAML.replace("rule: ", "rule: New name of ", 1))
    world.live.add_rule(rule_xml(precedence=45))

    plan = world.plan()

    (finding,) = plan["findings"]
    assert finding["code"] == "RC3204"
    assert "moved_from" in finding["remedy"]
    assert ["belongs to" in item["reason"] for item in plan["blocked"]] == [True]
