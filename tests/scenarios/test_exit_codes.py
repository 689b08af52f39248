"""The exit codes of design.md section 6 that exist today, and the JSON written after each."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from reconciler.cli.commands import plan as plan_command
from tests.scenarios.outcomes import Outcome, run
from tests.scenarios.turns import COST_CENTRE, LIVE_COST_CENTRE
from tests.scenarios.world import World

INTERVAL = "Microsoft.Synchronize.TimeInterval"


# -- 0 and 2


def test_in_sync_is_0(world: World) -> None:
    assert world.planned().code == 0


def test_changes_are_0_unless_the_detailed_code_is_asked_for(world: World) -> None:
    world.replace(COST_CENTRE, "precedence: 40\n", "precedence: 41\n")
    assert run("plan", "prod").code == 0
    assert run("plan", "prod", "--detailed-exitcode").code == 2
    assert run("drift", "prod").code == 0
    assert run("drift", "prod", "--detailed-exitcode").code == 2


def test_a_manual_step_is_2(world: World) -> None:
    world.live.set_parameter(
        "settings", "Microsoft.OptionalFeature.ExportDeletionThresholdValue", "900"
    )
    assert world.planned().code == 2


def test_a_connector_that_git_does_not_know_is_2(world: World) -> None:
    world.path("connectors/fabrikam.yaml").unlink()
    for path in [*(world.tree / "rules" / "default" / "fabrikam").iterdir()]:
        path.unlink()
    for path in (world.tree / "rules").glob("*.yaml"):
        if "connector: fabrikam\n" in path.read_text(encoding="utf-8"):
            path.unlink()
    outcome = world.planned()
    assert outcome.code == 2
    findings = outcome.json["plan"]["findings"]
    (finding,) = [item for item in findings if item["concern"] == "live"]
    assert "fabrikam" in finding["what"]
    assert outcome.json["plan"]["changes"] == outcome.json["plan"]["unmanaged"] == []


# -- 1


def test_a_defect_is_1_without_a_traceback(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    _break_planning(monkeypatch, RuntimeError("secret words of a library"))
    outcome = run("plan", "prod", "--json")
    assert outcome.code == 1
    assert "Traceback" not in outcome.text
    assert "a defect of reconciler: RuntimeError" in outcome.err
    assert "secret words" not in outcome.text
    assert str(world.folder) not in outcome.text
    _assert_told(outcome, "plan", 1)


# -- 3


def test_a_reading_that_is_older_than_policy_accepts_is_3(world: World) -> None:
    _accept(world, "0.00:30:00")
    outcome = run("plan", "prod")
    assert outcome.code == 3
    assert "older than the policy accepts" in outcome.flat


def test_a_reading_that_policy_accepts_is_0(world: World) -> None:
    _accept(world, "36500.00:00:00")
    assert run("plan", "prod").code == 0


def test_too_old_is_3_whether_or_not_there_are_changes(world: World) -> None:
    _accept(world, "0.00:30:00")
    world.replace(COST_CENTRE, "precedence: 40\n", "precedence: 41\n")
    outcome = world.planned()
    assert outcome.code == 3
    assert outcome.json["exit_code"] == 3
    assert len(outcome.json["plan"]["changes"]) == 1


def _accept(world: World, age: str) -> None:
    policy = f"policy:\n  oldest_snapshot: {age}\n"
    world.replace("environment.yaml", "\npolicy:\n", f"\n{policy}")


# -- 6


def test_a_damaged_source_is_6(world: World) -> None:
    rule = world.live.file(LIVE_COST_CENTRE)
    rule.write_bytes(rule.read_bytes()[:-300])
    outcome = world.planned()
    assert outcome.code == 6
    assert rule.name in json.dumps(outcome.json)


def test_a_declared_setting_that_the_source_does_not_hold_is_6(world: World) -> None:
    world.replace("server.yaml", "automatic_upgrade:", "audit_logging: enabled\nautomatic_upgrade:")
    assert run("validate").code == 0
    outcome = world.planned()
    assert outcome.code == 6
    coverage = {item["kind"]: item for item in outcome.json["plan"]["coverage"]}
    assert coverage["audit-logging"]["state"] == "not in this source"
    assert coverage["audit-logging"]["declared"] is True


def test_an_undeclared_setting_that_the_source_does_not_hold_is_one_line(world: World) -> None:
    text = world.plan_text()
    assert "not in this source" in text
    assert "audit logging" in text


def test_nothing_to_read_a_server_from_is_6(tidy: World) -> None:
    shutil.rmtree(tidy.tree / "recorded")
    for command in ("plan", "drift"):
        outcome = run(command, "prod", "--json")
        assert outcome.code == 6
        _assert_told(outcome, command, 6)


def test_a_damaged_recording_is_6(tidy: World) -> None:
    tidy.write("recorded/sync01.json", tidy.read("recorded/sync01.json")[:-200])
    assert run("plan", "prod").code == 6


# -- 64


USAGES: dict[str, list[str]] = {
    "an environment that is not there": ["plan", "prd"],
    "a command that is not there": ["plann", "prod"],
    "an option that is not there": ["plan", "prod", "--lve", "x"],
    "no environment at all": ["plan"],
    "a format that the command does not have": ["plan", "prod", "--format", "sarif"],
    "a source of an unknown kind": ["plan", "prod", "--live", "ldap:server"],
    "a bare path as source": ["plan", "prod", "--live", "export"],
    "a server that is not declared": ["plan", "prod", "--server", "sync09"],
    "a source for a server that is not declared": [
        "plan",
        "prod",
        "--live",
        "sync09=export:export",
    ],
    "a target of no kind": ["plan", "prod", "--target", "nonsense/x"],
    "a folder of desired state that is not there": ["plan", "prod", "--desired-state", "elsewhere"],
    "a plan file that is not there": ["show", "plan.json"],
    "an attribute that no rule feeds": ["lineage", "prod", "--attribute", "shoeSize"],
    "a schema that is not there": ["schema", "shoe"],
    "a name that no folder should have": ["init", "../prod"],
    "a result that is a folder": ["plan", "prod", "--output", "desired-state"],
    "a plan that is a folder": ["plan", "prod", "--out", "desired-state"],
    "an import of nothing": ["import", "prod"],
}


@pytest.mark.parametrize("arguments", USAGES.values(), ids=USAGES.keys())
def test_wrong_usage_is_64_and_says_what_is_expected(world: World, arguments: list[str]) -> None:
    before = world.files()
    outcome = run("--json", *arguments)
    assert outcome.code == 64
    assert outcome.err.startswith("RC")
    if "--format" not in arguments:
        assert (outcome.json["exit_code"], len(outcome.json["findings"])) == (64, 1)
    assert world.files() == before


def test_a_likely_name_is_suggested(world: World) -> None:
    assert world.files()
    assert 'did you mean "prod"' in run("plan", "prd").err


def test_planning_against_the_export_of_another_server_is_64(world: World) -> None:
    world.live.replace("settings", 'server="SYNC01"', 'server="TESTSYNC"')
    outcome = world.planned()
    assert outcome.code == 64
    assert "TESTSYNC" in outcome.err


def test_a_server_is_matched_by_its_first_label_without_case(world: World) -> None:
    world.replace(
        "environment.yaml", "sync01: {role: active}", "sync01.corp.contoso.com: {role: active}"
    )
    world.live.replace("settings", 'server="SYNC01"', 'server="Sync01"')
    assert world.planned().code == 0


def test_a_source_that_matches_two_servers_is_64(world: World) -> None:
    world.replace(
        "environment.yaml",
        "sync01: {role: active}",
        "sync01.corp.contoso.com: {role: active}\n  sync01.fabrikam.com: {role: staging}",
    )
    assert world.planned().code in (64, 65)


# -- 65


def test_an_invalid_desired_state_is_65_and_nothing_is_planned(world: World) -> None:
    world.replace(COST_CENTRE, "operator: CONTAINS", "operator: CONTAIN")
    for command in ("validate", "plan", "drift"):
        outcome = run(command, "prod", "--json")
        assert outcome.code == 65, command
        assert "plan" not in outcome.json
        places = [item["place"] for item in outcome.json["findings"] if item["severity"] == "error"]
        assert [place["file"] for place in places] == [f"desired-state/prod/{COST_CENTRE}"]
        assert all(place["line"] and place["column"] for place in places)


def test_every_problem_is_told_at_once(world: World) -> None:
    world.replace(COST_CENTRE, "operator: CONTAINS", "operator: CONTAIN")
    world.replace("server.yaml", "cycle_enabled: true", "cycle_enabled: yes")
    world.replace("connectors/corp.yaml", "group_filter: null", "group_filter: nonsense")
    findings = run("validate", "--json").json["findings"]
    files = {item["place"]["file"] for item in findings if item["severity"] == "error"}
    assert files >= {f"desired-state/prod/{COST_CENTRE}", "desired-state/prod/server.yaml"}


# -- 130


def test_an_interruption_is_130(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    _break_planning(monkeypatch, KeyboardInterrupt())
    outcome = run("plan", "prod", "--json")
    assert world.files()
    assert outcome.code == 130
    assert "Traceback" not in outcome.text
    _assert_told(outcome, "plan", 130)


@pytest.mark.slow
def test_a_process_that_is_interrupted_ends_with_130(world: World, program: list[str]) -> None:
    pipe = world.folder / "pipe"
    os.mkfifo(pipe)
    code = (
        "import sys, time; from reconciler.application import planning\n"
        "def wait(*a, **k):\n    open('pipe', 'w').close(); time.sleep(60)\n"
        "planning.plan = wait\n"
        "from reconciler.cli.main import run; run(['plan', 'prod'])"
    )
    process = subprocess.Popen(
        [program[0], "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    pipe.read_text(encoding="utf-8")  # returns once the command is at work
    time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert "interrupted" in err
    assert "Traceback" not in err


# -- several at once


def _invalid(world: World) -> None:
    world.replace(COST_CENTRE, "operator: CONTAINS", "operator: CONTAIN")


def _unread(world: World) -> None:
    world.replace("server.yaml", "automatic_upgrade:", "audit_logging: enabled\nautomatic_upgrade:")


def _damaged(world: World) -> None:
    rule = world.live.file(LIVE_COST_CENTRE)
    rule.write_bytes(rule.read_bytes()[:-300])


def _changed(world: World) -> None:
    world.live.set_parameter("settings", INTERVAL, "02:00:00")


@pytest.mark.parametrize(
    ("states", "code"),
    [
        ((_invalid, _damaged, _changed), 65),
        ((_invalid, _unread), 65),
        ((_damaged, _changed), 6),
        ((_unread, _changed), 6),
        ((_changed,), 2),
    ],
)
def test_65_comes_before_6_and_6_before_2(
    world: World, states: tuple[Callable[[World], None], ...], code: int
) -> None:
    for state in states:
        state(world)
    outcome = world.planned()
    assert outcome.code == code
    assert outcome.json["exit_code"] == code


def test_what_could_be_read_is_planned_although_the_code_is_6(world: World) -> None:
    _unread(world)
    _changed(world)
    changes = world.planned().json["plan"]["changes"]
    assert [item["address"] for item in changes] == ["scheduler"]


def test_a_kind_that_was_damaged_is_never_planned(world: World) -> None:
    _damaged(world)
    world.replace(
        "connectors/corp.yaml", "password_hash_sync: enabled", "password_hash_sync: disabled"
    )
    world.replace(
        "rules/in-from-ad-group-no-temporary-or-build-groups.yaml",
        "precedence: 60",
        "precedence: 61",
    )
    changes = world.planned().json["plan"]["changes"]
    assert [item["kind"] for item in changes] == ["password-hash-sync"]


# -- JSON after failures


def test_json_is_written_to_the_result_file_as_well(world: World, tmp_path: Path) -> None:
    target = tmp_path / "result.json"
    assert run("plan", "prod", "--json", "--output", target).code == 0
    assert json.loads(target.read_text(encoding="utf-8"))["exit_code"] == 0
    assert world.files()


def _assert_told(outcome: Outcome, command: str, code: int) -> None:
    document = outcome.json
    assert (document["command"], document["exit_code"]) == (command, code)
    assert document["findings"]


def _break_planning(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr("reconciler.application.planning.plan", fail)
    assert plan_command.command.name == "plan"
