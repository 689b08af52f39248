"""
Counterparts that a test needs beside Python: git, a linter, the reference material.

Absent, they skip the test with a reason; where RECONCILER_REQUIRE names them, as in CI, they
fail it.
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"


def is_required(name: str) -> bool:
    """Whether RECONCILER_REQUIRE, a comma-separated list, names the counterpart."""
    return name in {part.strip() for part in os.environ.get("RECONCILER_REQUIRE", "").split(",")}


def require_counterpart(name: str, *, is_present: bool, reason: str) -> None:
    """Go on with the counterpart; without it skip, or fail where it is required."""
    if is_present:
        return
    if is_required(name):
        pytest.fail(f"{name} is required by RECONCILER_REQUIRE: {reason}")
    pytest.skip(f"needs {name}: {reason}")


def require_program(name: str) -> str:
    """Return the path of a program, from the environment that runs the tests or from PATH."""
    beside = Path(sys.executable).parent / name
    found = str(beside) if beside.exists() else shutil.which(name)
    require_counterpart(name, is_present=found is not None, reason="the program is not installed")
    return str(found)


def require_shared() -> Path:
    """Return the folder with the reference material, which lies beside the checkout."""
    reason = "no folder ../shared beside the checkout"
    require_counterpart("shared", is_present=SHARED.is_dir(), reason=reason)
    return SHARED
