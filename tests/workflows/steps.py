"""
Runs the bash of workflow steps as a runner does, in a workspace of the test.

Understands the few expressions and conditions that our files use, and refuses all others.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

EXPRESSION = re.compile(r"\$\{\{ ?([^}]*?) ?\}\}")
SHELL = ("bash", "--noprofile", "--norc", "-eo", "pipefail")


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step that runs bash; `condition` is its `if`."""

    name: str
    identifier: str
    condition: str
    environment: Mapping[str, str]
    script: str


@dataclass(slots=True, kw_only=True)
class Job:
    """What a runner knows while it walks through the steps of one action."""

    workspace: Path
    temporary: Path
    action: Path
    inputs: Mapping[str, str]
    outcomes: dict[str, str] = field(default_factory=dict)
    outputs: dict[str, dict[str, str]] = field(default_factory=dict)
    log: str = ""

    @property
    def summary(self) -> str:
        """What the job summary shows so far."""
        path = self.temporary / "summary.md"
        return path.read_text(encoding="utf-8") if path.exists() else ""

    @property
    def is_green(self) -> bool:
        """Whether no step has failed."""
        return "failure" not in self.outcomes.values()

    def run(self, step: Step) -> None:
        """Run a step, or skip it after a failure as its condition says."""
        if step.condition not in {"", "always()"}:
            raise ValueError(f"a condition that these tests do not know: {step.condition}")
        if not self.is_green and step.condition != "always()":
            self.outcomes[step.identifier] = "skipped"
            return
        finished = self._execute(step)
        self.log += finished.stdout
        self.outcomes[step.identifier] = "failure" if finished.returncode else "success"
        self.outputs[step.identifier] = self._read_outputs()

    def evaluate(self, text: str) -> str:
        """Return the text with its expressions replaced; an output that is not there is empty."""
        return EXPRESSION.sub(lambda found: self._look_up(found[1]), text)

    def _look_up(self, expression: str) -> str:
        match expression.split("."):
            case ["inputs", name]:
                return self.inputs[name]
            case ["github", "action_path"]:
                return str(self.action)
            case ["steps", step, "outcome"]:
                return self.outcomes.get(step, "skipped")
            case ["steps", step, "outputs", name]:
                return self.outputs.get(step, {}).get(name, "")
        raise ValueError(f"an expression that these tests do not know: {expression}")

    def _execute(self, step: Step) -> subprocess.CompletedProcess[str]:
        script = self.temporary / "step.sh"
        script.write_text(step.script, encoding="utf-8")
        (self.temporary / "output.txt").write_text("", encoding="utf-8")
        environment = {
            **{name: text for name, text in os.environ.items() if not is_ours(name)},
            "CI": "true",
            "GITHUB_ACTIONS": "true",
            "GITHUB_OUTPUT": str(self.temporary / "output.txt"),
            "GITHUB_STEP_SUMMARY": str(self.temporary / "summary.md"),
            "GITHUB_WORKSPACE": str(self.workspace),
            "RUNNER_TEMP": str(self.temporary),
            **{name: self.evaluate(text) for name, text in step.environment.items()},
        }
        return subprocess.run(
            [*SHELL, str(script)],
            cwd=self.workspace,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )

    def _read_outputs(self) -> dict[str, str]:
        lines = (self.temporary / "output.txt").read_text(encoding="utf-8").splitlines()
        return dict(line.split("=", 1) for line in lines)


def is_ours(name: str) -> bool:
    """Whether a variable belongs to the run of the tests and not to the runner's world."""
    return name.startswith(("GITHUB_", "PYTEST_", "COV_", "RECONCILER_", "PYTHON", "VIRTUAL_ENV"))


def read_yaml(path: Path) -> Any:
    """Return a workflow or an action as plain values."""
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def build_step(value: Mapping[str, Any]) -> Step:
    """Return a step that runs bash from its place in the file."""
    return Step(
        name=value["name"],
        identifier=value["id"],
        condition=value.get("if", ""),
        environment=value.get("env", {}),
        script=value["run"],
    )
