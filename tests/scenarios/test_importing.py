"""Import over an existing tree (decision A12): adopts live, keeps what is ours, or refuses."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.scenarios.exports import rule_xml
from tests.scenarios.outcomes import run
from tests.scenarios.turns import COST_CENTRE, LIVE_COST_CENTRE
from tests.scenarios.world import World

ROLE = "Microsoft.Synchronize.StagingMode"
INTERVAL = "Microsoft.Synchronize.TimeInterval"


@pytest.fixture
def commented(world: World) -> World:
    """Return a world in which people wrote comments all over, and put things their own way."""
    world.replace("server.yaml", "scheduler:\n", "# ask the service desk first\nscheduler:\n")
    world.replace(
        COST_CENTRE,
        "precedence: 40\n",
        "# payroll wants 40, see ticket 4711\nprecedence: 40  # free\n",
    )
    world.replace(
        COST_CENTRE,
        "  otherMobile: {from: otherMobile, merge: merge}\n",
        "  # theirs\n  otherMobile: {from: otherMobile, merge: merge}  # private numbers\n",
    )
    world.write(COST_CENTRE, world.read(COST_CENTRE) + "# the end\n")
    world.replace(
        "connectors/corp.yaml", "  - assistant\n", "  # needed by HR\n  - assistant  # since 2019\n"
    )
    return world


def _comments(text: str) -> list[str]:
    return re.findall(r"#[^\n]*", text)


def test_comments_survive_an_import_that_changes_their_file(commented: World) -> None:
    files = ("server.yaml", COST_CENTRE, "connectors/corp.yaml")
    before = {file: commented.read(file) for file in files}
    commented.live.set_parameter("settings", INTERVAL, "02:00:00")
    commented.live.replace(LIVE_COST_CENTRE, "<precedence>40<", "<precedence>41<")
    commented.live.replace(LIVE_COST_CENTRE, "<csValue>School<", "<csValue>Academy<")
    commented.live.replace(
        "connector:corp",
        "<attribute>adminDescription</attribute>",
        "<attribute>adminDescription</attribute><attribute>adminCount</attribute>",
    )
    commented.import_()
    commented.assert_in_sync()
    for file in files:
        assert commented.read(file) != before[file]
        assert _comments(commented.read(file)) == _comments(before[file]), file


def test_only_lines_whose_meaning_differs_are_touched(commented: World) -> None:
    before = commented.read(COST_CENTRE).splitlines()
    commented.live.replace(LIVE_COST_CENTRE, "<precedence>40<", "<precedence>41<")
    commented.import_()
    after = commented.read(COST_CENTRE).splitlines()
    differing = [(old, new) for old, new in zip(before, after, strict=True) if old != new]
    assert differing == [("precedence: 40  # free", "precedence: 41  # free")]


def test_it_prints_what_it_changed(world: World) -> None:
    world.live.replace(LIVE_COST_CENTRE, "<precedence>40<", "<precedence>41<")
    world.live.add_rule(rule_xml())
    outcome = world.import_()
    assert f"~ desired-state/prod/{COST_CENTRE}  precedence" in outcome.out
    assert "+ desired-state/prod/rules/in-from-ad-user-hr.yaml" in outcome.out
    document = world.import_("--json").json
    assert document["created"] == document["changed"] == document["removed"] == []


def test_what_git_does_not_declare_stays_undeclared(world: World) -> None:
    world.replace("server.yaml", "automatic_upgrade: enabled\n", "")
    world.replace("connectors/corp.yaml", "password_hash_sync: enabled\n", "")
    world.live.set_parameter("settings", "Microsoft.OptionalFeature.AutoUpgradeState", "Disabled")
    before = {file: world.read(file) for file in ("server.yaml", "connectors/corp.yaml")}
    world.import_()
    assert {file: world.read(file) for file in before} == before
    world.assert_in_sync()


def test_policy_is_never_touched(world: World) -> None:
    world.replace("environment.yaml", "\n  prune: report", "\n  prune: delete")
    world.replace("environment.yaml", "allow_unsupported: []", "allow_unsupported: [domain]")
    before = world.read("environment.yaml")
    world.live.set_parameter("settings", INTERVAL, "02:00:00")
    world.live.add_rule(rule_xml())
    assert world.import_().code == 0
    assert world.read("environment.yaml") == before


def test_without_an_environment_it_starts_one_with_the_server_of_the_source(bare: World) -> None:
    assert bare.import_().code == 0
    text = bare.read("environment.yaml")
    assert "environment: prod\n" in text
    assert "sync01: {role: active}" in text
    assert "prune: report" in text


def test_the_first_import_of_a_staging_server_declares_it_so(bare: World) -> None:
    bare.live.set_parameter("settings", ROLE, "True")
    outcome = bare.import_()
    assert outcome.code == 0
    assert "sync01: {role: staging}" in bare.read("environment.yaml")


def test_a_server_is_added_to_an_environment_that_has_none(bare: World) -> None:
    run("init", "prod")
    assert "servers: {}" in bare.read("environment.yaml")
    bare.import_()
    assert "sync01: {role: active}" in bare.read("environment.yaml")
    bare.assert_in_sync()


def test_importing_a_staging_server_writes_its_recording_alone(world: World) -> None:
    world.replace(
        "environment.yaml",
        "sync01: {role: active}",
        "sync01: {role: active}\n  sync02: {role: staging}",
    )
    staging = world.live.copy(world.folder / "staging")
    staging.replace("settings", 'server="SYNC01"', 'server="SYNC02"')
    staging.set_parameter("settings", ROLE, "True")
    staging.set_parameter("settings", INTERVAL, "02:00:00")
    staging.add_rule(rule_xml())
    before = world.files()
    outcome = run("import", "prod", "--from", staging.source)
    assert outcome.code == 0
    assert "sync02 is a staging server" in outcome.flat
    after = world.files()
    assert after.keys() - before.keys() == {"prod/recorded/sync02.json"}
    assert {path: after[path] for path in before} == before


def test_a_recording_names_no_path_and_follows_no_clock(world: World) -> None:
    recording = world.read("recorded/sync01.json")
    assert str(world.folder) not in recording
    assert '"read_at": "2026-11-02T06:15:00' in recording


# -- refusals: nothing is written


def test_an_invalid_tree_is_refused(world: World) -> None:
    world.write("rules/broken.yaml", "rule: [\n")
    world.live.set_parameter("settings", INTERVAL, "02:00:00")
    _assert_refused(world, 65, "broken.yaml")


def test_a_damaged_source_is_refused(world: World) -> None:
    rule = world.live.file(LIVE_COST_CENTRE)
    rule.write_bytes(rule.read_bytes()[:-300])
    world.live.set_parameter("settings", INTERVAL, "02:00:00")
    _assert_refused(world, 6, rule.name)


def test_a_missing_part_of_the_source_is_refused(world: World) -> None:
    shutil.rmtree(world.live.folder / "SynchronizationRules")
    _assert_refused(world, 6, "SynchronizationRules")


def test_a_source_of_no_declared_server_is_refused(world: World) -> None:
    world.live.replace("settings", 'server="SYNC01"', 'server="TESTSYNC"')
    _assert_refused(world, 64, "TESTSYNC")


def test_a_source_that_is_not_there_is_refused(world: World) -> None:
    before = world.files()
    outcome = run("import", "prod", "--from", "export:nowhere")
    assert outcome.code == 6
    assert world.files() == before


def test_a_damaged_source_does_not_even_start_an_environment(bare: World) -> None:
    shutil.rmtree(bare.live.folder / "SynchronizationRules")
    assert bare.import_().code == 6
    assert not (bare.folder / "desired-state").exists()


@pytest.mark.parametrize(
    "address", ["sync-rule/corp/x", "nonsense//", "default-rule/corp/Microsoft.Nowhere"]
)
def test_adopting_what_is_no_default_rule_is_refused(world: World, address: str) -> None:
    before = world.files()
    assert world.import_("--adopt-default", address).code == 64
    assert world.files() == before


def _assert_refused(world: World, code: int, words: str) -> None:
    before = world.files()
    outcome = world.import_()
    assert outcome.code == code, outcome.text
    assert words in outcome.flat
    assert world.files() == before


# -- git


@pytest.fixture
def versioned(world: World) -> World:
    world.commit()
    return world


def test_uncommitted_changes_in_a_file_that_would_change_are_refused(versioned: World) -> None:
    versioned.replace(COST_CENTRE, "for payroll.", "for the payroll.")
    versioned.live.replace(LIVE_COST_CENTRE, "<precedence>40<", "<precedence>41<")
    _assert_refused(versioned, 64, COST_CENTRE)


def test_they_are_overwritten_where_that_is_asked_for(versioned: World) -> None:
    versioned.replace(COST_CENTRE, "for payroll.", "for the payroll.")
    versioned.live.replace(LIVE_COST_CENTRE, "<precedence>40<", "<precedence>41<")
    assert versioned.import_("--force").code == 0
    versioned.assert_in_sync()


def test_uncommitted_changes_elsewhere_are_no_reason(versioned: World) -> None:
    versioned.replace("server.yaml", "scheduler:\n", "# a remark\nscheduler:\n")
    versioned.live.replace(LIVE_COST_CENTRE, "<precedence>40<", "<precedence>41<")
    assert versioned.import_().code == 0
    assert "# a remark" in versioned.read("server.yaml")


def test_an_import_that_changes_nothing_always_succeeds(versioned: World) -> None:
    versioned.replace(COST_CENTRE, "precedence: 40\n", "precedence: 40  # still\n")
    outcome = versioned.import_()
    assert outcome.code == 0
    assert "nothing changed" in outcome.out


def test_uncommitted_files_are_not_pruned(versioned: World) -> None:
    versioned.replace(COST_CENTRE, "for payroll.", "for the payroll.")
    versioned.live.file(LIVE_COST_CENTRE).unlink()
    before = versioned.files()
    assert versioned.import_("--prune").code == 64
    assert versioned.files() == before


def test_outside_git_a_note_says_that_nobody_looked(world: World) -> None:
    world.live.replace(LIVE_COST_CENTRE, "<precedence>40<", "<precedence>41<")
    outcome = world.import_()
    assert outcome.code == 0
    assert "git repository" in outcome.flat


def test_the_real_program_imports_as_well(
    example_export: Path, tmp_path: Path, program: list[str]
) -> None:
    command = [*program, "import", "prod", "--from", f"export:{example_export}"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith("0 removed.\n")
    planned = subprocess.run(
        [*program, "plan", "prod", "--detailed-exitcode"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert planned.returncode == 0


def test_rules_that_cannot_be_told_apart_are_missing_and_the_import_says_so(world: World) -> None:
    world.live.add_rule(rule_xml(precedence=45))
    world.live.add_rule(rule_xml(precedence=46), identifier="0a1b2c3d-0000-4000-8000-00000000abce")

    outcome = world.import_()

    assert outcome.code == 6
    assert "RC4202" in outcome.out + outcome.err
