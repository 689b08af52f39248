"""The edges of the folder and of the machine: links are not followed out, nothing is called."""

from __future__ import annotations

import json
import socket
import subprocess
from pathlib import Path

import pytest
import pytest_socket

from tests.scenarios.outcomes import run
from tests.scenarios.turns import COST_CENTRE, LIVE_COST_CENTRE
from tests.scenarios.world import World

WORDS = "words that stand outside"


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    """Return a file outside the world."""
    folder = tmp_path / "outside"
    folder.mkdir()
    (folder / "file.yaml").write_text(f"rule: {WORDS}\n", encoding="utf-8")
    return folder / "file.yaml"


# -- reading


def test_a_document_that_is_a_link_out_of_the_tree_is_refused(world: World, outside: Path) -> None:
    world.path("rules/link.yaml").symlink_to(outside)
    outcome = run("validate", "--json")
    assert outcome.code == 65
    assert "rules/link.yaml" in outcome.out
    assert WORDS not in outcome.text
    assert world.planned().code == 65


def test_a_folder_that_is_a_link_out_of_the_tree_is_refused(world: World, outside: Path) -> None:
    (world.tree / "rules" / "default" / "other").symlink_to(outside.parent)
    outcome = run("validate")
    assert outcome.code == 65
    assert WORDS not in outcome.text


def test_a_link_in_a_circle_is_refused(world: World) -> None:
    world.path("rules/link.yaml").symlink_to("link.yaml")
    assert run("validate").code == 65


def test_a_pipe_is_refused_and_not_waited_for(world: World) -> None:
    subprocess.run(["mkfifo", world.path("rules/pipe.yaml")], check=True)
    assert run("validate").code == 65


def test_an_export_with_a_link_is_refused(world: World, outside: Path) -> None:
    path = world.live.file(LIVE_COST_CENTRE)
    path.unlink()
    path.symlink_to(outside)
    outcome = world.planned()
    assert outcome.code == 6
    assert WORDS not in outcome.text
    before = world.files()
    assert world.import_().code == 6
    assert world.files() == before


def test_an_external_entity_in_an_export_is_refused(world: World, outside: Path) -> None:
    path = world.live.file(LIVE_COST_CENTRE)
    text = path.read_text(encoding="utf-8")
    head = f'<!DOCTYPE x [<!ENTITY e SYSTEM "file://{outside}">]>'
    path.write_text(head + text.replace("for payroll.", "&e;"), encoding="utf-8")
    outcome = world.planned()
    assert outcome.code == 6
    assert WORDS not in outcome.text


def test_an_entity_bomb_in_an_export_is_refused(world: World) -> None:
    path = world.live.file(LIVE_COST_CENTRE)
    text = path.read_text(encoding="utf-8")
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    head = f'<!DOCTYPE x [<!ENTITY e0 "ha">{levels}]>'
    path.write_text(head + text.replace("for payroll.", "&e11;"), encoding="utf-8")
    assert world.planned().code == 6


# -- writing


def test_an_import_writes_through_no_link_to_a_file(world: World, outside: Path) -> None:
    before = outside.read_bytes()
    world.path("recorded/sync01.json").unlink()
    world.path("recorded/sync01.json").symlink_to(outside)
    world.live.replace(LIVE_COST_CENTRE, "<precedence>40<", "<precedence>41<")
    world.import_()
    assert outside.read_bytes() == before


@pytest.mark.parametrize("folder", ["recorded", "rules", "connectors"])
def test_an_import_writes_through_no_link_to_a_folder(
    world: World, outside: Path, folder: str
) -> None:
    kept = world.tree / folder
    kept.rename(world.folder / "kept")
    kept.symlink_to(outside.parent)
    world.live.replace(LIVE_COST_CENTRE, "<precedence>40<", "<precedence>41<")
    outcome = world.import_()
    assert outcome.code in (6, 8, 64, 65), outcome.text
    assert [path.name for path in outside.parent.iterdir()] == ["file.yaml"]


