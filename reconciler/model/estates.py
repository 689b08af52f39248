"""
An estate: the documents of one environment as they were read, before any meaning.

`desired` fills it; kinds find themselves in it. Which file holds which document is `desired`'s.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from reconciler.model.nodes import Node


class DocumentType(StrEnum):
    """The kinds of documents; the value is the name of the document's schema."""

    ENVIRONMENT = "environment"
    CONNECTIONS = "connections"
    SERVER = "server"
    CONNECTOR = "connector"
    SYNC_RULE = "sync-rule"
    DEFAULT_RULE = "default-rule"


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One file that holds a mapping; `file` as findings print it."""

    type: DocumentType
    file: str
    root: Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Estate:
    """The documents of one environment, sorted by file."""

    environment: str
    documents: tuple[Document, ...] = ()

    def of_type(self, type_: DocumentType) -> Iterator[Document]:
        """Yield the documents of one type, by file."""
        return (document for document in self.documents if document.type is type_)

    def only(self, type_: DocumentType) -> Document | None:
        """Return the one document of a type that occurs once, or None."""
        return next(self.of_type(type_), None)
