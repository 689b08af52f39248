"""
Schema checking: a document against its JSON Schema, as findings.

jsonschema decides, `schema_findings` puts its answers into words. What a value means is left to the
kinds.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from reconciler.desired.schema_inlining import inlined
from reconciler.model.findings import Finding, in_order
from reconciler.model.nodes import Node

if TYPE_CHECKING:
    from jsonschema.protocols import Validator


class DocumentSchema:
    """A schema made ready once for many documents; everything costly waits until it is needed."""

    def __init__(self, schema: Mapping[str, Any], *, name: str) -> None:
        """Take a Draft 2020-12 schema whose references are local; `name` as in `schemas/`."""
        self._schema = inlined(schema)
        self._name = name

    def findings(self, document: Node) -> tuple[Finding, ...]:
        """Return what the schema objects to, best match first where there are alternatives."""
        errors = list(self._validator.iter_errors(document.plain()))
        if not errors:
            return ()
        from reconciler.desired.schema_findings import finding_of

        see = f"schemas/{self._name}.schema.json"
        return in_order(
            finding for error in errors for finding in finding_of(error, document=document, see=see)
        )

    @cached_property
    def _validator(self) -> Validator:
        from jsonschema import Draft202012Validator
        from jsonschema.validators import extend

        checker = Draft202012Validator.TYPE_CHECKER.redefine("integer", _is_whole)
        strict = extend(Draft202012Validator, type_checker=checker)  # type: ignore[no-untyped-call]
        validator: Validator = strict(self._schema)
        return validator


def check_schema(
    document: Node, schema: Mapping[str, Any], *, schema_name: str
) -> tuple[Finding, ...]:
    """Return what one schema objects to in one document; many documents want `DocumentSchema`."""
    return DocumentSchema(schema, name=schema_name).findings(document)


def _is_whole(_: object, value: object) -> bool:
    """Tell whether a value is a whole number as people write it: 1.0 is none."""
    return isinstance(value, int) and not isinstance(value, bool)
