"""The smaller commands: init, snapshot, show, lineage, schema, and what all of them share."""

from __future__ import annotations

import json
import stat
import subprocess
from pathlib import Path

import jsonschema
import pytest

from tests.scenarios.outcomes import run
from tests.scenarios.turns import CORP, COST_CENTRE
from tests.scenarios.world import World

# -- init


def test_init_starts_an_environment_with_careful_policy(bare: World) -> None:
    outcome = run("init", "prod")
    assert outcome.code == 0
    assert "wrote desired-state/prod/environment.yaml" in outcome.out
    text = bare.read("environment.yaml")
    assert "prune: report" in text
    assert "destructive: {at_most: 0}" in text


def test_init_leaves_an_environment_that_is_there_alone(world: World) -> None:
    before = world.files()
    outcome = run("init", "prod", "--json")
    assert (outcome.code, outcome.json["files"]) == (0, [])
    assert world.files() == before


@pytest.mark.parametrize("name", ["../prod", "a/b", "Prod", "", ".", "con\nfig", "x" * 200, "-x"])
def test_init_refuses_what_should_be_no_folder(bare: World, name: str) -> None:
    assert run("init", "--", name).code == 64
    assert not (bare.folder / "desired-state").exists()


# -- snapshot


def test_a_snapshot_goes_into_the_recordings_of_its_environment(world: World) -> None:
    world.live.set_parameter("settings", "Microsoft.Synchronize.TimeInterval", "02:00:00")
    outcome = run("snapshot", "prod", "--from", world.live.source)
    assert outcome.code == 0
    assert "desired-state/prod/recorded/sync01.json: recorded\n" in outcome.out
    assert run("plan", "prod", "--detailed-exitcode").code == 2
    again = run("snapshot", "prod", "--from", world.live.source)
    assert "recorded already" in again.out


def test_a_snapshot_goes_where_it_is_told_to_and_is_private(world: World) -> None:
    before = world.files()
    outcome = run("snapshot", "prod", "--from", world.live.source, "--out", "out/server.json")
    assert outcome.code == 0
    assert world.files() == before
    target = world.folder / "out" / "server.json"
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert (
        run("plan", "prod", "--live", "snapshot:out/server.json", "--detailed-exitcode").code == 0
    )


def test_the_recording_of_a_source_is_what_an_import_records(world: World) -> None:
    run("snapshot", "prod", "--from", world.live.source, "--out", "server.json")
    text = (world.folder / "server.json").read_text(encoding="utf-8")
    assert text == world.read("recorded/sync01.json")


def test_a_snapshot_of_a_damaged_or_foreign_source_is_not_kept(world: World) -> None:
    before = world.files()
    world.live.replace("settings", 'server="SYNC01"', 'server="TESTSYNC"')
    assert run("snapshot", "prod", "--from", world.live.source).code == 64
    world.live.settings.unlink()
    assert run("snapshot", "prod", "--from", world.live.source).code == 6
    assert world.files() == before


# -- show


@pytest.fixture
def saved(world: World) -> World:
    world.replace(COST_CENTRE, "precedence: 40\n", "precedence: 41\n")
    world.replace(CORP, "        - OU=Partners\n", "")
    outcome = run("plan", "prod", "--out", "plan.json")
    assert "plan.json" in outcome.flat
    return world


def test_a_saved_plan_is_private_and_shown_in_every_form(saved: World) -> None:
    assert stat.S_IMODE((saved.folder / "plan.json").stat().st_mode) == 0o600
    for form in ("text", "markdown", "json"):
        outcome = run("show", "plan.json", "--format", form)
        assert outcome.code == 0
        assert "Kostenträger" in outcome.out
        assert "OU=Partners" in outcome.out


def test_a_saved_plan_shows_what_planning_showed(saved: World) -> None:
    planned = run("plan", "prod", "--json").json["plan"]
    assert run("show", "plan.json", "--json").json["plan"] == planned
    assert json.loads((saved.folder / "plan.json").read_text(encoding="utf-8")) == planned
    assert run("show", "plan.json").out in run("plan", "prod").out + run("show", "plan.json").out


def test_the_same_inputs_save_the_same_bytes(saved: World) -> None:
    first = (saved.folder / "plan.json").read_bytes()
    run("plan", "prod", "--out", "again.json")
    assert (saved.folder / "again.json").read_bytes() == first


