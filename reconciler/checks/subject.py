"""
What checks look at: one side of one environment, as resources by kind, with its rules typed.

Both sides have this shape, so that a check can tell what a server already does. Making resources is
the kinds' task, reading documents and sources that of `desired` and `live`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from reconciler.kinds.rules.normal_form import to_rule
from reconciler.kinds.server_settings import VALUE
from reconciler.model.addresses import Address
from reconciler.model.estates import Document, Estate
from reconciler.model.nodes import Node, Plain
from reconciler.model.places import Place
from reconciler.model.resources import Resource
from reconciler.model.rules import Direction, Rule
from reconciler.model.snapshots import SchemaTree

METAVERSE = "metaverse"
"""The name of the metaverse's schema among those of the connectors."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedRule:
    """A sync rule as typed values, with the resource that knows its places."""

    rule: Rule
    resource: Resource
    is_default: bool

    @property
    def address(self) -> Address:
        """Return the rule's address."""
        return self.resource.address

    @property
    def is_inbound(self) -> bool:
        """Tell whether the rule flows towards the metaverse."""
        return self.rule.direction is Direction.INBOUND

    @property
    def connector_type(self) -> str:
        """Return the rule's object type in the connector space."""
        return self.rule.source if self.is_inbound else self.rule.target

    @property
    def metaverse_type(self) -> str:
        """Return the rule's object type in the metaverse."""
        return self.rule.target if self.is_inbound else self.rule.source

    def place_of(self, path: str) -> Place | None:
        """Return the place of a field, or of the rule where the field is not written."""
        return self.resource.place_of(path)


@dataclass(frozen=True, kw_only=True)
class Subject:
    """
    One side of an environment: what git declares, or what a server was seen to hold.

    `environment` is the plain environment document; `schemas` are by connector alias, the
    metaverse's as `METAVERSE`, None where no source has them. `estate` are the documents of git,
    which give exact places and know what resources cannot hold, such as two rules of one name;
    `recorded` is the server's side for checks that compare both, None where there is none.
    """

    server: str
    resources: Mapping[str, Mapping[Address, Resource]]
    environment: Plain = None
    schemas: Mapping[str, SchemaTree] | None = None
    estate: Estate | None = None
    recorded: Subject | None = None

    @cached_property
    def rules(self) -> tuple[CheckedRule, ...]:
        """All rules, custom ones first, by address."""
        return (*self.custom_rules, *self.default_rules)

    @cached_property
    def custom_rules(self) -> tuple[CheckedRule, ...]:
        """The rules without a vendor's tag, by address."""
        return tuple(_typed(item, is_default=False) for item in self.of_kind("sync-rule"))

    @cached_property
    def default_rules(self) -> tuple[CheckedRule, ...]:
        """The vendor's rules, by address."""
        return tuple(_typed(item, is_default=True) for item in self.of_kind("default-rule"))

    @cached_property
    def aliases(self) -> frozenset[str]:
        """The aliases of the connectors that there are."""
        return frozenset(address.connector for address in self.resources.get("connector", {}))

    def of_kind(self, kind: str) -> tuple[Resource, ...]:
        """Return the resources of a kind, by address."""
        return tuple(resource for _, resource in sorted(self.resources.get(kind, {}).items()))

    def setting(self, kind: str) -> Resource | None:
        """Return the resource of a kind that occurs once a server, or None."""
        return self.resources.get(kind, {}).get(Address(kind))

    @cached_property
    def attributes(self) -> Mapping[str, frozenset[str]]:
        """The selected attributes by alias; a connector whose list is unmanaged is missing."""
        return self._members("attribute-selection")

    @cached_property
    def object_types(self) -> Mapping[str, frozenset[str]]:
        """The object types by alias; a connector whose list is unmanaged is missing."""
        return self._members("object-types")

    def schema(self, name: str) -> SchemaTree | None:
        """Return a connector's schema by alias, or the metaverse's; None where it is unknown."""
        return self.schemas.get(name) if self.schemas is not None else None

    def node(self, resource: Resource, *path: str | int) -> Node | None:
        """Return the node at a path of a resource's own document, or None where git has none."""
        document = self._documents.get(resource.place.file) if resource.place else None
        return document.root.at(*path) if document else None

    @cached_property
    def _documents(self) -> Mapping[str, Document]:
        documents = self.estate.documents if self.estate else ()
        return {document.file: document for document in documents}

    def _members(self, kind: str) -> Mapping[str, frozenset[str]]:
        return {
            address.connector: frozenset(texts(resource.fields.get(VALUE)))
            for address, resource in self.resources.get(kind, {}).items()
        }


def texts(value: Plain) -> tuple[str, ...]:
    """Return the items of a list as texts; nothing where the value is no list."""
    return tuple(str(item) for item in value) if isinstance(value, list) else ()


def _typed(resource: Resource, *, is_default: bool) -> CheckedRule:
    fields = resource.fields
    if "precedence" not in fields:  # of a default rule only the order is compared
        number = resource.notes.get("precedence", "")
        fields = {**fields, "precedence": int(number) if number.isdecimal() else None}
    address = resource.address
    rule = to_rule(fields, name=resource.name, connector=address.connector)
    return CheckedRule(rule=rule, resource=resource, is_default=is_default)
