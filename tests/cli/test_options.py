"""The options that every command has: before and after its name, and in every order."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from reconciler.cli.catalogue import COMMANDS
from reconciler.cli.main import commands
from tests.cli.terminals import show

COMMON = ("--desired-state", "--format", "--json", "--output", "--no-color", "--log-level")
FORMS = {
    "compare": ["text", "markdown", "json"],
    "drift": ["text", "markdown", "json"],
    "import": ["text", "json"],
    "init": ["text", "json"],
    "lineage": ["text", "markdown", "json"],
    "plan": ["text", "markdown", "json"],
    "schema": ["json", "text"],
    "show": ["text", "markdown", "json"],
    "snapshot": ["text", "json"],
    "validate": ["text", "json", "sarif", "github"],
}
NEEDED = {
    "compare": ["export:export", "export:export"],
    "drift": ["prod"],
    "import": ["prod", "--from", "export:export"],
    "init": ["prod"],
    "lineage": ["prod"],
    "plan": ["prod"],
    "schema": ["plan"],
    "show": ["saved.json"],
    "snapshot": ["prod", "--from", "export:export"],
    "validate": ["prod"],
}


@pytest.mark.parametrize("name", COMMANDS)
def test_the_shared_options_are_in_the_help_of_every_command(name: str) -> None:
    shown = show([name, "--help"])

    assert shown.code == 0
    assert [option for option in COMMON if option not in shown.out] == []


def test_the_help_of_all_lists_every_command_and_the_shared_options() -> None:
    shown = show(["--help"])

    assert [name for name in (*COMMANDS, *COMMON) if name not in shown.out] == []
    assert show(["-h"]) == shown


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_is_called_in_its_module_as_in_the_catalogue(name: str) -> None:
    command = commands.get_command(
        commands.make_context("reconciler", [name, "--help"], resilient_parsing=True), name
    )

    assert command is not None
    assert command.name == name
    assert command.short_help == COMMANDS[name][1]


def test_the_version_is_printed() -> None:
    shown = show(["--version"])

    assert shown.code == 0
    assert shown.out.startswith("reconciler, version ")


@pytest.mark.parametrize(
    "arguments",
    [
        ["--json", "plan", "prod"],
        ["plan", "--json", "prod"],
        ["plan", "prod", "--json"],
        ["plan", "prod", "--format", "json"],
        ["--format=json", "plan", "prod"],
        ["--format", "markdown", "plan", "prod", "--json"],
    ],
)
def test_a_common_option_counts_before_and_after_and_the_later_wins(
    estate: Path, arguments: list[str]
) -> None:
    shown = show(arguments)

    assert shown.code == 0
    assert json.loads(shown.out)["command"] == "plan"
    assert estate.is_dir()


def test_the_later_of_two_folders_is_read(estate: Path) -> None:
    (estate / "desired-state").rename(estate / "other")

    assert show(["--desired-state", "desired-state", "plan", "prod"]).code == 64
    assert (
        show(["--desired-state", "desired-state", "plan", "prod", "--desired-state", "other"]).code
        == 0
    )


@pytest.mark.parametrize(("name", "form"), [(name, form) for name in FORMS for form in FORMS[name]])
def test_every_form_that_a_command_names_can_be_had(estate: Path, name: str, form: str) -> None:
    show(["plan", "prod", "--out", "saved.json"])

    shown = show([name, *NEEDED[name], "--format", form])

    assert shown.code == 0, shown.err
    assert shown.out or form == "github"
    assert form != "json" or isinstance(json.loads(shown.out), dict)
    assert form in show([name, "--help"]).out or name == "schema"
    assert estate.is_dir()


@pytest.mark.parametrize("name", FORMS)
def test_another_form_is_refused_with_those_there_are(estate: Path, name: str) -> None:
    shown = show([name, *NEEDED[name], "--format", "xml"])

    assert shown.code == 64
    assert f'reconciler {name} has no format "xml"' in shown.err
    assert ", ".join(FORMS[name]) in shown.err
    assert estate.is_dir()


def test_a_result_goes_to_a_file_as_a_whole(estate: Path) -> None:
    direct = show(["plan", "prod", "--format", "markdown"])

    shown = show(["plan", "prod", "--format", "markdown", "--output", "deep/plan.md"])

    assert (shown.code, shown.out) == (0, "")
    assert (estate / "deep/plan.md").read_text(encoding="utf-8") == direct.out


def test_a_folder_is_no_file_for_a_result(estate: Path) -> None:
    shown = show(["plan", "prod", "--output", "desired-state"])

    assert shown.code == 64
    assert '"desired-state" is a folder' in shown.err
    assert estate.is_dir()
