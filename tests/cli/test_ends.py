"""Ends that come from outside: an interruption, a full disk, a closed stream, a wrong place."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import pytest

from reconciler.application.demo import tell_story
from reconciler.application.exits import Exit
from reconciler.cli import main
from reconciler.desired.storing import StoringError
from tests.cli.terminals import show
from tests.cli.test_boundary import ending_with

FULL = Path("/dev/full")
needs_full = pytest.mark.skipif(not FULL.exists(), reason="no device that is always full")


def run(*arguments: str, redirected: str = "") -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "reconciler", *arguments]
    return subprocess.run(
        ["sh", "-c", f'exec "$@" {redirected}', "sh", *command], capture_output=True, check=False
    )


@needs_full
@pytest.mark.parametrize(
    "arguments", [["plan", "prod"], ["plan", "prod", "--json"], ["--help"], ["schema"], ["demo"]]
)
@pytest.mark.parametrize("redirected", ["> /dev/full", ">&-"])
def test_a_result_that_cannot_be_printed_is_told(
    estate: Path, arguments: list[str], redirected: str
) -> None:
    assert estate.is_dir()

    finished = run(*arguments, redirected=redirected)

    assert finished.returncode == Exit.REFUSED
    assert b"RC4103" in finished.stderr
    assert b"standard output" in finished.stderr
    assert b"Traceback" not in finished.stderr
    assert b"Exception ignored" not in finished.stderr


@needs_full
def test_a_refusal_that_cannot_be_printed_keeps_its_code(estate: Path) -> None:
    assert estate.is_dir()

    finished = run("plan", "nowhere", "--json", redirected="> /dev/full")

    assert finished.returncode == Exit.USAGE
    assert b"Traceback" not in finished.stderr


def test_a_result_that_goes_to_a_file_needs_no_standard_output(estate: Path) -> None:
    assert run("plan", "prod", "--output", "plan.txt", redirected=">&-").returncode == 0
    assert (estate / "plan.txt").stat().st_size > 0


def test_an_interruption_while_something_is_loaded_is_quiet(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def interrupt() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(main, "_open_streams", interrupt)

    with pytest.raises(SystemExit) as ended:
        main.run(["--help"])

    assert ended.value.code == Exit.INTERRUPTED


@pytest.mark.parametrize("code", [Exit.INTERRUPTED, Exit.REFUSED, Exit.DEFECT])
def test_the_story_ends_with_a_step_that_was_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: Exit
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    ran: list[Sequence[str]] = []

    def stop(arguments: Sequence[str]) -> int:
        ran.append(arguments)
        return code

    assert tell_story(lambda _: None, stop) is code
    assert len(ran) == 1
    assert list(tmp_path.iterdir()) == []


def test_an_interruption_between_two_steps_removes_the_folder_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    home = Path.cwd()

    def stop(_: str) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        tell_story(stop, lambda _: 0)

    assert list(tmp_path.iterdir()) == []
    assert Path.cwd() == home


@pytest.mark.parametrize("option", [["--json"], ["--format", "text"], ["--output", "x"]])
@pytest.mark.parametrize("is_before", [True, False])
def test_the_story_has_one_form(option: list[str], *, is_before: bool) -> None:
    shown = show([*option, "demo"] if is_before else ["demo", *option])

    assert shown.code == Exit.USAGE
    assert "no --json, --format or --output" in shown.err
    assert "$ reconciler" not in shown.out


@pytest.mark.parametrize(
    "arguments",
    [
        ["plan", "prod", "--out", "desired-state/prod/server.yaml"],
        ["plan", "prod", "--output", "desired-state/prod/new.json"],
        ["--output", "desired-state/prod/server.yaml", "validate", "prod", "--json"],
        ["--output=desired-state/prod/server.yaml", "import", "prod", "--from", "export:export"],
        ["plan", "prod", "--wrong", "--json", "--output", "desired-state/prod/server.yaml"],
        [
            *["snapshot", "prod", "--from", "export:export"],
            *["--out", "desired-state/prod/environment.yaml"],
        ],
    ],
)
def test_no_result_replaces_a_document(estate: Path, arguments: list[str]) -> None:
    def held() -> dict[str, bytes]:
        folder = estate / "desired-state"
        return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}

    before = held()

    shown = show(arguments)

    assert shown.code == Exit.USAGE
    assert held() == before


def test_a_recording_may_be_named_in_its_own_folder(estate: Path) -> None:
    out = "desired-state/prod/recorded/other.json"

    shown = show(["snapshot", "prod", "--from", "export:export", "--out", out])

    assert shown.code == 0
    assert (estate / out).is_file()


def test_a_file_that_cannot_be_written_is_named_with_what_to_do(estate: Path) -> None:
    (estate / "file").touch()

    shown = show(["plan", "prod", "--out", "file/plan.json"])

    assert shown.code == Exit.REFUSED
    assert "RC4103  the result could not be written: file/plan.json: " in shown.err
    assert "a place that may be written to and has room" in shown.err
    assert "nothing was written" in shown.err


def test_files_that_were_written_all_the_same_are_named() -> None:
    shown = ending_with(StoringError("b: Permission denied", written=("ds/a",)))

    assert "written all the same: ds/a" in shown.err
    assert "nothing was written" not in shown.err


def test_a_saved_plan_is_named_as_it_was_given(estate: Path) -> None:
    shown = show(["plan", "prod", "--out", "plans/prod.json"])

    assert "Saved to plans/prod.json (" in shown.out
    assert (estate / "plans/prod.json").is_file()


def test_the_findings_of_a_plan_stand_in_the_answer_of_the_command_too(estate: Path) -> None:
    environment = estate / "desired-state/prod/environment.yaml"
    text = environment.read_text(encoding="utf-8")
    environment.write_text(
        text.replace("policy:\n", 'policy:\n  oldest_snapshot: "1.00:00:00"\n'), encoding="utf-8"
    )

    for command in ("plan", "drift"):
        found = json.loads(show([command, "prod", "--json"]).out)

        assert found["findings"] == found["plan"]["findings"]
    found = json.loads(show(["plan", "prod", "--json"]).out)
    (old,) = found["findings"]
    assert old["code"] == "RC3301"
    assert old["expected"][0].startswith("at most 1 day old; read at ")
