"""Promises of `desired.loading`: one estate, all findings, no exception."""

import gc
from collections.abc import Mapping
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reconciler.desired.codes import Code
from reconciler.desired.loading import MOST_LISTED, Loaded, UnknownEnvironment, load
from reconciler.desired.trees import UnreadableFile
from reconciler.model.estates import DocumentType
from reconciler.model.places import Place

SCHEMAS: dict[str, dict[str, object]] = {
    type_.value: {"type": "object", "required": ["name"]} for type_ in DocumentType
}
GOOD = b"name: x\n"


@dataclass
class MemoryTree:
    """Files in memory; a missing value is a file that cannot be read."""

    contents: Mapping[str, bytes | None]
    label: str = "desired-state"
    names: tuple[str, ...] = ("prod", "test")
    broken: frozenset[str] = field(default_factory=frozenset)

    def environments(self) -> tuple[str, ...]:
        return self.names

    def files(self, environment: str) -> tuple[str, ...]:
        if environment in self.broken:
            raise UnreadableFile("", what="a link away", remedy="replace it")
        return tuple(sorted(self.contents))

    def read(self, environment: str, path: str) -> bytes:
        data = self.contents[path]
        if data is None:
            raise UnreadableFile(path, what=f"closed in {environment}", remedy="open it")
        return data


def loaded(contents: Mapping[str, bytes | None]) -> Loaded:
    result = load(MemoryTree(contents), "prod", schemas=SCHEMAS)
    assert isinstance(result, Loaded)
    return result


def test_documents_come_by_file_with_their_types_and_clickable_paths() -> None:
    result = loaded(
        {
            "rules/b.yaml": GOOD,
            "rules/default/corp/a.yaml": GOOD,
            "environment.yaml": GOOD,
            "connections.yaml": GOOD,
            "connectors/corp.yaml": GOOD,
            "server.yaml": GOOD,
            "recorded/sync01.json": b"{}",
            "export/x.xml": b"<",
            "README.md": b"#",
        }
    )

    assert result.findings == ()
    assert [(each.type.value, each.file) for each in result.estate.documents] == [
        ("connections", "desired-state/prod/connections.yaml"),
        ("connector", "desired-state/prod/connectors/corp.yaml"),
        ("environment", "desired-state/prod/environment.yaml"),
        ("sync-rule", "desired-state/prod/rules/b.yaml"),
        ("default-rule", "desired-state/prod/rules/default/corp/a.yaml"),
        ("server", "desired-state/prod/server.yaml"),
    ]


def test_the_findings_of_all_files_are_collected() -> None:
    result = loaded(
        {
            "environment.yaml": b"nam: x\n",
            "rules/a.yaml": b"name: [\n",
            "rules/b.yaml": None,
            "rules/c.yaml": b"name: 1\nname: 2\n",
            "rules/d.txt": b"",
            "server.yaml": b"name: AKIA" + b"ABCDEFGHIJKLMNOP\n",
        }
    )

    assert [
        (each.code, each.place.file.split("/")[-1]) for each in result.findings if each.place
    ] == [
        (Code.MISSING_KEY, "environment.yaml"),
        (Code.SYNTAX, "a.yaml"),
        (Code.UNREADABLE_FILE, "b.yaml"),
        (Code.DUPLICATE_KEY, "c.yaml"),
        (Code.UNKNOWN_FILE, "d.txt"),
        (Code.SECRET_SHAPE, "server.yaml"),
    ]
    assert [each.file.split("/")[-1] for each in result.estate.documents] == [
        "environment.yaml",
        "c.yaml",
        "server.yaml",
    ]


def test_an_unknown_environment_is_answered_with_the_known_ones() -> None:
    assert load(MemoryTree({}), "prdo", schemas=SCHEMAS) == UnknownEnvironment(
        name="prdo", known=("prod", "test"), suggestion="prod"
    )
    assert load(MemoryTree({}, names=()), "../x", schemas=SCHEMAS) == UnknownEnvironment(
        name="../x", known=()
    )


