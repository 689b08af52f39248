"""What a terminal gets beyond the text: colour, a sign of life, the log, completion."""

from __future__ import annotations

import io
import logging
import os
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

from reconciler.cli.catalogue import COMMANDS
from reconciler.cli.options import shared_options
from reconciler.cli.progress import working
from tests.application.folders import RULE
from tests.cli.terminals import ESCAPE, Shown, Terminal, show


@pytest.fixture
def changed(estate: Path) -> Path:
    """Return the estate with a rule that differs from its server."""
    path = estate / "desired-state/prod" / RULE
    path.write_text(path.read_text(encoding="utf-8").replace("precedence: 50", "precedence: 51"))
    return estate


def test_colour_is_for_terminals_alone(changed: Path) -> None:
    assert ESCAPE in show(["plan", "prod"], out=Terminal()).out
    assert ESCAPE not in show(["plan", "prod"]).out
    assert changed.is_dir()


def test_nobody_gets_colour_who_does_not_want_it(
    changed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert ESCAPE not in show(["plan", "prod", "--no-color"], out=Terminal()).out
    assert ESCAPE not in show(["--no-color", "plan", "prod"], out=Terminal()).out
    monkeypatch.setenv("NO_COLOR", "")
    assert ESCAPE not in show(["plan", "prod"], out=Terminal()).out
    assert changed.is_dir()


def test_a_file_never_has_colour(changed: Path) -> None:
    show(["plan", "prod", "--output", "plan.txt"], out=Terminal())

    assert ESCAPE not in (changed / "plan.txt").read_text(encoding="utf-8")


def test_json_never_has_colour(changed: Path) -> None:
    assert ESCAPE not in show(["plan", "prod", "--json"], out=Terminal()).out
    assert changed.is_dir()


def sign(err: io.StringIO, *arguments: str, patience: float = 0.0) -> Shown:
    """Run a command that works until its sign of life has come, if any is to come."""

    @click.group()
    @shared_options
    def group() -> None:
        """Do nothing."""

    @group.command("work")
    @shared_options
    def command() -> None:
        """Work for a while."""
        with working("planning [prod]", patience=patience):
            if isinstance(err, Terminal):
                err.has_come.wait(timeout=20 if patience == 0 else 0)
        click.echo("done", err=True)

    return show(["work", *arguments], group=group, err=err)


def test_long_work_shows_a_sign_of_life_that_is_gone_before_the_result(estate: Path) -> None:
    shown = sign(Terminal("planning [prod] …"))

    assert "planning [prod] …" in shown.err
    assert shown.err.rstrip().endswith("done")
    assert estate.is_dir()


def test_short_work_shows_none() -> None:
    assert sign(Terminal(), patience=3600).err == "done\n"


def test_where_there_is_no_terminal_there_is_no_sign() -> None:
    assert sign(io.StringIO()).err == "done\n"


@pytest.mark.parametrize("level", ["debug", "info"])
def test_the_log_needs_no_sign_beside_it(level: str) -> None:
    terminal = Terminal()
    terminal.has_come.set()

    assert sign(terminal, "--log-level", level).err == "done\n"


def test_a_sign_goes_away_when_the_work_fails() -> None:
    terminal = Terminal("working …")

    @click.command()
    @shared_options
    def command() -> None:
        """Fail."""
        with working("working", patience=0.0):
            terminal.has_come.wait(timeout=20)
            raise ValueError

    group = click.Group("reconciler", {"work": command})
    shown = show(["work"], group=group, err=terminal)

    assert shown.code == 1
    assert "RC9001" in shown.err.rsplit("working …", 1)[1]


def test_nothing_is_logged_unless_asked_for(estate: Path) -> None:
    assert show(["plan", "prod"]).err == ""
    assert show(["plan", "prod", "--log-level", "warning"]).err == ""
    assert estate.is_dir()


def test_at_info_level_the_sources_are_told(estate: Path) -> None:
    lines = show(
        ["plan", "prod", "--live", "export:export", "--log-level", "info"]
    ).err.splitlines()

    assert all(line.startswith("info    application.") for line in lines)
    assert any(line.endswith("documents of desired-state/prod") for line in lines)
    assert any("desired-state/prod/recorded/sync01.json" in line for line in lines)
    assert any("SYNC01 from export:export" in line for line in lines)
    assert estate.is_dir()


def test_at_debug_level_files_and_durations_are_told(estate: Path) -> None:
    shown = show(["--log-level", "debug", "plan", "prod"])

    assert f"read desired-state/prod/{RULE}" in shown.err
    phases = set(re.findall(r"application\.phases: (.+) took [0-9.]+ s", shown.err))
    assert {"reading the desired state", "checking the desired state", "planning"} <= phases
    assert shown.out == show(["plan", "prod"]).out
    assert estate.is_dir()


def test_the_log_is_on_standard_error_once(estate: Path) -> None:
    first = show(["plan", "prod", "--log-level", "info"])
    second = show(["--log-level", "info", "plan", "prod", "--log-level", "info"])

    assert first.err == second.err
    assert estate.is_dir()


def test_control_characters_do_not_reach_the_log(estate: Path) -> None:
    @click.command()
    @shared_options
    def command() -> None:
        """Log a name of the world."""
        logging.getLogger("reconciler.application").info("read %s", "x\x1b[2J\ny")

    shown = show(["x", "--log-level", "info"], group=click.Group("r", {"x": command}))

    assert "\x1b" not in shown.err
    assert len(shown.err.splitlines()) == 1
    assert estate.is_dir()


def reconciler(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    program = "from reconciler.cli.main import run; run()"
    return subprocess.run(
        [sys.executable, "-c", program, *arguments],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_gets_its_completion(shell: str) -> None:
    finished = reconciler(_RECONCILER_COMPLETE=f"{shell}_source")

    assert (finished.returncode, finished.stderr) == (0, "")
    assert "_RECONCILER_COMPLETE" in finished.stdout


@pytest.mark.parametrize(
    ("words", "completed"),
    [
        ("reconciler ", [*COMMANDS]),
        ("reconciler va", ["validate"]),
        ("reconciler plan --tar", ["--target"]),
        ("reconciler plan --log-level ", ["debug", "info", "warning", "error"]),
    ],
)
def test_commands_options_and_choices_are_completed(words: str, completed: list[str]) -> None:
    position = len(words.split(" ")) - 1
    finished = reconciler(
        _RECONCILER_COMPLETE="bash_complete", COMP_WORDS=words, COMP_CWORD=str(position)
    )

    found = [line.partition(",")[2] for line in finished.stdout.splitlines()]
    assert found == completed


HEAVY = ("yaml", "jsonschema", "rich", "git", "ruamel", "deepdiff", "defusedxml", "logging")


@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_of_a_command_loads_nothing_heavy(name: str) -> None:
    program = (
        "import sys\nfrom reconciler.cli.main import run\n"
        f"try:\n    run([{name!r}, '--help'])\nexcept SystemExit as stopped:\n"
        f"    print(stopped.code, [name for name in {HEAVY!r} if name in sys.modules])\n"
    )

    finished = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )

    assert finished.stdout.splitlines()[-1] == "0 []"
