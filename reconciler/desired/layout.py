"""
Layout: which path of an environment holds which document, and the paths of new ones.

The tree of files is walked by `trees`; what the documents say is left to everybody else.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from reconciler.desired.codes import Code
from reconciler.desired.slugs import slug
from reconciler.desired.suggestions import closest
from reconciler.model.estates import DocumentType
from reconciler.model.findings import Finding
from reconciler.model.places import Place

_SINGLE = {
    "environment.yaml": DocumentType.ENVIRONMENT,
    "connections.yaml": DocumentType.CONNECTIONS,
    "server.yaml": DocumentType.SERVER,
}
_IN_FOLDERS = (
    (re.compile(r"connectors/[^/]+\.yaml"), DocumentType.CONNECTOR),
    (re.compile(r"rules/[^/]+\.yaml"), DocumentType.SYNC_RULE),
    (re.compile(r"rules/default/[^/]+/[^/]+\.yaml"), DocumentType.DEFAULT_RULE),
)
_RECORDING = re.compile(r"recorded/[^/]+\.json")
_NOT_DOCUMENTS = re.compile(r"(?:export|tests)/.+|(?:.+/)?README\.md")
_FOLDERS = ("connectors", "rules", "recorded", "tests", "export")
_ENDINGS = {".yml": ".yaml", ".json": ".yaml"}
_EXPECTED = (
    "environment.yaml, connections.yaml, server.yaml, connectors/<alias>.yaml, rules/<name>.yaml,",
    "rules/default/<alias>/<name>.yaml, recorded/<server>.json, tests/, export/, README.md",
)


def document_type(path: str) -> DocumentType | None:
    """
    Return the type of the document at a path inside an environment, or None for another file.

    >>> document_type("rules/default/corp/in-from-ad-user-join.yaml")
    <DocumentType.DEFAULT_RULE: 'default-rule'>
    """
    if _is_hidden(path):
        return None
    found = (type_ for form, type_ in _IN_FOLDERS if form.fullmatch(path))
    return _SINGLE.get(path) or next(found, None)


def is_known(path: str) -> bool:
    """Tell whether a file has its place here; hidden files are none of our business."""
    if document_type(path) is not None or is_recording(path) or _NOT_DOCUMENTS.fullmatch(path):
        return True
    return _is_hidden(path) and not path.endswith((".yaml", ".yml"))


def is_recording(path: str) -> bool:
    """Tell whether a file is the recorded snapshot of a server."""
    return bool(_RECORDING.fullmatch(path))


def unknown_file(path: str, *, file: str) -> Finding:
    """Return the finding for a file that has no place in an environment."""
    likely = _likely(path)
    remedy = f'did you mean "{likely}"?' if likely else "move it, or keep it outside"
    return Code.UNKNOWN_FILE.at(
        Place(file),
        "this version knows no such file in an environment",
        expected=_EXPECTED,
        remedy=remedy,
    )


def path_for(type_: DocumentType, *, alias: str = "", name: str = "") -> str:
    """
    Return the path of a document; names become slugs, and a slug stays as it is.

    >>> path_for(DocumentType.SYNC_RULE, name="In from AD - User - HR cost centre")
    'rules/in-from-ad-user-hr-cost-centre.yaml'
    """
    match type_:
        case DocumentType.CONNECTOR:
            return f"connectors/{slug(alias)}.yaml"
        case DocumentType.SYNC_RULE:
            return f"rules/{slug(name)}.yaml"
        case DocumentType.DEFAULT_RULE:
            return f"rules/default/{slug(alias)}/{slug(name)}.yaml"
        case DocumentType.ENVIRONMENT | DocumentType.CONNECTIONS | DocumentType.SERVER:
            return f"{type_.value}.yaml"


def _is_hidden(path: str) -> bool:
    return any(part.startswith(".") for part in path.split("/"))


def _likely(path: str) -> str | None:
    pure = PurePosixPath(path.casefold())
    renamed = str(pure.with_suffix(_ENDINGS.get(pure.suffix, pure.suffix)))
    if renamed != path and is_known(renamed):
        return renamed
    if "/" not in path:
        return closest(renamed, _SINGLE)
    folder, _, rest = renamed.partition("/")
    if folder == "rules" and rest.endswith(".yaml"):
        likely = (
            f"rules/default/<alias>/{pure.name}" if "default/" in rest else f"rules/{pure.name}"
        )
        return likely if likely != path else None
    nearest = f"{closest(folder, _FOLDERS)}/{rest}"
    return nearest if nearest != path and is_known(nearest) else None
