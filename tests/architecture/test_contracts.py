"""The import contracts in pyproject.toml, each proved to bite on a small house that breaks it."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.counterparts import ROOT, require_program

ROOMS = (
    "cli application lab apply report forge desired live plan provisioning checks"
    " kinds expressions model"
).split()


def build_house(folder: Path, *, modules: dict[str, str]) -> Path:
    """Write a package with every room and the given modules, the real contracts beside it."""
    for room in ROOMS:
        write_module(folder, f"{room}/__init__.py", "")
    write_module(folder, "__init__.py", "")
    for name, text in modules.items():
        write_module(folder, name, text)
    (folder / "pyproject.toml").write_bytes((ROOT / "pyproject.toml").read_bytes())
    return folder


def write_module(folder: Path, name: str, text: str) -> None:
    path = folder / "reconciler" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    for package in path.relative_to(folder / "reconciler").parents:
        (folder / "reconciler" / package / "__init__.py").touch()
    path.write_text(text, encoding="utf-8")


def check_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [require_program("lint-imports"), "--no-cache", "--no-logo"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_a_house_that_walks_in_one_direction_is_accepted(tmp_path: Path) -> None:
    modules = {
        "cli/main.py": "import click, rich\nimport reconciler.application.planning",
        "application/planning.py": "import reconciler.live.recorded, reconciler.report",
        "application/assembly/writing.py": "import reconciler.live.server.writing",
        "apply/groups.py": "import reconciler.live.server.writing, reconciler.plan",
        "lab/server.py": "import reconciler.live",
        "live/server/writing.py": "import reconciler.plan",
        "live/recorded/parts.py": "import defusedxml.ElementTree",
        "desired/reading.py": "import yaml, jsonschema",
        "plan/leaves.py": "import deepdiff\nimport reconciler.checks, reconciler.provisioning",
        "forge/git.py": "import git, subprocess\nimport reconciler.model",
        "report/terminal.py": "import rich.console",
        "checks/order.py": "import reconciler.kinds",
        "kinds/rules.py": "import reconciler.expressions",
        "expressions/tree.py": "import reconciler.model",
    }

    checked = check_imports(build_house(tmp_path, modules=modules))

    assert checked.returncode == 0, checked.stdout


@pytest.mark.parametrize(
    ("module", "line", "contract"),
    [
        ("model/a.py", "import reconciler.expressions", "the street"),
        ("expressions/a.py", "import reconciler.kinds", "the street"),
        ("kinds/a.py", "import reconciler.checks", "the street"),
        ("checks/a.py", "import reconciler.provisioning", "the street"),
        ("provisioning/a.py", "import reconciler.checks", "the street"),
        ("checks/a.py", "import reconciler.plan", "the street"),
        ("plan/a.py", "import reconciler.live", "the street"),
        ("live/a.py", "import reconciler.desired", "the street"),
        ("report/a.py", "import reconciler.forge", "the street"),
        ("live/a.py", "import reconciler.apply", "the street"),
        ("apply/a.py", "import reconciler.lab", "the street"),
        ("apply/a.py", "import reconciler.application", "the street"),
        ("application/a.py", "import reconciler.cli", "the street"),
        ("attic/__init__.py", "", "the street"),
        ("application/a.py", "import reconciler.live.server.writing", "only apply"),
        ("application/assembly/reading.py", "import reconciler.live.server.writing", "only apply"),
        ("application/a.py", "import click", "click in cli"),
        ("report/markdown.py", "import rich", "rich in cli"),
        ("plan/a.py", "import yaml", "YAML is read"),
        ("application/a.py", "from yaml import load", "YAML is read"),
        ("kinds/a.py", "import jsonschema", "JSON Schema"),
        ("live/server/a.py", "import defusedxml.ElementTree", "XML is read"),
        ("live/server/a.py", "import xml.etree.ElementTree", "XML is read"),
        ("live/recorded/a.py", "import deepdiff", "deepdiff compares"),
        ("application/a.py", "from git import Repo", "git in forge"),
        ("application/a.py", "import subprocess", "programs are run"),
    ],
)
def test_a_wrong_import_breaks_its_contract(
    tmp_path: Path, module: str, line: str, contract: str
) -> None:
    modules = {"live/server/writing.py": "", module: line}

    checked = check_imports(build_house(tmp_path, modules=modules))

    assert checked.returncode != 0
    broken = [row for row in checked.stdout.splitlines() if row.endswith("BROKEN")]
    assert [row.startswith(contract) for row in broken] == [True], broken


def test_a_circle_between_modules_of_one_room_is_found(tmp_path: Path) -> None:
    modules = {"plan/a.py": "import reconciler.plan.b", "plan/b.py": "import reconciler.plan.a"}

    checked = check_imports(build_house(tmp_path, modules=modules))

    assert "no circles, at any depth BROKEN" in checked.stdout
