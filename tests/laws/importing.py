"""An import in memory: a server to files, and files to an estate, through the real text."""

from __future__ import annotations

from collections.abc import Mapping

from reconciler.application.adopting import Terms, adopt
from reconciler.application.assembly.shipped import schema
from reconciler.desired.loading import Loaded, load
from reconciler.desired.writing import new_text
from reconciler.model.changes import Risk
from reconciler.model.estates import Document, DocumentType, Estate
from reconciler.model.nodes import Plain, node_of
from reconciler.model.places import Place
from reconciler.model.plans import Plan
from reconciler.model.snapshots import Server
from reconciler.plan.building import Request, build_plan
from tests.kinds.worlds import NAME

LABEL = "desired-state"
ENVIRONMENT: dict[str, Plain] = {
    "environment": "prod",
    "servers": {NAME: {"role": "active"}},
    "policy": {
        "prune": "delete",
        "allow_unsupported": [
            "attribute-selection",
            "domain",
            "object-types",
            "organizational-units",
        ],
        "hold_after": [str(Risk.DESTRUCTIVE)],
    },
}


class FilesInMemory:
    """A file tree (see `desired.trees`) of one environment."""

    label = LABEL

    def __init__(self, files: Mapping[str, str]) -> None:
        self._files = files

    def environments(self) -> tuple[str, ...]:
        return ("prod",)

    def files(self, environment: str) -> tuple[str, ...]:
        assert environment == "prod"
        return tuple(sorted(self._files))

    def read(self, environment: str, path: str) -> bytes:
        assert environment == "prod"
        return self._files[path].encode("utf-8")


def documents_of(server: Server) -> dict[str, tuple[DocumentType, dict[str, Plain]]]:
    """Return what an import into a new environment writes, by path."""
    place = Place(f"{LABEL}/prod/environment.yaml")
    environment = Document(
        type=DocumentType.ENVIRONMENT, file=place.file, root=node_of(ENVIRONMENT, place)
    )
    estate = Estate(environment="prod", documents=(environment,))
    adoption = adopt(estate, server, NAME, Terms(folder=f"{LABEL}/prod"))
    assert (adoption.edits, adoption.surplus) == ({}, ())
    return {"environment.yaml": (DocumentType.ENVIRONMENT, ENVIRONMENT), **adoption.created}


def files_of(server: Server) -> dict[str, str]:
    """Return the texts of an import into a new environment, by path."""
    return {
        path: new_text(document, schema=f"{type_.value}.schema.json")
        for path, (type_, document) in documents_of(server).items()
    }


def loaded(files: Mapping[str, str]) -> Estate:
    """Return the estate of the files, in which nothing may be wrong."""
    schemas = {type_.value: schema(type_.value) for type_ in DocumentType}
    found = load(FilesInMemory(files), "prod", schemas=schemas)
    assert isinstance(found, Loaded)
    assert [(str(item.place), item.what) for item in found.findings] == []
    return found.estate


def imported(server: Server) -> Estate:
    """Return the estate that an import of the server gives."""
    return loaded(files_of(server))


def plan(estate: Estate, server: Server) -> Plan:
    """Return the plan for the server."""
    return build_plan(Request(estate=estate, server=NAME, live=server))
