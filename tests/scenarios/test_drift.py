"""Drift: the committed state against the server, and what no kind models against the recording."""

from __future__ import annotations

from typing import Any

import pytest

from tests.scenarios.outcomes import Outcome, run
from tests.scenarios.turns import COST_CENTRE, COST_CENTRE_ADDRESS, LIVE_COST_CENTRE
from tests.scenarios.world import World, live_findings


@pytest.fixture
def versioned(world: World) -> World:
    world.commit()
    return world


def _drift(world: World, *options: str) -> Outcome:
    return run("drift", "prod", "--live", world.live.source, "--detailed-exitcode", *options)


def _found(world: World) -> dict[str, Any]:
    return _drift(world, "--json").json


def test_a_server_that_holds_what_was_committed_has_no_drift(versioned: World) -> None:
    outcome = _drift(versioned)
    assert outcome.code == 0
    assert versioned.git("rev-parse", "HEAD")[:7] in outcome.text


def test_what_is_not_committed_is_no_drift_but_a_plan(versioned: World) -> None:
    versioned.replace(COST_CENTRE, "precedence: 40\n", "precedence: 41\n")
    assert _drift(versioned).code == 0
    assert versioned.planned().code == 2


def test_what_was_committed_and_not_carried_out_differs(versioned: World) -> None:
    versioned.replace(COST_CENTRE, "precedence: 40\n", "precedence: 41\n")
    versioned.commit("forty-one")
    outcome = _drift(versioned, "--json")
    assert outcome.code == 2
    assert [item["address"] for item in outcome.json["plan"]["changes"]] == [COST_CENTRE_ADDRESS]
    assert outcome.json["plan"]["changes"][0]["attribution"] == "your change or drift"


def test_an_invalid_working_tree_does_not_hide_drift(versioned: World) -> None:
    versioned.write("rules/broken.yaml", "rule: [\n")
    versioned.live.replace(LIVE_COST_CENTRE, "<precedence>40<", "<precedence>41<")
    assert _drift(versioned).code == 2
    assert versioned.planned().code == 65


def test_an_uncommitted_recording_is_not_the_reference(versioned: World) -> None:
    _edit_unknown_parameter(versioned)
    run("snapshot", "prod", "--from", versioned.live.source)
    assert _drift(versioned).code == 2
    versioned.commit("recorded")
    assert _drift(versioned).code == 0


def test_outside_git_it_compares_the_working_tree_and_says_so(world: World) -> None:
    world.replace(COST_CENTRE, "precedence: 40\n", "precedence: 41\n")
    outcome = _drift(world, "--json")
    assert outcome.code == 2
    assert outcome.json["committed"] is False
    assert any("working tree" in note for note in outcome.json["notes"])
    assert "working tree" in _drift(world).flat


def test_before_the_first_commit_it_compares_the_working_tree(world: World) -> None:
    world.git("init", "--quiet")
    outcome = _drift(world, "--json")
    assert outcome.code == 0
    assert outcome.json["committed"] is False


def _edit_unknown_parameter(world: World) -> None:
    world.live.set_parameter("settings", "Microsoft.Contoso.Experimental", "off again")


def test_a_parameter_that_no_kind_models_is_potential_drift(world: World) -> None:
    _edit_unknown_parameter(world)
    outcome = _drift(world, "--json")
    assert outcome.code == 2
    plan = outcome.json["plan"]
    assert plan["changes"] == []
    (finding,) = live_findings(plan)
    assert "potential drift" in finding["what"]
    assert "Microsoft.Contoso.Experimental" in finding["what"]
    lines = " ".join(finding["expected"])
    assert "on, until the pilot ends" in lines
    assert "off again" in lines


def test_such_a_parameter_is_no_part_of_a_plan(world: World) -> None:
    _edit_unknown_parameter(world)
    assert world.planned().code == 0


def test_an_element_that_nobody_knows_is_potential_drift(world: World) -> None:
    world.live.replace(
        "connector:corp", "  <join />\n", "  <join /><contoso-addition>7</contoso-addition>\n"
    )
    (finding,) = live_findings(_found(world)["plan"])
    assert "contoso-addition" in finding["what"]


def test_recording_it_ends_the_potential_drift(world: World) -> None:
    _edit_unknown_parameter(world)
    assert run("snapshot", "prod", "--from", world.live.source).code == 0
    assert _drift(world).code == 0


def test_without_a_recording_it_says_what_was_not_compared(tidy: World) -> None:
    tidy.path("recorded/sync01.json").unlink()
    outcome = _drift(tidy, "--json")
    assert outcome.code == 0
    assert any("no recording" in note for note in outcome.json["notes"])


@pytest.mark.parametrize("form", ["text", "markdown", "json"])
def test_every_form_names_what_drifted(world: World, form: str) -> None:
    world.live.replace(LIVE_COST_CENTRE, "<precedence>40<", "<precedence>41<")
    _edit_unknown_parameter(world)
    outcome = _drift(world, "--format", form)
    assert outcome.code == 2
    for words in ("Kostenträger", "Microsoft.Contoso.Experimental"):
        assert words in outcome.out


def test_the_report_is_written_to_a_file_as_a_whole(world: World) -> None:
    outcome = _drift(world, "--format", "markdown", "--output", "reports/drift.md")
    assert (outcome.code, outcome.out) == (0, "")
    assert "sync01" in (world.folder / "reports" / "drift.md").read_text(encoding="utf-8")
