"""Everything that real exports hold is written, read back and found equal, kind by kind."""

from __future__ import annotations

from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from reconciler.kinds.kind import Written
from reconciler.kinds.registry import KINDS
from reconciler.live.recorded.export import read_export
from reconciler.model.estates import Document, DocumentType, Estate
from reconciler.model.nodes import Plain, node_of
from reconciler.model.places import Place
from reconciler.model.snapshots import Server
from reconciler.plan.differences import Differences, find_differences
from reconciler.plan.sides import sides_of
from tests.schemas.files import document_schemas


@pytest.fixture(params=["contoso", "example"])
def server(request: pytest.FixtureRequest, checkout: Path) -> Server:
    if request.param == "contoso":
        folder: Path = request.getfixturevalue("contoso_export")
    else:
        folder = checkout / "desired-state" / "prod" / "export" / "sync01"
    (found,) = read_export(folder).snapshot.servers
    return found


def test_what_is_imported_passes_the_schemas(server: Server) -> None:
    refused = [
        f"{document.file}: {error.json_path} {error.message}"
        for document in imported(server).documents
        for error in Draft202012Validator(document_schemas()[document.type.value]).iter_errors(
            document.root.plain()
        )
    ]

    assert refused == []


def test_what_is_imported_differs_in_nothing(server: Server) -> None:
    found = compared(server)

    assert [(draft.address, draft.fields) for draft in found.drafts] == []
    assert found.unmanaged == []
    assert found.blocked == []
    assert [finding.what for finding in found.findings] == []


def test_every_rule_and_every_flow_is_declared(server: Server) -> None:
    estate = imported(server)
    rules = [*estate.of_type(DocumentType.SYNC_RULE), *estate.of_type(DocumentType.DEFAULT_RULE)]
    flows = [
        target
        for rule in rules
        if (found := rule.root.member("flows")) is not None
        for target, _ in found.members()
    ]

    live = server.tree["rules"]
    assert len(rules) == len(live)
    assert len(flows) == sum(len(rule["flows"]) for rule in live)


def test_a_document_of_a_rule_holds_no_identifier_of_the_server(server: Server) -> None:
    identifiers = {rule["identifier"] for rule in server.tree["rules"]}
    identifiers |= {connector["identifier"] for connector in server.tree["connectors"]}

    for document in imported(server).documents:
        text = str(document.root.plain())
        assert [identifier for identifier in identifiers if identifier in text] == []


def imported(server: Server) -> Estate:
    """Return the estate that an import of everything would write."""
    empty = sides_of(Estate(environment="prod"), server, name=server.name)
    documents: dict[tuple[DocumentType, str], dict[str, Plain]] = {}
    for kind in KINDS.values():
        for resource in empty.live[kind.name].resources:
            paper = kind.written(resource, empty.world)
            if paper is not None:
                place(documents.setdefault((paper.document, paper.owner), {}), paper)
    return Estate(
        environment="prod",
        documents=tuple(
            Document(type=type_, file=owner, root=node_of(value, Place(owner)))
            for (type_, owner), value in sorted(documents.items())
        ),
    )


def place(document: dict[str, Plain], paper: Written) -> None:
    """Put a value at its path; what stands there already is a mapping and is kept."""
    if not paper.path:
        document.update(mapping(paper.value))
        return
    for step in paper.path[:-1]:
        document = mapping(document.setdefault(step, {}))
    document[paper.path[-1]] = paper.value


def compared(server: Server) -> Differences:
    return find_differences(sides_of(imported(server), server, name=server.name))


def mapping(value: Plain) -> dict[str, Plain]:
    assert isinstance(value, dict)
    return value
