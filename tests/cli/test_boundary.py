"""Whatever happens inside ends as text and an exit code, never as a traceback."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
from pathlib import Path

import click
import pytest

from reconciler.application.exits import Exit
from reconciler.application.refusals import USAGE, Refusal, usage
from reconciler.cli.options import shared_options
from reconciler.desired.storing import StoringError
from tests.cli.terminals import Shown, show


def ending_with(error: BaseException | None, *arguments: str) -> Shown:
    """Run a command that ends as told."""

    @click.group()
    @shared_options
    def group() -> None:
        """Do nothing."""

    @group.command("plan")
    @shared_options
    def command() -> None:
        """End as told."""
        if error is not None:
            raise error

    return show(["plan", *arguments], group=group)


DEFECT = ZeroDivisionError("the password is hunter2")


@pytest.mark.parametrize(
    ("error", "code", "finding"),
    [
        (None, 0, ""),
        (SystemExit(Exit.CHANGES), 2, ""),
        (SystemExit(), 0, ""),
        (click.exceptions.Exit(5), 5, ""),
        (usage("it is wrong"), 64, USAGE),
        (Refusal(Exit.INCOMPLETE, *usage("it is wrong").findings), 6, USAGE),
        (KeyboardInterrupt(), 130, "RC9002"),
        (StoringError("a.yaml: No space left on device"), 8, "RC4103"),
        (DEFECT, 1, "RC9001"),
        (RecursionError(), 1, "RC9001"),
    ],
)
def test_every_end_has_its_code(error: BaseException | None, code: int, finding: str) -> None:
    shown = ending_with(error)

    assert shown.code == code
    assert finding in shown.err
    assert "Traceback" not in shown.err
    assert bool(shown.err) is bool(finding)


def test_a_defect_says_where_and_not_what_it_held() -> None:
    shown = ending_with(DEFECT)

    assert "a defect of reconciler: ZeroDivisionError" in shown.err
    assert "test_boundary.py:" in shown.err
    assert "hunter2" not in shown.err
    assert os.sep not in shown.err.split("test_boundary.py")[0]


@pytest.mark.parametrize(("level", "is_shown"), [("debug", True), ("info", False)])
def test_the_way_to_a_defect_is_shown_at_debug_level_alone(level: str, *, is_shown: bool) -> None:
    shown = ending_with(DEFECT, "--log-level", level)

    assert ("raise error" in shown.err) is is_shown
    assert "hunter2" not in shown.err


def test_a_refusal_has_no_way_to_it() -> None:
    shown = ending_with(usage("it is wrong"), "--log-level", "debug")

    assert "raise error" not in shown.err


def test_a_log_level_ends_with_its_command() -> None:
    ending_with(None, "--log-level", "debug")

    assert logging.getLogger("reconciler").handlers == []
    assert logging.getLogger("reconciler").level == logging.NOTSET


@pytest.mark.parametrize("error", [DEFECT, KeyboardInterrupt(), usage("it is wrong")])
def test_machines_get_an_answer_after_failures_too(error: BaseException) -> None:
    shown = ending_with(error, "--json")

    found = json.loads(shown.out)
    assert found["exit_code"] == shown.code
    assert found["command"] == "plan"
    assert len(found["findings"]) == 1


@pytest.mark.parametrize("option", [["--output", "x.json"], ["--output=x.json"]])
def test_the_answer_goes_where_the_result_would_have_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, option: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "x.json").write_text("the result of yesterday", encoding="utf-8")

    shown = ending_with(usage("it is wrong"), "--json", *option)

    assert shown.out == ""
    assert json.loads((tmp_path / "x.json").read_text(encoding="utf-8"))["exit_code"] == 64


def test_an_answer_that_has_no_place_goes_to_standard_output(tmp_path: Path) -> None:
    shown = ending_with(usage("it is wrong"), "--json", "--output", str(tmp_path))

    assert json.loads(shown.out)["exit_code"] == 64


def test_a_reader_that_goes_away_is_no_failure(estate: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)

    for arguments in (["--help"], ["plan", "prod"], ["schema"]):
        finished = subprocess.run(
            [sys.executable, "-m", "reconciler", *arguments],
            cwd=estate,
            stdout=writing,
            stderr=subprocess.PIPE,
            check=False,
        )
        assert (finished.returncode, finished.stderr) == (0, b"")
    os.close(writing)


def test_a_name_that_the_terminal_cannot_show_ends_nothing(estate: Path) -> None:
    finished = subprocess.run(
        [sys.executable, "-m", "reconciler", "plan", b"pr\xffd", "--json"],
        cwd=estate,
        env={**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"},
        capture_output=True,
        check=False,
    )

    assert finished.returncode == 64
    assert b"Traceback" not in finished.stderr
    assert json.loads(finished.stdout)["exit_code"] == 64
