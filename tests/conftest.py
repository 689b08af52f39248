"""What every test may use: the checkout, the exported Contoso configuration, golden files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.counterparts import ROOT, require_shared

Golden = Callable[[Path, str], None]
"""Compares a text with a committed file, or writes the file where that was asked for."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that writes golden files instead of comparing with them."""
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="write golden files and assembled schemas instead of comparing with them",
    )


@pytest.fixture(scope="session")
def checkout() -> Path:
    """Return the root of the checkout."""
    return ROOT


@pytest.fixture(scope="session")
def contoso_export() -> Path:
    """Return the folder of a real exported configuration; skip, or fail where it is required."""
    return require_shared() / "data" / "contoso-export"


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """Return the comparison with golden files; `--update-golden` writes them."""
    writes = bool(request.config.getoption("--update-golden"))

    def compare(path: Path, text: str) -> None:
        if writes:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        assert path.is_file(), f"{path.name} is missing: run pytest with --update-golden"
        assert text == path.read_text(encoding="utf-8")

    return compare
