"""The guide to adding a kind shows the real diff of a kind that is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from reconciler.kinds.registry import KINDS

GUIDE = Path("docs/adding-a-kind.md")


@pytest.fixture
def guide(checkout: Path) -> str:
    return (checkout / GUIDE).read_text(encoding="utf-8")


def test_the_diff_in_the_guide_is_what_the_files_hold(guide: str, checkout: Path) -> None:
    shown = files_of(diff_in(guide))

    assert len(shown) == 5
    for name, (is_new, added) in shown.items():
        lines = (checkout / name).read_text(encoding="utf-8").splitlines()
        if is_new:
            assert added == lines, name
        else:
            assert [line for line in added if line not in lines] == [], name


def test_the_kind_of_the_guide_is_registered(guide: str) -> None:
    assert 'name = "device-sync"' in diff_in(guide)
    assert "device-sync" in KINDS


def test_every_file_that_the_guide_names_is_there(guide: str, checkout: Path) -> None:
    named = re.findall(r"`((?:reconciler|schemas|tests)/[\w./-]+)`", guide)

    assert named
    assert [name for name in named if not (checkout / name).exists()] == []


def diff_in(guide: str) -> str:
    return guide.split("```diff\n", maxsplit=1)[1].split("```", maxsplit=1)[0]


def files_of(diff: str) -> dict[str, tuple[bool, list[str]]]:
    """Return, by file, whether it is new and which lines were added."""
    files: dict[str, tuple[bool, list[str]]] = {}
    is_new, name = False, ""
    for line in diff.splitlines():
        if line.startswith("--- "):
            is_new = line == "--- /dev/null"
        elif line.startswith("+++ "):
            name = line.removeprefix("+++ b/")
            files[name] = (is_new, [])
        elif line.startswith("+"):
            files[name][1].append(line[1:])
    return files
