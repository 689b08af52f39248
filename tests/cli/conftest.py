"""A folder with a desired state that was imported from a small export; it is the current one."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.application.folders import import_into, write_export


@pytest.fixture
def estate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with `desired-state/prod` and the folder `export`."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    import_into(Path("desired-state"), write_export(Path("export")))
    return tmp_path
