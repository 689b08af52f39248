"""
Loading: a tree of files to the estate of one environment, with everything that is wrong in it.

Files, YAML, schemas and secrets are judged here, recordings only for secrets; what the documents
mean is left to the kinds.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from reconciler.desired.codes import Code
from reconciler.desired.layout import document_type, is_known, is_recording, unknown_file
from reconciler.desired.recording_scan import find_recorded_secrets
from reconciler.desired.schema_checking import DocumentSchema
from reconciler.desired.secrets_scan import find_secrets
from reconciler.desired.suggestions import closest
from reconciler.desired.trees import FileTree, UnreadableFile
from reconciler.desired.yaml_reading import read_yaml
from reconciler.model.estates import Document, DocumentType, Estate
from reconciler.model.findings import Finding, in_order
from reconciler.model.nodes import Node
from reconciler.model.places import Place

MOST_LISTED = 200
"""Findings of one file that are listed; what lies beyond is counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """An environment as far as it could be read; an error among the findings makes it invalid."""

    estate: Estate
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class UnknownEnvironment:
    """The answer to a name that no environment has; whoever asked decides what follows."""

    name: str
    known: tuple[str, ...]
    suggestion: str | None = None


def load(
    tree: FileTree, environment: str, *, schemas: Mapping[str, Mapping[str, Any]]
) -> Loaded | UnknownEnvironment:
    """
    Return the estate of an environment and all findings over all files, by file.

    `schemas` holds a JSON Schema for each DocumentType by its value. A document with findings is in
    the estate wherever it could be read as a mapping.
    """
    known = tree.environments()
    if environment not in known:
        return UnknownEnvironment(
            name=environment, known=known, suggestion=closest(environment, known)
        )
    loading = _Loading(tree, environment, schemas)
    with _collector_paused():
        loading.run()
    documents = tuple(sorted(loading.documents, key=lambda document: document.file))
    estate = Estate(environment=environment, documents=documents)
    return Loaded(estate=estate, findings=in_order(loading.findings))


@contextmanager
def _collector_paused() -> Iterator[None]:
    """
    Pause the collector of reference cycles: documents have none.

    Searching an estate that grows for some doubled the time per rule at 6,600 rules.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def read_document(
    data: bytes, *, file: str, schema: DocumentSchema
) -> tuple[Node | None, tuple[Finding, ...]]:
    """
    Return one document and everything that is wrong with its text, its secrets and its schema.

    What was refused while reading is not judged by the schema as well.
    """
    root, refused = read_yaml(data, file=file)
    refused = (*refused, *find_secrets(_text(data), root, file=file))
    if root is None:
        return None, in_order(refused)
    reported = {finding.place for finding in refused}
    judged = (finding for finding in schema.findings(root) if finding.place not in reported)
    return root, in_order((*refused, *judged))


def secrets_in_text(text: str, file: str) -> tuple[Finding, ...]:
    """
    Return a finding for each secret in a text that is to be written; never its text.

    A file ending in `.json` is taken for a recorded snapshot, any other for a document.
    """
    data = text.encode("utf-8", "replace")
    if file.endswith(".json"):
        return find_recorded_secrets(data, file=file)
    root, _ = read_yaml(data, file=file)
    return find_secrets(_text(data), root, file=file)


class _Loading:
    def __init__(
        self, tree: FileTree, environment: str, schemas: Mapping[str, Mapping[str, Any]]
    ) -> None:
        self.documents: list[Document] = []
        self.findings: list[Finding] = []
        self._tree = tree
        self._environment = environment
        self._schemas = {
            type_: DocumentSchema(schemas[type_.value], name=type_.value) for type_ in DocumentType
        }

    def run(self) -> None:
        try:
            paths = self._tree.files(self._environment)
        except UnreadableFile as error:
            self.findings.append(_unreadable(error, file=self._shown("")))
            return
        for path in paths:
            self.findings += _bounded(list(self._file(path)), file=self._shown(path))
        if "environment.yaml" not in paths:
            self.findings.append(
                _no_environment(self._environment, self._shown("environment.yaml"))
            )

    def _file(self, path: str) -> Iterator[Finding]:
        file = self._shown(path)
        type_ = document_type(path)
        if type_ is None and is_known(path) and not is_recording(path):
            return
        try:
            data = self._tree.read(self._environment, path)
        except UnreadableFile as error:
            yield _unreadable(error, file=file)
            return
        if type_ is None:
            yield from _without_type(data, path, file=file)
            return
        root, findings = read_document(data, file=file, schema=self._schemas[type_])
        if root is not None:
            self.documents.append(Document(type=type_, file=file, root=root))
        yield from findings

    def _shown(self, path: str) -> str:
        parts = (self._tree.label, self._environment, path)
        return "".join(map(_visible, "/".join(part for part in parts if part)))


def _without_type(data: bytes, path: str, *, file: str) -> tuple[Finding, ...]:
    if is_recording(path):
        return find_recorded_secrets(data, file=file)
    return (unknown_file(path, file=file),)


def _bounded(findings: list[Finding], *, file: str) -> tuple[Finding, ...]:
    ordered = in_order(findings)
    if len(ordered) <= MOST_LISTED:
        return ordered
    more = len(ordered) - MOST_LISTED
    last = ordered[MOST_LISTED - 1].place or Place(file)
    rest = Code.MORE_PROBLEMS.at(
        Place(file, last.line),
        f"{more:,} more problems in this file are not listed",
        remedy="repair the ones above first",
    )
    return (*ordered[:MOST_LISTED], rest)


def _unreadable(error: UnreadableFile, *, file: str) -> Finding:
    return Code.UNREADABLE_FILE.at(
        Place(file),
        error.what,
        expected=("a regular file inside the folder of the desired state",),
        remedy=error.remedy,
    )


def _no_environment(environment: str, file: str) -> Finding:
    return Code.MISSING_ENVIRONMENT.at(
        Place(file),
        "there is no environment.yaml",
        expected=("a document that names the environment, its servers and its policy",),
        remedy=f"run: reconciler init {environment}",
    )


def _text(data: bytes) -> str:
    return data.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")


def _visible(character: str) -> str:
    return character if character.isprintable() else f"\\u{ord(character):04x}"
