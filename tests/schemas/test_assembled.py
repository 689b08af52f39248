"""The committed schemas of documents are what frames and kinds give."""

from __future__ import annotations

import pytest

from reconciler.kinds.document_schemas import Schema, assemble
from reconciler.kinds.registry import KINDS
from reconciler.model.changes import Risk, Support
from reconciler.model.estates import DocumentType
from reconciler.model.nodes import Plain
from reconciler.model.rules import OPERATORS, Direction, LinkType, MergeType
from tests.conftest import Golden
from tests.schemas.files import SCHEMAS, document_schemas, frames, kind_schemas, written


@pytest.mark.parametrize("name", [document.value for document in DocumentType])
def test_assembled_are_current(name: str, golden: Golden) -> None:
    golden(SCHEMAS / f"{name}.schema.json", written(document_schemas()[name]))


def test_every_kind_has_one_schema_and_every_document_one_frame() -> None:
    assert kind_schemas().keys() == KINDS.keys()
    assert frames().keys() == {document.value for document in DocumentType}


def test_assembling_leaves_what_it_was_given_alone() -> None:
    before = written([frames(), kind_schemas()])

    assemble(frames(), kind_schemas())

    assert written([frames(), kind_schemas()]) == before


def test_a_schema_that_is_no_mapping_where_a_kind_belongs_is_refused() -> None:
    broken: dict[str, Schema] = {**frames(), "server": {"properties": []}}

    with pytest.raises(TypeError, match="mapping"):
        assemble(broken, kind_schemas())


def test_every_kind_is_found_at_its_slot() -> None:
    for kind in KINDS.values():
        assert isinstance(at_slot(kind.document, kind.slot), dict), kind.name


def test_no_place_that_a_frame_keeps_for_a_kind_is_left_empty() -> None:
    assert [
        name for name, schema in document_schemas().items() for part in parts(schema) if part == {}
    ] == []


def test_no_assembled_schema_refers_to_another_file() -> None:
    references = [
        str(part["$ref"])
        for schema in document_schemas().values()
        for part in parts(schema)
        if "$ref" in part
    ]

    assert [reference for reference in references if not reference.startswith("#/$defs/")] == []


def test_vocabularies_are_those_of_the_program() -> None:
    rule = document_schemas()["sync-rule"]
    flow = at(rule, "properties", "flows", "additionalProperties", "properties")
    condition = at(rule, "properties", "scope", "items", "items", "properties")
    policy = at(document_schemas()["environment"], "properties", "policy", "properties")

    assert at(condition, "operator")["enum"] == [*OPERATORS]
    assert at(rule, "properties", "link")["enum"] == [*LinkType]
    assert at(rule, "properties", "direction")["enum"] == [*Direction]
    assert at(flow, "merge")["enum"] == [*MergeType]
    assert at(policy, "hold_after", "items")["enum"] == [*Risk]
    assert [*at(policy, "budgets", "properties")] == [*Risk]
    assert at(policy, "allow_unsupported", "items")["enum"] == [
        name for name, kind in KINDS.items() if kind.support is Support.UNSUPPORTED
    ]


def test_the_members_of_a_rule_stand_in_the_order_in_which_documents_have_them() -> None:
    members = [*at(document_schemas()["sync-rule"], "properties")]

    assert members[:5] == ["rule", "connector", "moved_from", "description", "direction"]
    assert members[-3:] == ["scope", "join", "flows"]


def at(part: Plain, *path: str) -> dict[str, Plain]:
    for step in path:
        assert isinstance(part, dict)
        part = part[step]
    assert isinstance(part, dict)
    return part


def at_slot(document: DocumentType, slot: tuple[str, ...]) -> Plain:
    part: Plain = document_schemas()[document.value]
    for step in slot:
        keyword = ("additionalProperties",) if step == "*" else ("properties", step)
        part = at(part, *keyword)
    return part


def parts(schema: Plain) -> list[dict[str, Plain]]:
    """Return every schema inside a schema, those of members and items included."""
    if not isinstance(schema, dict):
        return []
    found = [schema]
    for keyword in ("properties", "$defs"):
        members = schema.get(keyword)
        for member in members.values() if isinstance(members, dict) else ():
            found += parts(member)
    for keyword in ("items", "additionalProperties", "propertyNames"):
        found += parts(schema.get(keyword))
    return found
