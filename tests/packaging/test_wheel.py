"""The wheel carries all that it needs: schemas, the example estate, its own dependencies."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

from tests.counterparts import ROOT

pytestmark = pytest.mark.slow

PARTS = ("reconciler", "schemas", "desired-state", "pyproject.toml", "LICENSE", "README.md")
LITTER = shutil.ignore_patterns("__pycache__")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel built from a source distribution of a copy, so that nothing else can slip in."""
    source = tmp_path_factory.mktemp("source")
    for part in PARTS:
        if (ROOT / part).is_dir():
            shutil.copytree(ROOT / part, source / part, ignore=LITTER)
        else:
            shutil.copy2(ROOT / part, source / part)
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", "dist", folder=source)
    (built,) = (source / "dist").glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of programs of a clean environment that holds the wheel and what it asks for."""
    folder = tmp_path_factory.mktemp("clean")
    venv.create(folder / "venv", with_pip=True)
    versions = folder / "versions.txt"
    versions.write_text("\n".join(read_versions()), encoding="utf-8")
    programs = folder / "venv" / "bin"
    install = ["-m", "pip", "install", "-qq", "--only-binary=:all:", "-c", str(versions)]
    run(str(programs / "python"), *install, str(wheel), folder=folder)
    return programs


def run(*command: str, folder: Path) -> str:
    """Run a program without this checkout on its path; return what it printed, or fail."""
    environment = {name: text for name, text in os.environ.items() if name != "PYTHONPATH"}
    finished = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert finished.returncode == 0, finished.stdout + finished.stderr
    return finished.stdout


def read_versions() -> list[str]:
    """Return the pins of the lock file without hashes, which pip refuses where it resolves."""
    lines = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    return [line.removesuffix(" \\") for line in lines if "==" in line and not line.startswith("#")]


def list_data(folder: Path, *, below: str) -> set[str]:
    """Return the files of a data folder as the wheel names them."""
    return {
        f"reconciler/shipped/{below}/{path.relative_to(folder).as_posix()}"
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


@pytest.mark.parametrize("folder", ["schemas", "desired-state"])
def test_the_wheel_holds_every_schema_and_the_whole_example_estate(
    wheel: Path, folder: str
) -> None:
    expected = list_data(ROOT / folder, below=folder)

    with zipfile.ZipFile(wheel) as archive:
        inside = set(archive.namelist())

    assert expected
    assert expected <= inside


def test_the_wheel_holds_the_package_and_nothing_beside_it(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        inside = archive.namelist()

    assert "reconciler/py.typed" in inside
    assert {name.split("/")[0].split("-")[0] for name in inside} == {"reconciler"}


def test_the_demo_runs_from_the_wheel_alone(installed: Path, tmp_path: Path) -> None:
    where = run(
        str(installed / "python"),
        "-c",
        "import reconciler; print(reconciler.__file__)",
        folder=tmp_path,
    )
    told = run(str(installed / "reconciler"), "demo", folder=tmp_path)

    assert str(ROOT) not in where
    assert told.strip()
    assert list(tmp_path.iterdir()) == []
