"""What schemas tell people: titles, descriptions, examples, messages, described values."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from reconciler.kinds.document_schemas import Schema
from reconciler.model.nodes import Plain
from tests.schemas.files import SCHEMAS, document_schemas, frames, kind_schemas, read, written

DOCUMENTS = sorted(frames())


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_schema_is_a_valid_schema(name: str) -> None:
    Draft202012Validator.check_schema(document_schemas()[name])


@pytest.mark.parametrize("path", sorted(SCHEMAS.rglob("*.json")), ids=lambda path: path.stem)
def test_a_schema_file_has_one_spelling(path: Path) -> None:
    assert path.read_text(encoding="utf-8") == written(read(path))


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_member_and_item_has_title_description_and_examples(name: str) -> None:
    missing = [
        f"{path}: {keyword}"
        for path, part in places(document_schemas()[name])
        for keyword in ("title", "description", "examples")
        if not part.get(keyword)
    ]

    assert missing == []


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_example_is_accepted_where_it_stands(name: str) -> None:
    schema = document_schemas()[name]
    refused = [
        f"{path}: {example} {error.message}"
        for path, part in places(schema)
        for example in listed(part["examples"])
        for error in Draft202012Validator({**part, "$defs": schema.get("$defs", {})}).iter_errors(
            example
        )
    ]

    assert refused == []


@pytest.mark.parametrize("name", sorted(kind_schemas()))
def test_the_schema_of_a_kind_says_what_it_is_and_shows_it(name: str) -> None:
    schema = kind_schemas()[name]

    assert schema["title"]
    assert str(schema["description"]).endswith(".")
    assert listed(schema["examples"])


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_value_of_a_vocabulary_is_described(name: str) -> None:
    for path, part in places(document_schemas()[name]):
        if "enum" in part:
            descriptions = listed(part.get("enumDescriptions"))
            assert len(descriptions) == len(listed(part["enum"])), path
            assert all(descriptions), path


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_pattern_says_in_words_what_it_wants(name: str) -> None:
    silent = [
        path
        for path, part in everything(document_schemas()[name])
        if "pattern" in part and "x-message" not in part
    ]

    assert silent == []


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_message_is_what_is_expected_and_what_to_do(name: str) -> None:
    for path, part in everything(document_schemas()[name]):
        if "x-message" in part:
            message = listed(part["x-message"])
            assert len(message) == 2, path
            assert not any(str(line).endswith(".") for line in message), path


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_mapping_is_closed(name: str) -> None:
    # a mapping with names of one's own gives one schema for all members
    open_ = [
        path
        for path, part in places(document_schemas()[name])
        if "object" in listed(part.get("type")) and not is_closed(part)
    ]

    assert open_ == []


def is_closed(part: Schema) -> bool:
    other = part.get("additionalProperties")
    return other is False or isinstance(other, dict) or part.get("maxProperties") == 0


def places(schema: Plain, path: str = "") -> Iterator[tuple[str, Schema]]:
    """Yield the schemas of the document, its members and items; references are followed once."""
    yield from _places(schema, path, schema)


def _places(part: Plain, path: str, root: Plain) -> Iterator[tuple[str, Schema]]:
    if not isinstance(part, dict) or not isinstance(root, dict):
        return
    if "$ref" in part:
        definitions = root["$defs"]
        assert isinstance(definitions, dict)
        yield from _places(definitions[str(part["$ref"]).removeprefix("#/$defs/")], path, root)
        return
    yield path, part
    members = part.get("properties")
    for name, member in members.items() if isinstance(members, dict) else ():
        yield from _places(member, f"{path}.{name}", root)
    for keyword in ("items", "additionalProperties"):
        yield from _places(part.get(keyword), f"{path}[{keyword}]", root)


def everything(value: Plain, path: str = "") -> Iterator[tuple[str, Schema]]:
    """Yield every mapping inside a schema that is not an example."""
    if isinstance(value, list):
        for number, item in enumerate(value):
            yield from everything(item, f"{path}[{number}]")
    elif isinstance(value, dict):
        yield path, value
        for name, member in value.items():
            if name not in ("examples", "default"):
                yield from everything(member, f"{path}.{name}")


def listed(value: Plain) -> list[Plain]:
    return value if isinstance(value, list) else [] if value is None else [value]
