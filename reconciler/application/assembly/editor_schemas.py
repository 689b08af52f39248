"""
Where an editor finds the schemas of a user's documents.

A repository that has our schemas beside its desired state uses those; any other gets a copy in a
hidden folder of the desired state, refreshed by the commands that write documents.
"""

from __future__ import annotations

from pathlib import Path

from reconciler.application.assembly.shipped import schema_text
from reconciler.model.estates import DocumentType

_HIDDEN = ".schemas"


def schema_reference(root: Path, name: str, *, depth: int) -> str:
    """Return the path of a schema as a document `depth` folders below `root` writes it."""
    if _has_own(root):
        return "../" * (depth + 1) + f"schemas/{name}.schema.json"
    return "../" * depth + f"{_HIDDEN}/{name}.schema.json"


def editor_schemas(root: Path) -> dict[str, str]:
    """Return the copies that belong below `root`; none where the repository has the schemas."""
    if _has_own(root):
        return {}
    return {
        f"{_HIDDEN}/{type_.value}.schema.json": schema_text(type_.value) for type_ in DocumentType
    }


def _has_own(root: Path) -> bool:
    beside = root.resolve().parent / "schemas"
    return all((beside / f"{type_.value}.schema.json").is_file() for type_ in DocumentType)
