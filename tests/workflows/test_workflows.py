"""The workflow files: what the linters say, what they may do, and what they run."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.counterparts import ROOT, require_program
from tests.workflows.steps import Job, build_step, read_yaml

GITHUB = ROOT / ".github"
WORKFLOWS = sorted((GITHUB / "workflows").glob("*.yml"))
ACTIONS = sorted((GITHUB / "actions").glob("*/action.yml"))
FILES = [pytest.param(path, id=path.relative_to(GITHUB).as_posix()) for path in WORKFLOWS + ACTIONS]

PINNED = re.compile(
    r"^ *(?:- )?uses: (?:\./\S+|[\w.-]+/[\w./-]+@[0-9a-f]{40} # v\d[\d.]*)(?: #.*)?$"
)


def lint_workflows(folder: Path) -> subprocess.CompletedProcess[str]:
    # Without the script linters that happen to be installed: the same verdict everywhere.
    command = [require_program("actionlint"), "-shellcheck=", "-pyflakes=", "-no-color"]
    files = [str(path) for path in sorted((folder / ".github" / "workflows").glob("*.yml"))]
    return subprocess.run(
        [*command, *files], cwd=folder, capture_output=True, text=True, check=False
    )


def find_unpinned(text: str) -> list[str]:
    lines = [line for line in text.splitlines() if re.match(r" *(- )?uses:", line)]
    return [line.strip() for line in lines if not PINNED.match(line)]


def list_scripts(value: Any) -> list[str]:
    """Return the text of every `run` at any depth."""
    if isinstance(value, list):
        return [script for item in value for script in list_scripts(item)]
    if not isinstance(value, dict):
        return []
    inner = [script for item in value.values() for script in list_scripts(item)]
    return [*inner, value["run"]] if isinstance(value.get("run"), str) else inner


def test_actionlint_has_nothing_to_say() -> None:
    linted = lint_workflows(ROOT)

    assert linted.returncode == 0, linted.stdout + linted.stderr


def test_actionlint_would_say_something(tmp_path: Path) -> None:
    shutil.copytree(GITHUB, tmp_path / ".github")
    workflow = tmp_path / ".github" / "workflows" / "plan.yml"
    text = workflow.read_text(encoding="utf-8")
    workflow.write_text(text.replace("matrix.environment", "matrix.country"), encoding="utf-8")

    assert "country" in lint_workflows(tmp_path).stdout


def test_zizmor_finds_no_weakness() -> None:
    command = [require_program("zizmor"), "--offline", "--no-progress", "--quiet", ".github"]
    audited = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert audited.returncode == 0, audited.stdout + audited.stderr


@pytest.mark.parametrize("path", FILES)
def test_every_action_is_pinned_to_a_commit_and_names_its_version(path: Path) -> None:
    assert find_unpinned(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("reference", ["actions/checkout@v5", "actions/checkout@" + "a" * 40])
def test_a_tag_or_a_commit_without_its_version_is_found(reference: str) -> None:
    assert find_unpinned(f"      - uses: {reference}\n")


@pytest.mark.parametrize("path", FILES)
def test_no_script_contains_an_expression(path: Path) -> None:
    scripts = list_scripts(read_yaml(path))

    assert scripts
    assert [script for script in scripts if "${{" in script] == []


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_may_read_and_nothing_else(path: Path) -> None:
    workflow = read_yaml(path)

    assert workflow["permissions"] == {}
    for job in workflow["jobs"].values():
        assert job["permissions"] == {"contents": "read"}
        assert job["timeout-minutes"] <= 60
    assert "pull_request_target" not in path.read_text(encoding="utf-8")


def test_the_plan_workflow_finds_every_environment(tmp_path: Path) -> None:
    steps = read_yaml(GITHUB / "workflows" / "plan.yml")["jobs"]["environments"]["steps"]
    (find,) = [build_step(value) for value in steps if "run" in value]
    for name in ["test", "prod", "no environment"]:
        (tmp_path / "desired-state" / name).mkdir(parents=True)
    for name in ["test", "prod"]:
        (tmp_path / "desired-state" / name / "environment.yaml").touch()
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    job = Job(workspace=tmp_path, temporary=temporary, action=tmp_path, inputs={})

    job.run(find)

    assert json.loads(job.outputs["find"]["names"]) == ["prod", "test"]
