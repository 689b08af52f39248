"""What a schema says about one attribute, from the words of a snapshot."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from reconciler.model.snapshots import SchemaTree


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemaAttribute:
    """Type and flags of an attribute."""

    type: str
    is_multi_valued: bool
    is_indexable: bool
    is_read_only: bool

    @property
    def is_reference(self) -> bool:
        """Tell whether its values name other objects."""
        return self.type == "reference"

    @property
    def kind(self) -> str:
        """Return the words that a finding uses."""
        return f"{'multi-valued' if self.is_multi_valued else 'single-valued'} {self.type}"


def schema_attribute(schema: SchemaTree | None, name: str) -> SchemaAttribute | None:
    """Return what a schema knows about an attribute, or None where it does not know it."""
    words = schema["attributes"].get(name) if schema else None
    return _read(words) if words else None


@lru_cache(maxsize=256)
def _read(text: str) -> SchemaAttribute:
    type_, *flags = text.split()
    return SchemaAttribute(
        type=type_,
        is_multi_valued="multi" in flags,
        is_indexable="indexable" in flags,
        is_read_only="read-only" in flags,
    )
