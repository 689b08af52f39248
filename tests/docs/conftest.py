"""The desk of the tests that read a page from top to bottom."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.readme.desk import Desk, clone_desk


@pytest.fixture
def desk(tmp_path: Path, checkout: Path) -> Desk:
    """Return a desk with an installed clone."""
    return clone_desk(tmp_path, checkout)
