"""Small estates and servers for the tests of kinds, built from documents and trees."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from reconciler.desired.yaml_reading import read_yaml
from reconciler.kinds.kind import World
from reconciler.kinds.naming import forest_of, is_entra, name_connectors
from reconciler.model.estates import Document, DocumentType, Estate
from reconciler.model.nodes import Plain
from reconciler.model.resources import Resource
from reconciler.model.snapshots import Coverage, Part, Server, ServerTree, State
from reconciler.plan.sides import Sides, sides_of

BUILD = "2.5.190.0"
NAME = "sync01"


def document(type_: DocumentType, text: str, *, file: str = "document.yaml") -> Document:
    """Return a document from its text."""
    root, findings = read_yaml(text.encode(), file=file)
    assert findings == ()
    assert root is not None
    return Document(type=type_, file=file, root=root)


def estate(*documents: Document) -> Estate:
    """Return an environment with these documents."""
    return Estate(environment="prod", documents=documents)


def server(
    tree: ServerTree, *, states: Mapping[Part, State] | None = None, build: str = BUILD
) -> Server:
    """Return a server of which everything was read, unless `states` says otherwise."""
    coverage = tuple(
        Coverage(part=part, state=(states or {}).get(part, State.READ)) for part in Part
    )
    return Server(
        name=NAME,
        kind_of_source="export",
        read_at=None,
        build=build,
        tree=tree,
        coverage=coverage,
    )


def sides(estate_: Estate, server_: Server) -> Sides:
    """Return both sides, settled, for the server `sync01`."""
    return sides_of(estate_, server_, name=NAME)


def connectors(server_: Server) -> Iterator[Document]:
    """Yield a document for each connector of a server, as an import would name it."""
    for alias, tree in name_connectors(server_, None).connectors.items():
        member = "tenant" if is_entra(tree) else "forest"
        text = f"connector: {alias}\n{member}: {forest_of(tree)}\n"
        yield document(DocumentType.CONNECTOR, text, file=f"connectors/{alias}.yaml")


def shown(resource: Resource) -> dict[str, Plain]:
    """Return what a resource is, as JSON values."""
    return {
        "address": str(resource.address),
        "name": resource.name,
        "fields": dict(resource.fields),
    }


def nowhere() -> World:
    """Return a world without a connector."""
    return sides(estate(), server({})).world
