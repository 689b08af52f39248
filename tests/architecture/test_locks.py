"""The lock files: everything pinned with a hash, one version of each, no host named."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from tests.counterparts import ROOT

WHOLE = ROOT / "requirements.lock"
ACTION = ROOT / ".github" / "actions" / "reconciler" / "requirements.lock"

PIN = re.compile(r"^(?P<name>[a-z0-9-]+)==(?P<version>\S+)(?: ; (?P<marker>[^\\]+))? \\$")
HASH = re.compile(r"^    --hash=sha256:[0-9a-f]{64}(?: \\)?$")


def read_pins(path: Path) -> dict[str, str]:
    """Return version by name; every line is a comment, a pin or a hash."""
    pins: dict[str, str] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if pin := PIN.match(line):
            assert pin["name"] not in pins, f"{pin['name']} is pinned twice"
            pins[pin["name"]] = pin["version"]
        else:
            assert line.startswith("#") or HASH.match(line), line
    return pins


def read_declared(*extras: str) -> set[str]:
    """Return the normalized names that pyproject.toml asks for, with some of its extras."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = list(project["dependencies"])
    for extra in extras:
        wanted += project["optional-dependencies"][extra]
    return {re.sub(r"[-_.]+", "-", re.split(r"[<>=!~; ]", text)[0]).lower() for text in wanted}


@pytest.mark.parametrize("path", [WHOLE, ACTION], ids=["whole", "action"])
def test_a_lock_file_holds_pins_and_hashes_and_nothing_else(path: Path) -> None:
    assert len(read_pins(path)) > 10


def test_the_lock_holds_everything_that_the_project_asks_for() -> None:
    assert read_declared("dev", "bench") <= set(read_pins(WHOLE))
    assert read_declared() | {"hatchling"} <= set(read_pins(ACTION))


def test_the_action_installs_the_versions_that_were_tested() -> None:
    assert read_pins(ACTION).items() <= read_pins(WHOLE).items()
