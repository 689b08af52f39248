"""What a connector selects must exist in its schema."""

from __future__ import annotations

from collections.abc import Iterator

from reconciler.checks.check import Check
from reconciler.checks.subject import Subject, texts
from reconciler.checks.suggestions import did_you_mean
from reconciler.kinds.server_settings import VALUE
from reconciler.model.findings import Finding, quoted
from reconciler.model.resources import Resource


class UnknownSelection(Check):
    """The attributes and object types that a connector lists are in its schema."""

    code = "RC2309"
    title = "selected attribute or object type that the schema does not have"
    authority = "adsync-server.md 4.6"
    description = (
        "A connector can select what its schema has. After an extension of the AD schema the "
        "wizard must refresh the directory schema first. Attribute names are compared exactly, "
        "object types without regard to case."
    )
    example = "attributes:\n  - departement"
    needs_schema = True

    def run(self, subject: Subject) -> Iterator[Finding]:
        """Yield a finding for each listed name that the connector's schema does not have."""
        for resource in subject.of_kind("attribute-selection"):
            schema = subject.schema(resource.address.connector)
            if schema is not None:
                yield from self._unknown(
                    resource, subject, "attribute", tuple(schema["attributes"])
                )
        for resource in subject.of_kind("object-types"):
            schema = subject.schema(resource.address.connector)
            if schema is not None:
                yield from self._unknown(resource, subject, "object type", (*schema["classes"],))

    def _unknown(
        self, resource: Resource, subject: Subject, word: str, known: tuple[str, ...]
    ) -> Iterator[Finding]:
        is_exact = word == "attribute"
        names = frozenset(known if is_exact else (name.casefold() for name in known))
        slot = "attributes" if is_exact else "object_types"
        for number, name in enumerate(texts(resource.fields.get(VALUE))):
            if (name if is_exact else name.casefold()) in names:
                continue
            node = subject.node(resource, slot, number)
            yield self.finding(
                f"the schema of {resource.address.connector} has no {word} {quoted(name)}",
                place=node.place if node else resource.place,
                address=resource.address,
                expected=(f"an {word} of the connector's schema",),
                remedy=did_you_mean(
                    name, known, otherwise="remove it, or refresh the directory schema"
                ),
            )