def test_an_environment_without_its_document_is_a_finding() -> None:
    (found,) = loaded({"server.yaml": GOOD}).findings

    assert found.code == Code.MISSING_ENVIRONMENT
    assert found.place == Place("desired-state/prod/environment.yaml")
    assert found.remedy == "run: reconciler init prod"


def test_an_environment_that_cannot_be_listed_is_a_finding() -> None:
    result = load(MemoryTree({}, broken=frozenset({"prod"})), "prod", schemas=SCHEMAS)

    assert isinstance(result, Loaded)
    assert [(each.code, each.place) for each in result.findings] == [
        (Code.UNREADABLE_FILE, Place("desired-state/prod"))
    ]


def test_a_file_with_endless_problems_is_cut_and_counted() -> None:
    result = loaded({"environment.yaml": b"name: x\n" + b"name: y\n" * 1000})

    assert len(result.findings) == MOST_LISTED + 1
    last = next(each for each in result.findings if each.code == Code.MORE_PROBLEMS)
    assert last.what == f"{1000 - MOST_LISTED} more problems in this file are not listed"


def test_control_characters_in_file_names_are_shown_escaped() -> None:
    found = loaded({"environment.yaml": GOOD, "rules/\x1b[31m\n.txt": b""}).findings

    assert [each.place for each in found] == [
        Place("desired-state/prod/rules/\\u001b[31m\\u000a.txt")
    ]


def test_what_was_refused_while_reading_is_not_judged_by_the_schema_as_well() -> None:
    schemas = {name: {"properties": {"name": {"type": "string"}}} for name in SCHEMAS}
    tree = MemoryTree({"environment.yaml": b"name:\nother: 1\n"})

    result = load(tree, "prod", schemas=schemas)

    assert isinstance(result, Loaded)
    assert [each.code for each in result.findings] == [Code.NO_VALUE]


@pytest.mark.parametrize("is_on", [True, False])
def test_the_collector_of_cycles_is_left_as_it_was(is_on: bool) -> None:
    was_on = gc.isenabled()
    try:
        (gc.enable if is_on else gc.disable)()
        loaded({"environment.yaml": GOOD})
        assert gc.isenabled() is is_on
    finally:
        (gc.enable if was_on else gc.disable)()


@given(
    st.dictionaries(
        st.sampled_from(["environment.yaml", "rules/a.yaml", "connectors/b.yaml", "x", "export/y"]),
        st.none() | st.binary(max_size=60) | st.text(max_size=60).map(str.encode),
    )
)
def test_no_tree_ever_raises_and_order_does_not_matter(contents: dict[str, bytes | None]) -> None:
    reverse = dict(reversed(contents.items()))

    assert loaded(contents) == loaded(reverse)


@pytest.mark.parametrize("missing", [type_.value for type_ in DocumentType])
def test_a_schema_that_was_not_given_is_noticed_at_once(missing: str) -> None:
    schemas = {name: schema for name, schema in SCHEMAS.items() if name != missing}

    with pytest.raises(KeyError):
        load(MemoryTree({}), "prod", schemas=schemas)


def test_a_secret_in_a_recording_makes_the_environment_invalid() -> None:
    recording = b'{\n  "Contoso.ApiKey": "Planted-1"\n}\n'

    findings = loaded({"environment.yaml": GOOD, "recorded/sync01.json": recording}).findings

    assert [(each.code, each.place) for each in findings] == [
        (Code.SECRET_RECORDED, Place("desired-state/prod/recorded/sync01.json", 2, 3))
    ]
    assert "Planted-1" not in repr(findings)


def test_a_closed_recording_is_reported_like_a_closed_document() -> None:
    findings = loaded({"environment.yaml": GOOD, "recorded/sync01.json": None}).findings

    assert [each.code for each in findings] == [Code.UNREADABLE_FILE]
