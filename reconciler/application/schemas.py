"""`schema`: the JSON Schema of a document or of a command's result."""

from __future__ import annotations

from reconciler.application.assembly.shipped import schema_names, schema_text
from reconciler.application.refusals import usage
from reconciler.model.findings import quoted


def print_schema(name: str) -> str:
    """Return a schema's text. Raises Refusal (64) for a name that has none."""
    names = schema_names()
    if name not in names:
        raise usage(f"there is no schema {quoted(name)}", expected=names)
    return schema_text(name)
