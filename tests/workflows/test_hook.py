"""The hook that users of pre-commit get: installs this repository, validates all environments."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

from tests.counterparts import ROOT
from tests.workflows.steps import read_yaml

(HOOK,) = read_yaml(ROOT / ".pre-commit-hooks.yaml")


def run_hook(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the entry as pre-commit does: without file names, in the root of the repository."""
    programs = str(Path(sys.executable).parent)
    environment = {**os.environ, "PATH": os.pathsep.join([programs, os.environ["PATH"]])}
    command = shlex.split(HOOK["entry"])
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


def test_the_hook_passes_on_the_example_estate(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "desired-state", tmp_path / "desired-state")

    checked = run_hook(tmp_path)

    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_the_hook_stops_a_commit_of_a_broken_document(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "desired-state", tmp_path / "desired-state")
    (tmp_path / "desired-state" / "prod" / "server.yaml").write_text(
        "colour: red\n", encoding="utf-8"
    )

    assert run_hook(tmp_path).returncode == 65


def test_the_hook_looks_at_documents_and_takes_no_file_names() -> None:
    assert (HOOK["id"], HOOK["language"], HOOK["pass_filenames"]) == ("validate", "python", False)
    assert re.search(HOOK["files"], "desired-state/prod/rules/hr.yaml")
    assert re.search(HOOK["files"], "desired-state/prod/recorded/sync01.json")
    assert not re.search(HOOK["files"], "README.md")
