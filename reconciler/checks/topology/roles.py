"""The servers that an environment declares, with their roles and places."""

from __future__ import annotations

from collections.abc import Iterator

from reconciler.checks.subject import Subject
from reconciler.model.estates import DocumentType
from reconciler.model.places import Place

Declared = tuple[str, str, Place | None]
"""A server's name, its role, and where the role (or the server) stands."""


def declared_servers(subject: Subject) -> Iterator[Declared]:
    """Yield the servers of the environment document in its order; nothing for a recorded side."""
    environment = subject.environment
    servers = environment.get("servers") if isinstance(environment, dict) else None
    for name, value in servers.items() if isinstance(servers, dict) else ():
        role = value.get("role") if isinstance(value, dict) else None
        yield name, str(role or ""), _place(subject, "servers", name, "role")


def servers_place(subject: Subject) -> Place | None:
    """Return where the servers of the environment are listed."""
    return _place(subject, "servers")


def _place(subject: Subject, *path: str) -> Place | None:
    document = subject.estate.only(DocumentType.ENVIRONMENT) if subject.estate else None
    return document.root.nearest(*path).place if document else None