DAMAGED = {
    "cut off": lambda text: text[: len(text) // 2],
    "another format version": lambda text: text.replace(
        '"format_version": 1', '"format_version": 9'
    ),
    "no plan at all": lambda _: '{"hello": "world"}',
    "a list": lambda _: "[]",
    "nothing": lambda _: "",
    "nested deeply": lambda _: "[" * 100_000,
    "another shape": lambda text: text.replace('"changes": [', '"changes": 7, "other": ['),
    "an unknown word": lambda text: text.replace('"action": "update"', '"action": "explode"'),
}


@pytest.mark.parametrize("damage", DAMAGED.values(), ids=DAMAGED.keys())
def test_a_damaged_plan_is_6_and_says_so(saved: World, damage: object) -> None:
    assert callable(damage)
    path = saved.folder / "plan.json"
    path.write_text(damage(path.read_text(encoding="utf-8")), encoding="utf-8")
    outcome = run("show", "plan.json", "--json")
    assert outcome.code == 6
    assert outcome.json["findings"]


@pytest.mark.parametrize("data", [b"\xff\xfe\x00", b"\x00" * 64])
def test_a_plan_that_is_no_text_is_6(saved: World, data: bytes) -> None:
    (saved.folder / "plan.json").write_bytes(data)
    assert run("show", "plan.json").code == 6


# -- lineage


def test_lineage_says_who_feeds_an_attribute_in_which_order(world: World) -> None:
    document = run("lineage", "prod", "--attribute", "department", "--json").json
    inbound = [item for item in document["lineages"] if item["direction"] == "inbound"]
    outbound = [item for item in document["lineages"] if item["direction"] == "outbound"]
    assert inbound
    assert outbound
    for item in document["lineages"]:
        numbers = [step["precedence"] for step in item["contributions"]]
        assert numbers == sorted(numbers)
    assert world.files()


def test_lineage_follows_the_desired_state(world: World) -> None:
    world.replace(COST_CENTRE, "flows:\n", "flows:\n  department: {constant: Ours}\n")
    outcome = run("lineage", "prod", "--attribute", "department")
    assert outcome.code == 0
    assert "Kostenträger" in outcome.flat
    assert '"Ours"' in outcome.flat


@pytest.mark.parametrize("form", ["text", "markdown", "json"])
def test_lineage_of_everything_is_told_in_every_form(world: World, form: str) -> None:
    outcome = run("lineage", "prod", "--format", form)
    assert outcome.code == 0
    assert "cloudFiltered" in outcome.out
    assert world.files()


# -- schema


def test_every_schema_that_is_listed_is_printed_and_is_a_schema() -> None:
    names = run("schema").out.split()
    assert {"environment", "connector", "sync-rule", "plan", "result"} <= set(names)
    for name in names:
        outcome = run("schema", name)
        assert outcome.code == 0
        jsonschema.Draft202012Validator.check_schema(json.loads(outcome.out))


# -- what all commands share


def test_common_options_are_accepted_before_and_after_the_command(world: World) -> None:
    (world.folder / "desired-state").rename(world.folder / "elsewhere")
    after = run("validate", "--json", "--desired-state", "elsewhere")
    before = run("--json", "--desired-state", "elsewhere", "validate")
    assert after.code == before.code == 0
    assert after.out == before.out


def test_what_is_printed_to_a_pipe_has_no_colour(world: World) -> None:
    world.replace(COST_CENTRE, "precedence: 40\n", "precedence: 41\n")
    assert "\x1b" not in run("plan", "prod").text


@pytest.mark.parametrize("form", ["text", "json", "sarif", "github"])
def test_findings_are_told_in_every_form(world: World, form: str) -> None:
    world.replace(COST_CENTRE, "operator: CONTAINS", "operator: CONTAIN")
    outcome = run("validate", "--format", form)
    assert outcome.code == 65
    assert "in-from-ad-user-kostentrager.yaml" in outcome.out
    assert "CONTAINS" in outcome.out


def test_every_command_has_help_in_the_real_program(program: list[str], tmp_path: Path) -> None:
    done = subprocess.run(
        [*program, "--help"], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    for command in ("import", "validate", "plan", "drift", "compare", "lineage"):
        assert command in done.stdout


def test_a_pipe_that_is_closed_early_is_no_failure(world: World, program: list[str]) -> None:
    text = f"{' '.join(program)} lineage prod | head -1; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", text], cwd=world.folder, capture_output=True, check=False)
    assert done.stderr == b""
    assert done.returncode == 0