@pytest.mark.parametrize("name", ["../outside", "prod/../../outside", "/etc", "..", "a\\b", "~"])
def test_no_environment_lies_outside_the_tree(world: World, outside: Path, name: str) -> None:
    for command in (
        ["init", name],
        ["import", name, "--from", world.live.source],
        ["snapshot", name, "--from", world.live.source],
        ["plan", name],
        ["validate", name],
    ):
        assert run(*command).code == 64, command
    assert [path.name for path in outside.parent.iterdir()] == ["file.yaml"]


def test_a_server_whose_name_is_a_path_writes_nothing_outside(bare: World) -> None:
    bare.live.replace("settings", 'server="SYNC01"', 'server="../../../evil"')
    before = {path for path in bare.folder.parent.rglob("*") if path.is_file()}
    assert bare.import_().code == 6
    assert {path for path in bare.folder.parent.rglob("*") if path.is_file()} == before


# -- calling


@pytest.mark.filterwarnings("ignore:A test tried to use socket")
def test_these_tests_run_without_a_network() -> None:
    with pytest.raises(pytest_socket.SocketBlockedError):
        socket.socket(socket.AF_INET, socket.SOCK_STREAM)


WATCHED = """
import json, os, sys
seen = {"network": [], "programs": [], "written": []}
def watch(event, arguments):
    if event.startswith("socket.") and event not in ("socket.__new__", "socket.gethostname"):
        seen["network"].append(event)
    elif event in ("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn"):
        seen["programs"].append(str(arguments[0]))
    elif event == "open" and isinstance(arguments[0], (str, bytes)) and arguments[2] & 3:
        seen["written"].append(os.path.abspath(os.fsdecode(arguments[0])))
    elif event in ("os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "os.symlink"):
        paths = [path for path in arguments if isinstance(path, (str, bytes))]
        seen["written"] += [os.path.abspath(os.fsdecode(path)) for path in paths]
sys.dont_write_bytecode = True
sys.addaudithook(watch)
from reconciler.cli.boundary import exit_code_of
from reconciler.cli.main import commands
sys.stdout = sys.stderr
codes = [exit_code_of(commands, arguments) for arguments in json.loads(sys.argv[1])]
sys.stdout = sys.__stdout__
print(json.dumps({"codes": codes, **seen}))
"""


def test_no_command_calls_the_network_or_writes_anywhere_else(
    bare: World, program: list[str]
) -> None:
    source = bare.live.source
    steps = [
        ["import", "prod", "--from", source],
        ["validate"],
        ["plan", "prod", "--live", source, "--out", "plan.json"],
        ["show", "plan.json", "--format", "markdown"],
        ["drift", "prod", "--live", source],
        ["compare", source, source],
        ["lineage", "prod"],
        ["snapshot", "prod", "--from", source],
    ]
    done = subprocess.run(
        [program[0], "-c", WATCHED, json.dumps(steps)],
        cwd=bare.folder,
        capture_output=True,
        text=True,
        check=True,
    )
    seen = json.loads(done.stdout)
    assert seen["codes"] == [0] * len(steps)
    assert seen["network"] == []
    assert seen["programs"] == []
    top = bare.folder.resolve()
    outside = [path for path in seen["written"] if not Path(path).is_relative_to(top)]
    assert [path for path in outside if not path.startswith(("/dev/", "/proc/"))] == []
    assert seen["written"]


def test_a_file_of_ten_megabytes_is_refused_quickly(world: World) -> None:
    world.write(COST_CENTRE, "rule: x\ndescription: |-\n  " + "x" * 10_000_000 + "\n")
    outcome = run("validate")
    assert outcome.code == 65
    assert len(outcome.text) < 20_000


@pytest.mark.parametrize(
    "text",
    [
        "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\n",
        "a: " + "[" * 5_000 + "\n",
        "a: " + "{a: " * 5_000 + "\n",
        "- " * 5_000 + "x\n",
        "!!python/object/apply:os.system [id]\n",
        "<<: {a: b}\n",
    ],
)
def test_a_document_that_means_to_exhaust_is_refused(world: World, text: str) -> None:
    world.write("server.yaml", text)
    assert run("validate").code == 65
