"""Every link of every page leads to a file, and to a heading of it where it names one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.counterparts import ROOT

_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
_FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
PAGES = tuple(
    sorted(
        path.relative_to(ROOT).as_posix()
        for folder in ("docs", "docs/reference", ".github", ".github/decisions", ".")
        for path in (ROOT / folder).glob("*.md")
    )
)


def links(page: Path) -> list[str]:
    """Return the links of a page that stay in this repository."""
    text = _FENCE.sub("", page.read_text(encoding="utf-8"))
    found = (link[1] for link in _LINK.finditer(text))
    return [link for link in found if "://" not in link and not link.startswith("mailto:")]


def anchors(page: Path) -> set[str]:
    """Return the anchors that a code host gives to the headings of a page."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {
        re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-") for heading in headings
    }


def is_dead(link: str, page: Path) -> bool:
    """Tell whether a link of a page leads nowhere."""
    path, _, anchor = link.partition("#")
    target = (page.parent / path).resolve() if path else page
    if not target.exists():
        return True
    return bool(anchor) and target.suffix == ".md" and anchor not in anchors(target)


@pytest.mark.parametrize("name", PAGES)
def test_no_link_is_dead(name: str) -> None:
    page = ROOT / name

    assert [link for link in links(page) if is_dead(link, page)] == []


def test_a_dead_link_is_found(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("# One two\n[a](page.md#one-two) [b](#three) [c](other.md)\n", encoding="utf-8")

    assert [link for link in links(page) if is_dead(link, page)] == ["#three", "other.md"]


def test_the_pages_that_readers_begin_with_are_there() -> None:
    assert {"README.md", "CHANGELOG.md", "docs/getting-started.md"} <= set(PAGES)
