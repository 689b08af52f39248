"""A folder with a desired state and an export beside it, in which a test runs commands."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.counterparts import require_program
from tests.scenarios.exports import Export
from tests.scenarios.outcomes import Outcome, run

Plan = dict[str, Any]
Fields = list[tuple[str, Any, Any]]

GIT = (
    "-c",
    "user.name=contoso",
    "-c",
    "user.email=it@contoso.com",
    "-c",
    "commit.gpgsign=false",
)


@dataclass(frozen=True, slots=True)
class World:
    """Commands run in `folder`, which the fixture makes the current one."""

    folder: Path
    live: Export
    environment: str = "prod"

    @property
    def tree(self) -> Path:
        return self.folder / "desired-state" / self.environment

    # -- commands

    def import_(self, *options: str) -> Outcome:
        return run("import", self.environment, "--from", self.live.source, *options)

    def planned(self, *options: str) -> Outcome:
        """Run `plan --json --detailed-exitcode` against the live export."""
        live = ("--live", self.live.source)
        return run("plan", self.environment, *live, "--json", "--detailed-exitcode", *options)

    def plan(self, *options: str) -> Plan:
        """Return the plan against the live export; the command must have been able to make it."""
        outcome = self.planned(*options)
        assert outcome.code in (0, 2), outcome.err
        found: Plan = outcome.json["plan"]
        return found

    def plan_text(self, *options: str) -> str:
        """Return the plan as a terminal of great width shows it, blanks folded."""
        return run("plan", self.environment, "--live", self.live.source, *options).flat

    def one_change(self, *options: str) -> Plan:
        """Return the one change that the plan holds, beside which nothing is said to differ."""
        outcome = self.planned(*options)
        assert outcome.code == 2, outcome.err or outcome.flat
        plan = outcome.json["plan"]
        assert len(plan["changes"]) == 1, [item["address"] for item in plan["changes"]]
        assert plan["unmanaged"] == []
        assert live_findings(plan) == []
        found: Plan = plan["changes"][0]
        return found

    def one_finding(self) -> Plan:
        """Return the one finding that the live side differs; there is no change."""
        outcome = self.planned()
        assert outcome.code == 2, outcome.err or outcome.flat
        plan = outcome.json["plan"]
        assert plan["changes"] == plan["unmanaged"] == []
        (finding,) = live_findings(plan)
        return finding

    def assert_in_sync(self) -> None:
        """Assert that the desired state is valid (or nothing is planned) and live is as it says."""
        outcome = self.planned()
        assert outcome.code == 0, outcome.err or [
            item["address"] for item in outcome.json["plan"]["changes"]
        ]
        plan = outcome.json["plan"]
        assert plan["changes"] == plan["unmanaged"] == plan["blocked"] == []
        assert live_findings(plan) == []

    # -- files

    def path(self, file: str) -> Path:
        return self.tree / file

    def read(self, file: str) -> str:
        return self.path(file).read_text(encoding="utf-8")

    def write(self, file: str, text: str) -> None:
        self.path(file).parent.mkdir(parents=True, exist_ok=True)
        self.path(file).write_text(text, encoding="utf-8")

    def replace(self, file: str, old: str, new: str) -> None:
        """Replace a text that stands in a document exactly once."""
        text = self.read(file)
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
        self.write(file, text.replace(old, new))

    def files(self) -> dict[str, bytes]:
        """Return everything below the desired state by path."""
        top = self.folder / "desired-state"
        found = sorted(path for path in top.rglob("*") if path.is_file())
        return {path.relative_to(top).as_posix(): path.read_bytes() for path in found}

    # -- git

    def git(self, *arguments: str) -> str:
        command = [require_program("git"), *GIT, *arguments]
        done = subprocess.run(command, cwd=self.folder, check=True, capture_output=True, text=True)
        return done.stdout

    def commit(self, message: str = "as it is") -> None:
        """Commit everything, in a repository that is made where there is none."""
        if not (self.folder / ".git").exists():
            self.git("init", "--quiet", "--initial-branch=main")
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", message)


def live_findings(plan: Plan) -> list[Plan]:
    """Return the findings of a plan that say that the server differs from git."""
    return [item for item in plan["findings"] if item["concern"] == "live"]


def fields_of(change: Plan) -> Fields:
    """Return path, before and after of each changed field."""
    return [(item["path"], item["before"], item["after"]) for item in change["fields"]]


def follow_ups_of(change: Plan) -> list[tuple[str, str, str]]:
    """Return connector, step and who starts it, of each run step that follows."""
    return [(item["connector"], item["step"], item["by"]) for item in change["follow_ups"]]


def imported_world(folder: Path, export: Path) -> World:
    """Return a world into which an export was imported, both in `folder`."""
    live = folder / "export"
    shutil.copytree(export, live)
    world = World(folder, Export(live))
    outcome = run(
        "import", "prod", "--from", world.live.source, "--desired-state", folder / "desired-state"
    )
    assert outcome.code == 0, outcome.text
    return world
