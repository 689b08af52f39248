"""
The composite action, run step by step: what a pull request gets to see, and when its job fails.

The steps run the real program; only the runner around them is ours.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from tests.counterparts import ROOT, require_program
from tests.workflows.steps import Job, Step, build_step, read_yaml

ACTION = ROOT / ".github" / "actions" / "reconciler"
DEFINITION = read_yaml(ACTION / "action.yml")
STEPS = tuple(build_step(value) for value in DEFINITION["runs"]["steps"])
INSTALL, *AFTER_INSTALL = STEPS


@pytest.fixture
def job(tmp_path: Path) -> Job:
    """A job in a copy of the example estate, with the program under test installed."""
    require_program("bash")
    workspace = tmp_path / "workspace"
    shutil.copytree(ROOT / "desired-state", workspace / "desired-state")
    folder = tmp_path / "temporary" / "reconciler.test"
    programs = folder / "venv" / "bin"
    programs.mkdir(parents=True)
    (programs / "reconciler").symlink_to(Path(sys.executable).parent / "reconciler")
    return Job(
        workspace=workspace,
        temporary=tmp_path / "temporary",
        action=ACTION,
        inputs=build_inputs(),
        outcomes={"install": "success"},
        outputs={"install": {"folder": str(folder)}},
    )


def build_inputs(*, environment: str = "prod", version: str = "") -> dict[str, str]:
    return {"environment": environment, "desired-state": "desired-state", "version": version}


def run_steps(job: Job, *, steps: list[Step] | tuple[Step, ...]) -> dict[str, str]:
    """Run the steps in order; return the action's outputs."""
    for step in steps:
        job.run(step)
    return {name: job.evaluate(output["value"]) for name, output in DEFINITION["outputs"].items()}


def replace_program(job: Job, *, script: str) -> None:
    """Put a program in the place of ours, for ends that no estate brings about."""
    program = Path(job.outputs["install"]["folder"], "venv", "bin", "reconciler")
    program.unlink()
    program.write_text(f"#!/usr/bin/env bash\n{script}\n", encoding="utf-8")
    program.chmod(0o755)


def find_custom_rule(job: Job) -> Path:
    return min((job.workspace / "desired-state" / "prod" / "rules").glob("*.yaml"))


def test_an_estate_in_sync_is_green_and_says_so(job: Job) -> None:
    outputs = run_steps(job, steps=AFTER_INSTALL)

    assert job.is_green, job.log
    assert (outputs["exit-code"], outputs["changes"]) == ("0", "false")
    assert job.summary.strip()


def test_changes_are_green_and_shown(job: Job) -> None:
    find_custom_rule(job).unlink()

    outputs = run_steps(job, steps=AFTER_INSTALL)

    assert job.is_green, job.log
    assert (outputs["exit-code"], outputs["changes"]) == ("2", "true")
    assert Path(outputs["plan"]).is_file()
    assert job.summary.strip()


def test_a_document_that_is_not_valid_is_red_and_explained(job: Job) -> None:
    rule = find_custom_rule(job)
    rule.write_text(rule.read_text(encoding="utf-8") + "colour: <b>red</b>\n", encoding="utf-8")

    outputs = run_steps(job, steps=AFTER_INSTALL)

    assert job.outcomes["validate"] == "failure"
    assert job.outcomes["plan"] == "skipped"
    assert (outputs["exit-code"], outputs["changes"], outputs["plan"]) == ("65", "", "")
    assert f"::error file=desired-state/prod/rules/{rule.name}," in job.log
    assert "the desired state is not valid" in job.summary
    assert "colour" in job.summary
    assert "<b>" not in job.summary


def test_a_damaged_snapshot_is_red_and_explained(job: Job) -> None:
    (snapshot,) = (job.workspace / "desired-state" / "prod" / "recorded").glob("*.json")
    snapshot.write_text(snapshot.read_text(encoding="utf-8")[:2000], encoding="utf-8")

    outputs = run_steps(job, steps=AFTER_INSTALL)

    assert not job.is_green
    assert outputs["changes"] == ""
    assert f"exit code {outputs['exit-code']}" in job.summary


@pytest.mark.parametrize(
    ("code", "is_green", "shown"),
    [
        (0, True, ""),
        (1, False, "Planning failed** (exit code 1)"),
        (2, True, ""),
        (6, False, "The plan is incomplete: something could not be read** (exit code 6)"),
        (65, False, "Planning failed** (exit code 65)"),
        (130, False, "Planning failed** (exit code 130)"),
    ],
)
def test_the_exit_code_of_the_plan_decides(
    job: Job, code: int, *, is_green: bool, shown: str
) -> None:
    replace_program(job, script=f"[ $1 != plan ] || {{ echo '<told> & done'; exit {code}; }}")

    outputs = run_steps(job, steps=AFTER_INSTALL)

    assert (job.is_green, outputs["exit-code"]) == (is_green, str(code))
    assert shown in job.summary
    assert "&lt;told&gt; &amp; done" in job.summary


def test_a_plan_that_is_incomplete_is_shown_all_the_same(job: Job) -> None:
    replace_program(
        job,
        script="case $1 in plan) while [ $1 != --out ]; do shift; done; echo {} > $2; exit 6;;"
        " show) echo '# what could be planned';; esac",
    )

    outputs = run_steps(job, steps=AFTER_INSTALL)

    assert not job.is_green
    assert Path(outputs["plan"]).is_file()
    assert "incomplete" in job.summary
    assert "# what could be planned" in job.summary


@pytest.mark.parametrize(
    "environment", ["nowhere", '"; touch planted; "', "$(touch planted)", "-x"]
)
def test_an_environment_that_does_not_exist_is_red_and_runs_nothing(
    job: Job, environment: str
) -> None:
    job.inputs = build_inputs(environment=environment)

    run_steps(job, steps=AFTER_INSTALL)

    assert not job.is_green
    assert "No plan: validation failed" in job.summary
    assert not list(job.workspace.rglob("planted"))


def test_what_the_plan_prints_is_never_taken_for_a_command(job: Job) -> None:
    find_custom_rule(job).unlink()

    run_steps(job, steps=[step for step in AFTER_INSTALL if step.identifier == "plan"])

    first, *printed, last = job.log.splitlines()
    assert first.startswith("::stop-commands::")
    assert last == f"::{first.removeprefix('::stop-commands::')}::"
    assert printed
    assert last not in printed


@pytest.mark.parametrize("version", ["1.0; touch planted", "--editable .", "no such version"])
def test_a_version_that_cannot_be_installed_is_red_and_explained(job: Job, version: str) -> None:
    job.inputs = build_inputs(version=version)

    run_steps(job, steps=STEPS)

    assert job.outcomes["install"] == "failure"
    assert job.outcomes["validate"] == "skipped"
    assert "could not be installed" in job.summary
    assert not list(job.workspace.rglob("planted"))


@pytest.mark.slow
def test_without_a_version_the_commit_of_the_action_is_installed(job: Job) -> None:
    run_steps(job, steps=STEPS)

    assert job.is_green, job.log
    program = Path(job.outputs["install"]["folder"], "venv", "bin", "reconciler")
    assert program.is_file()
    assert not program.is_symlink()
    assert job.summary.strip()
