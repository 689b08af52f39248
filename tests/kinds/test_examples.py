"""
Each kind has a folder that shows it: a document, what a server holds, and what follows.

`expected.json` is read like code; `pytest --update-golden` writes it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from reconciler.kinds.kind import Draft, Kind, Written
from reconciler.kinds.registry import KINDS
from reconciler.model.changes import FieldChange
from reconciler.model.estates import Document, DocumentType
from reconciler.model.findings import Finding
from reconciler.model.nodes import Plain
from reconciler.model.resources import Resource
from reconciler.model.snapshots import ServerTree
from reconciler.plan.differences import find_differences
from reconciler.plan.sides import Sides
from tests.conftest import Golden
from tests.kinds import worlds
from tests.schemas.files import document_schemas, written

EXAMPLES = Path(__file__).parent / "examples"


def test_every_kind_has_its_folder_and_every_folder_its_kind() -> None:
    assert {path.name for path in EXAMPLES.iterdir()} == set(KINDS)


@pytest.mark.parametrize("name", KINDS)
def test_the_document_of_an_example_passes_its_schema(name: str) -> None:
    kind = KINDS[name]
    root = read_document(kind).root

    errors = Draft202012Validator(document_schemas()[kind.document.value]).iter_errors(root.plain())

    assert [error.message for error in errors] == []


@pytest.mark.parametrize("name", KINDS)
def test_an_example_gives_what_is_expected(name: str, golden: Golden) -> None:
    kind = KINDS[name]
    both = read_sides(kind)

    golden(EXAMPLES / name / "expected.json", written(outcome(kind, both)))


@pytest.mark.parametrize("name", KINDS)
def test_what_an_example_imports_passes_its_schema(name: str) -> None:
    kind = KINDS[name]
    both = read_sides(kind)

    for resource in both.live[name].resources:
        found = kind.written(resource, both.world)
        if found is not None:
            schema = part_at(document_schemas()[found.document.value], found.path)
            assert [*Draft202012Validator(schema).iter_errors(found.value)] == []


def read_document(kind: Kind) -> Document:
    text = (EXAMPLES / kind.name / "document.yaml").read_text(encoding="utf-8")
    return worlds.document(kind.document, text)


def read_sides(kind: Kind) -> Sides:
    tree: ServerTree = json.loads((EXAMPLES / kind.name / "live.json").read_text(encoding="utf-8"))
    server = worlds.server(tree)
    own = read_document(kind)
    known = worlds.connectors(server) if own.type is not DocumentType.CONNECTOR else ()
    return worlds.sides(worlds.estate(own, *known), server)


def outcome(kind: Kind, both: Sides) -> dict[str, Plain]:
    found = find_differences(both)
    drafts = [draft for draft in found.drafts if draft.address.kind == kind.name]
    live = both.live[kind.name]
    return {
        "desired": shown(both.desired[kind.name].values()),
        "live": shown(live.resources),
        "written": [
            on_paper(paper)
            for resource in live.resources
            if (paper := kind.written(resource, both.world)) is not None
        ],
        "changes": [change(kind, draft, both) for draft in drafts],
        "unmanaged": [str(item.address) for item in found.unmanaged],
        "findings": [
            told(finding)
            for finding in found.findings
            if finding.address is not None and finding.address.kind == kind.name
        ],
    }


def shown(resources: Iterable[Resource]) -> list[Plain]:
    return [worlds.shown(item) for item in sorted(resources, key=lambda item: item.address)]


def on_paper(paper: Written) -> Plain:
    return {
        "document": paper.document.value,
        "owner": paper.owner,
        "path": [*paper.path],
        "value": paper.value,
    }


def change(kind: Kind, draft: Draft, both: Sides) -> Plain:
    return {
        "address": str(draft.address),
        "moved_from": str(draft.moved_from) if draft.moved_from else None,
        "action": draft.action.value,
        "fields": [field(item) for item in draft.fields],
        "risk": kind.risk(draft).value,
        "support": kind.support_of(draft).value,
        "operations": [
            {
                "verb": operation.verb,
                "target": operation.target,
                "facet": operation.facet,
                "expect": operation.expect,
                "value": dict(operation.value),
            }
            for operation in kind.operations(draft)
        ],
        "follow_ups": [
            f"{step.step.value} of {step.connector} by {step.by}"
            for step in kind.follow_ups(draft, both.world)
        ],
        "instructions": [*kind.instructions(draft, both.world)],
    }


def field(item: FieldChange) -> Plain:
    return {"path": item.path, "before": item.before, "after": item.after, "form": item.form}


def told(finding: Finding) -> Plain:
    return {
        "code": finding.code,
        "what": finding.what,
        "expected": [*finding.expected],
        "remedy": finding.remedy,
    }


def part_at(schema: Plain, path: tuple[str, ...]) -> dict[str, Plain]:
    part = schema
    for step in path:
        assert isinstance(part, dict)
        members = part.get("properties")
        known = members.get(step) if isinstance(members, dict) else None
        part = known or part["additionalProperties"]
    assert isinstance(part, dict)
    # what is written at the root of a connector's document is only its head
    return {name: value for name, value in part.items() if path or name != "required"}
