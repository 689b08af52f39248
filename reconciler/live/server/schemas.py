"""The schema of a connector or of the metaverse, reduced to names, types and flags."""

from __future__ import annotations

from reconciler.live.server.codes import Code
from reconciler.live.server.members import Members
from reconciler.model.findings import quoted
from reconciler.model.snapshots import SchemaTree

METAVERSE = "metaverse"

TYPES = {
    "String": "string",
    "Integer": "integer",
    "Number": "integer",
    "Boolean": "boolean",
    "Binary": "binary",
    "Reference": "reference",
}
"""The model's word for a type of the product (SchemaAttributeType)."""


def decode_schema(members: Members) -> tuple[str, SchemaTree] | None:
    """Return the owner, `metaverse` or a connector's identifier, and its schema."""
    before = members.inspection.damage_count
    is_metaverse = members.value.get("connector") == METAVERSE
    owner = METAVERSE if is_metaverse else members.guid("connector")
    attributes: dict[str, str] = {}
    for item in members.objects("attributes"):
        name = item.name("name")
        if name in attributes:
            item.damage(
                Code.REPEATED,
                f"schema attribute {quoted(name)} a second time",
                expected="each attribute once",
            )
        attributes[name] = _words(item)
    if not attributes:
        members.damage(
            Code.EMPTY_LIST,
            "the schema has no attribute",
            name="attributes",
            expected="attributes: no schema is without",
        )
    schema = SchemaTree(
        attributes=dict(sorted(attributes.items())), classes=members.names("classes")
    )
    return (owner, schema) if members.inspection.damage_count == before else None


def _words(members: Members) -> str:
    words = [TYPES.get(members.word("type", TYPES), "")]
    if members.flag("multi"):
        words.append("multi")
    if members.flag("indexable"):
        words.append("indexable")
    if members.flag("read_only"):
        words.append("read-only")
    if members.value.get("export_only") is True:
        words.append("export-only")
    return " ".join(words)
