"""The first import is green (decision A13): import, validate, an empty plan, and again."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.scenarios.exports import Export
from tests.scenarios.outcomes import run
from tests.scenarios.world import World


@pytest.fixture(params=["example", "contoso"])
def source_export(request: pytest.FixtureRequest) -> Path:
    """Return the folder of each readable export that there is."""
    folder: Path = request.getfixturevalue(f"{request.param}_export")
    return folder


@pytest.fixture
def fresh(source_export: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    folder = tmp_path / "estate"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return World(folder, Export(source_export).copy(folder / "export"))


@pytest.fixture(params=["world", "contoso"])
def imported(request: pytest.FixtureRequest) -> World:
    """Return each export's world after its first import."""
    found: World = request.getfixturevalue(request.param)
    return found


def test_an_exported_folder_imports_validates_and_plans_to_nothing_twice(fresh: World) -> None:
    assert fresh.import_().code == 0
    assert run("validate").code == 0
    fresh.assert_in_sync()
    before = fresh.files()
    again = fresh.import_()
    assert again.code == 0
    assert "nothing changed" in again.out
    assert fresh.files() == before


def test_a_recorded_snapshot_imports_to_the_same_files_as_its_export(imported: World) -> None:
    from_export = imported.files()
    (recording,) = (imported.tree / "recorded").iterdir()
    shutil.copy(recording, imported.folder / "server.json")
    shutil.rmtree(imported.folder / "desired-state")
    source = "snapshot:server.json"
    assert run("import", "prod", "--from", source).code == 0
    assert imported.files() == from_export
    assert run("plan", "prod", "--live", source, "--detailed-exitcode").code == 0


def test_without_a_live_source_the_recording_is_planned_against(imported: World) -> None:
    shutil.rmtree(imported.live.folder)
    assert run("plan", "prod", "--detailed-exitcode").code == 0
    assert run("drift", "prod", "--detailed-exitcode").code == 0


def test_what_the_first_import_writes_is_checked_by_every_check(imported: World) -> None:
    document = run("validate", imported.environment, "--json").json
    assert [item for item in document["findings"] if item["severity"] == "error"] == []
    assert document["skipped"] == []


def test_every_imported_document_names_its_schema_for_editors(imported: World) -> None:
    for path in imported.tree.rglob("*.yaml"):
        first = path.read_text(encoding="utf-8").splitlines()[0]
        schema = first.removeprefix("# yaml-language-server: $schema=")
        assert (path.parent / schema).is_file(), path.name


def test_the_numbers_of_the_contoso_export_all_arrive(contoso: World) -> None:
    documents = sorted((contoso.tree / "rules").rglob("*.yaml"))
    assert len(documents) == 62
    connectors = {path.name for path in (contoso.tree / "connectors").iterdir()}
    assert connectors == {"contoso.yaml", "entra.yaml"}


@pytest.mark.usefixtures("world")
def test_the_oddities_of_the_example_are_warnings_and_notes_and_name_the_server() -> None:
    found = run("validate", "--json").json["findings"]
    assert {item["severity"] for item in found} == {"warning", "note"}
    warnings = [item for item in found if item["severity"] == "warning"]
    assert all("as found on sync01" in item["expected"] for item in warnings)
