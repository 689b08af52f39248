"""Worlds: the example estate and the Contoso export, imported once and copied for each test."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from tests.scenarios.exports import Export
from tests.scenarios.world import World, imported_world


@pytest.fixture(scope="session")
def example_export(checkout: Path) -> Path:
    """Return the export of the example estate; never written to."""
    return checkout / "desired-state" / "prod" / "export" / "sync01"


@pytest.fixture(scope="session")
def _example(tmp_path_factory: pytest.TempPathFactory, example_export: Path) -> Path:
    return imported_world(tmp_path_factory.mktemp("example"), example_export).folder


@pytest.fixture(scope="session")
def _contoso(tmp_path_factory: pytest.TempPathFactory, contoso_export: Path) -> Path:
    return imported_world(tmp_path_factory.mktemp("contoso"), contoso_export).folder


@pytest.fixture
def world(_example: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    """Return the example estate, imported and in sync with its export."""
    return _copied(_example, tmp_path, monkeypatch)


@pytest.fixture
def tidy(world: World) -> World:
    """Return the same without the rule at 0, which only a recording makes acceptable."""
    world.live.rule("In from AD - User - Hold back at once (break glass)").unlink()
    assert world.import_("--prune").code == 0
    return world


@pytest.fixture
def contoso(_contoso: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    """Return the estate of a real export, imported and in sync."""
    return _copied(_contoso, tmp_path, monkeypatch)


@pytest.fixture
def bare(example_export: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    """Return a folder that has the example's export beside it and no desired state yet."""
    folder = tmp_path / "estate"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return World(folder, Export(example_export).copy(folder / "export"))


def _copied(template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    folder = tmp_path / "estate"
    shutil.copytree(template, folder)
    monkeypatch.chdir(folder)
    return World(folder, Export(folder / "export"))


@pytest.fixture(scope="session")
def program() -> list[str]:
    """Return the command line's first words for a process of its own."""
    return [sys.executable, "-m", "reconciler"]
