"""What the guides show is what happens: their commands are run, their documents are accepted."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from reconciler.application.exits import Exit
from reconciler.application.validate import validate
from reconciler.desired.layout import document_type
from tests.conftest import Golden
from tests.counterparts import ROOT
from tests.readme.console import iter_blocks
from tests.readme.desk import Desk

GUIDES = tuple(sorted(path.name for path in (ROOT / "docs").glob("*.md")))
FROM_A_CLONE = "getting-started.md"
WITHOUT_A_DESK = "adding-a-kind.md"

BEFORE = """```sh
export PATH="$PWD/.venv/bin:$PATH"
git init --quiet ../estate && cd ../estate
cp -r ../reconciler/desired-state/prod/export/sync01 export
reconciler import prod --from export:export
git add desired-state && git commit --quiet --message "Import sync01"
```
"""
"""What a reader has done before any guide but the first."""


@pytest.mark.parametrize("name", [name for name in GUIDES if name != WITHOUT_A_DESK])
def test_every_command_of_a_guide_does_what_it_shows(
    name: str, checkout: Path, desk: Desk, golden: Golden
) -> None:
    path = checkout / "docs" / name
    before = "" if name == FROM_A_CLONE else BEFORE

    golden(path, desk.replayed(before + path.read_text(encoding="utf-8")).removeprefix(before))


@pytest.mark.parametrize("name", GUIDES)
def test_no_block_of_a_guide_escapes_the_run(name: str, checkout: Path) -> None:
    page = (checkout / "docs" / name).read_text(encoding="utf-8")
    languages = set(re.findall(r"^```(\w+)$", page, flags=re.MULTILINE))

    assert languages <= {"sh", "console", "yaml", "powershell", "text", "python", "diff", "json"}


def test_the_documents_that_a_guide_shows_are_valid(checkout: Path, tmp_path: Path) -> None:
    page = (checkout / "docs" / "desired-state.md").read_text(encoding="utf-8")
    folder = tmp_path / "desired-state"
    shutil.copytree(checkout / "desired-state", folder)
    shown = [block.text for block in iter_blocks(page, "yaml")]

    for text in shown:
        path = text.splitlines()[0].removeprefix("# ")
        assert document_type(path), f"the first line of a document names its file, not {path}"
        (folder / "prod" / path).write_text(text, encoding="utf-8")

    found = validate(str(folder), ("prod",))
    assert [finding.what for finding in found.findings if finding.severity == "error"] == []
    assert found.exit_code is Exit.DONE
    assert len(shown) >= 4
