"""Names that somebody chose to do harm: they are shown as they are, and nothing else happens."""

from __future__ import annotations

import json
import re
import shutil
from html import escape
from html.parser import HTMLParser
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from tests.scenarios.exports import rule_xml
from tests.scenarios.outcomes import run
from tests.scenarios.world import World

IN_XML = {
    "markdown": (
        "[click](https://evil.fabrikam.com)",
        "![x](https://evil.fabrikam.com/pixel.png)",
        "# Approved by security",
        "a | b | c",
        "**bold** _and_ ~~gone~~",
        "@contoso/admins fixes #1 closes GH-2",
        "https://evil.fabrikam.com/?x=1",
    ),
    "backticks": ("a `b` ``c`` ```d````", "```"),
    "HTML": (
        "<script>alert(1)</script>",
        "</code></summary></details><h1>Approved</h1>",
        "<!-- everything after this is hidden",
        "&lt;b&gt; &#x202e; &amp;",
    ),
    "what cannot be seen": (
        "In from AD \u202egnp.exe\u202c",
        "\u2066a\u2069 \u2067b\u2069",
        "In\u200bvisible\u200d\ufeff",
        "a\u2028b\u2029c\u0085d",
        "a\u00a0b\u3000c",
    ),
    "lines": ("first\nsecond\n::error file=x::pwned", "a\tb", "::set-output name=x::y"),
    "YAML": (
        "a: {b: [c]} # d\n- e",
        "--- \n... \n!!python/object:os.system",
        "\"'\\\"''",
        "100%25 %2F..%2F",
        "null",
        "0x10",
    ),
    "paths": (
        "../../../../etc/cron.d/evil",
        "..\\..\\windows\\system32\\evil",
        "/etc/passwd",
        "CON",
        "nul.yaml",
        ".git/hooks/pre-commit",
        "* ? [a-z] ~",
        "///",
    ),
    "commands": ("--detailed-exitcode", "${{ secrets.GITHUB_TOKEN }} {{ 7*7 }} $(id) `id`"),
    "sizes": ("In from AD - " + "x" * 5_000, "規則「ユーザー」", "Z" + "\u0335\u0316\u0304" * 50),
    "pictures": ("👩‍💻 rule 🚀",),
}
"""What an export can hold, for XML forbids other control characters."""

IN_JSON = {
    "terminals": (
        "\x1b[31mred\x1b[0m",
        "\x1b]0;owned\x07",
        "\x1b]8;;https://evil.fabrikam.com\x1b\\x\x1b]8;;\x1b\\",
        "a\x1b[2K\x1b[1Gb",
        "\x9b31m",
    ),
    "other controls": ("all is well\rnot", "abc\b\b\bxyz", "a\0b"),
}
"""What only a recording can hold."""

ALLOWED_TAGS = {
    *"h1 h2 h3 h4 p ul ol li strong em code pre table thead tbody tr th td hr br".split(),
    *"details summary blockquote sub".split(),
}


