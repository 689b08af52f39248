"""The JSON of every command, successes and failures alike, is what its schema says."""

from __future__ import annotations

from typing import Any

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from reconciler.application.assembly.shipped import schema, schema_names
from tests.scenarios.outcomes import run
from tests.scenarios.turns import CORP, COST_CENTRE
from tests.scenarios.world import World

LIVE = "export:export"

COMMANDS = {
    "init": ["init", "test"],
    "import": ["import", "prod", "--from", LIVE],
    "validate": ["validate"],
    "snapshot": ["snapshot", "prod", "--from", LIVE],
    "plan": ["plan", "prod", "--live", LIVE, "--detailed-exitcode"],
    "show": ["show", "plan.json"],
    "drift": ["drift", "prod", "--live", LIVE, "--detailed-exitcode"],
    "compare": ["compare", LIVE, LIVE],
    "lineage": ["lineage", "prod"],
}


@pytest.fixture(scope="module")
def result() -> Draft202012Validator:
    registry: Registry[Any] = Registry().with_resources(
        (f"{name}.schema.json", Resource.from_contents(schema(name))) for name in schema_names()
    )
    return Draft202012Validator(schema("result"), registry=registry)


@pytest.fixture
def busy(world: World) -> World:
    """Return a world with a plan in a file and something to say about everything."""
    world.replace(COST_CENTRE, "precedence: 40\n", "precedence: 41\n")
    world.replace(CORP, "        - OU=Partners\n", "")
    world.live.set_parameter("settings", "Microsoft.Contoso.Experimental", "off")
    assert run("plan", "prod", "--out", "plan.json").code == 0
    return world


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS.keys())
def test_what_a_command_found_is_as_its_schema_says(
    busy: World, result: Draft202012Validator, command: list[str]
) -> None:
    outcome = run(*command, "--json")
    assert outcome.code in (0, 2), outcome.err
    assert busy.files()
    result.validate(outcome.json)
    assert outcome.json["command"] == command[0]
    assert outcome.json["exit_code"] == outcome.code


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS.keys())
def test_why_a_command_refused_is_as_its_schema_says(
    busy: World, result: Draft202012Validator, command: list[str]
) -> None:
    busy.write("rules/broken.yaml", "rule: [\n")
    busy.live.settings.write_text("<broken", encoding="utf-8")
    busy.folder.joinpath("plan.json").write_text("{", encoding="utf-8")
    refused = {"init": ["init", "../x"]}.get(command[0], command)
    outcome = run(*refused, "--json")
    assert outcome.code in (6, 64, 65)
    result.validate(outcome.json)
    assert outcome.json["exit_code"] == outcome.code
    assert outcome.json["findings"]
