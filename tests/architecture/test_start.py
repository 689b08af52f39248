"""The command line starts fast, because what is heavy is imported where it is used."""

from __future__ import annotations

import subprocess
import sys

HEAVY = "deepdiff defusedxml git jsonschema referencing rich subprocess yaml".split()


def test_help_loads_nothing_heavy() -> None:
    program = (
        "import sys\n"
        "from reconciler.cli.main import run\n"
        "sys.argv = ['reconciler', '--help']\n"
        "try:\n    run()\n"
        "except SystemExit as stopped:\n    assert not stopped.code, stopped.code\n"
        f"print('loaded:', *(name for name in {HEAVY!r} if name in sys.modules))\n"
    )

    command = [sys.executable, "-c", program]
    finished = subprocess.run(command, capture_output=True, text=True, check=False)

    assert finished.returncode == 0, finished.stderr
    assert finished.stdout.splitlines()[-1] == "loaded:"