class Page(HTMLParser):
    """The tags of rendered Markdown, their attributes, and the text that is not in code."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.prose = ""
        self.code = ""
        self.comments = 0
        self._depth = 0
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {
            name for name, value in attrs if not (value or "").startswith("text-align:")
        }
        self._depth += tag == "code"

    def handle_endtag(self, tag: str) -> None:
        self._depth -= tag == "code"

    def handle_comment(self, data: str) -> None:
        self.comments += bool(data)

    def handle_data(self, data: str) -> None:
        if self._depth:
            self.code += data
        else:
            self.prose += data


@pytest.mark.parametrize("names", IN_XML.values(), ids=IN_XML.keys())
def test_a_hostile_export_is_imported_planned_and_shown_without_harm(
    bare: World, names: tuple[str, ...]
) -> None:
    _keep_few_rules(bare)
    _add_rules(bare, [escape(name) for name in names])
    _walk(bare, bare.live.source, len(names))


@pytest.mark.parametrize("names", IN_JSON.values(), ids=IN_JSON.keys())
def test_a_hostile_recording_is_imported_planned_and_shown_without_harm(
    bare: World, names: tuple[str, ...]
) -> None:
    _keep_few_rules(bare)
    _add_rules(bare, [f"PLACEHOLDER{number}." for number in range(len(names))])
    run("import", "prod", "--from", bare.live.source, "--desired-state", "other")
    text = Path("other/prod/recorded/sync01.json").read_text(encoding="utf-8")
    for number, name in enumerate(names):
        text = text.replace(f"PLACEHOLDER{number}.", json.dumps(name)[1:-1])
    Path("hostile.json").write_text(text, encoding="utf-8")
    shutil.rmtree("other")
    _walk(bare, "snapshot:hostile.json", len(names))


def _add_rules(world: World, names: list[str]) -> None:
    for number, name in enumerate(names):
        text = rule_xml(name, description=name, precedence=10 + number)
        world.live.add_rule(text, identifier=f"0a1b2c3d-0000-4000-8000-{number:012}")


def _keep_few_rules(world: World) -> None:
    """Leave one custom and some default rules: names are what is looked at here."""
    for path in world.live.rules:
        text = path.read_text(encoding="utf-8")
        if "Microsoft.InfromADUser" not in text and "Kostenträger" not in text:
            path.unlink()


def _walk(world: World, source: str, count: int) -> None:
    before = {path for path in world.folder.parent.rglob("*") if path.is_file()}
    imported = run("import", "prod", "--from", source)
    assert imported.code == 0, imported.text
    _assert_files_are_inside(world, before)
    assert world.tree.exists()
    validated = run("validate", "--json")
    assert validated.code == 0, validated.text
    assert run("plan", "prod", "--live", source, "--detailed-exitcode").code == 0
    assert "nothing changed" in run("import", "prod", "--from", source).out
    _edit(world, count)
    planned = run("plan", "prod", "--live", source, "--out", "plan.json", "--detailed-exitcode")
    assert planned.code == 2, planned.text
    texts = [
        imported.text,
        planned.text,
        run("show", "plan.json", "--steps").text,
        run("drift", "prod", "--live", source).text,
        run("lineage", "prod", "--attribute", "department").text,
        run("validate").text,
        run("validate", "--format", "github").text,
    ]
    for text in texts:
        _assert_harmless(text)
    documents = [run("show", "plan.json", "--json").out, run("validate", "--format", "sarif").out]
    for document in documents:
        json.loads(document)
        _assert_harmless(document)
    _assert_annotations(texts[-1])
    for command in (
        ["show", "plan.json"],
        ["drift", "prod", "--live", source],
        ["lineage", "prod"],
    ):
        _assert_safe_markdown(run(*command, "--format", "markdown").out)


def _edit(world: World, count: int) -> None:
    """Edit each hostile rule in git, so that all of them stand in the plan."""
    hostile = [
        path
        for path in (world.tree / "rules").glob("*.yaml")
        if "Trim([department])" in path.read_text(encoding="utf-8")
    ]
    assert len(hostile) == count
    for path in hostile:
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("Trim([department])", "UCase([department])"), "utf-8")


def _assert_files_are_inside(world: World, before: set[Path]) -> None:
    after = {path for path in world.folder.parent.rglob("*") if path.is_file()}
    for path in after - before:
        inside = path.relative_to(world.folder / "desired-state").as_posix()
        assert re.fullmatch(
            r"\.schemas/[a-z-]+\.schema\.json|prod/(?:[a-z0-9-]+/){0,3}[a-z0-9-]+\.(?:yaml|json)",
            inside,
        ), inside
        assert len(path.name) < 120
        assert path.stem not in ("con", "nul", "aux", "prn")


def _assert_harmless(text: str) -> None:
    """Assert that a terminal, a log and a reader's eyes get no character that does something."""
    bad = {
        character
        for character in text
        if (not character.isprintable() and character != "\n") or "\ufe00" <= character <= "\ufe0f"
    }
    assert not bad


def _assert_annotations(text: str) -> None:
    for line in text.splitlines():
        assert re.match(r"::(?:error|warning|notice) ", line), line
        assert "::pwned" not in line.split("::")[1]


def _assert_safe_markdown(text: str) -> None:
    _assert_harmless(text)
    page = Page(MarkdownIt("gfm-like", {"html": True, "linkify": False}).render(text))
    assert page.tags <= ALLOWED_TAGS, page.tags - ALLOWED_TAGS
    assert page.attributes <= {"class", "open"}
    assert page.comments == 0
    for harm in ("evil", "@contoso", "Approved", "alert(1)", "pwned", "GITHUB_TOKEN", "passwd"):
        assert harm not in page.prose
    assert not re.search(r"https?://|#\d|GH-\d", page.prose)


def test_the_parser_of_these_tests_sees_harm_where_there_is_some() -> None:
    page = Page(
        MarkdownIt("gfm-like", {"html": True, "linkify": False}).render(
            "[a](https://evil.fabrikam.com) <script>x</script> <!-- y --> ![i](z)"
        )
    )
    assert page.tags - ALLOWED_TAGS == {"a", "script", "img"}
    assert page.comments == 1
    with pytest.raises(AssertionError):
        _assert_harmless("\x1b[31m")
