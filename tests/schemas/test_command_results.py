"""Every command writes JSON of one schema, after a success and after a failure."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from reconciler.cli.boundary import exit_code_of
from reconciler.cli.main import commands
from tests.schemas.files import SCHEMAS, read

EXPORT = "export:export"
COMMANDS = {
    "init": ["init", "test"],
    "import": ["import", "prod", "--from", EXPORT],
    "validate": ["validate"],
    "snapshot": ["snapshot", "prod", "--from", EXPORT],
    "plan": ["plan", "prod", "--out", "plan.json", "--detailed-exitcode"],
    "show": ["show", "plan.json"],
    "drift": ["drift", "prod", "--live", EXPORT],
    "compare": ["compare", EXPORT, EXPORT],
    "lineage": ["lineage", "prod", "--attribute", "department"],
}
FAILURES = {
    "init": (["init", "No Good Name"], 64),
    "import": (["import", "prod", "--from", "export:nowhere"], 6),
    "validate": (["validate", "nowhere"], 64),
    "snapshot": (["snapshot", "prod", "--from", "nonsense"], 64),
    "plan": (["plan", "prod", "--target", "no-such-kind"], 64),
    "show": (["show", "desired-state/prod/server.yaml"], 6),
    "drift": (["drift", "prod", "--live", "snapshot:nowhere"], 6),
    "compare": (["compare", EXPORT, "snapshot:nowhere"], 6),
    "lineage": (["lineage", "prod", "--attribute", "nothing"], 64),
}


@pytest.fixture
def estate(tmp_path: Path, checkout: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the example estate, its export, and a saved plan."""
    shutil.copytree(checkout / "desired-state" / "prod", tmp_path / "desired-state" / "prod")
    (tmp_path / "desired-state" / "prod" / "export" / "sync01").rename(tmp_path / "export")
    monkeypatch.chdir(tmp_path)
    exit_code_of(commands, ["plan", "prod", "--out", "plan.json"])
    return tmp_path


@pytest.mark.usefixtures("estate")
@pytest.mark.parametrize("name", COMMANDS)
def test_a_result_has_the_shape_of_its_schema(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()

    code = exit_code_of(commands, [*COMMANDS[name], "--json"])

    result = json.loads(capsys.readouterr().out)
    assert code == 0
    assert result["command"] == name
    assert result["exit_code"] == 0
    assert [*results().iter_errors(result)] == []


@pytest.mark.usefixtures("estate")
@pytest.mark.parametrize("name", FAILURES)
def test_a_failure_is_told_in_the_same_shape(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    arguments, expected = FAILURES[name]

    code = exit_code_of(commands, ["--json", *arguments])

    result = json.loads(capsys.readouterr().out)
    assert (code, result["exit_code"], result["command"]) == (expected, expected, name)
    assert result["findings"]
    assert [*results().iter_errors(result)] == []


@pytest.mark.usefixtures("estate")
def test_a_saved_plan_has_the_shape_of_its_schema() -> None:
    plan = json.loads(Path("plan.json").read_text(encoding="utf-8"))

    schema = read(SCHEMAS / "plan.schema.json")
    assert [*Draft202012Validator(schema).iter_errors(plan)] == []


def results() -> Draft202012Validator:
    plan = Resource.from_contents(read(SCHEMAS / "plan.schema.json"))
    registry = Registry().with_resource("plan.schema.json", plan)
    return Draft202012Validator(read(SCHEMAS / "result.schema.json"), registry=registry)
