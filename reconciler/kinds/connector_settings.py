"""
What the settings kinds of a connector share: a slot in `connectors/<alias>.yaml`, one address each.

Each kind states its own meaning; finding the connector on the server is `naming`'s.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator

from reconciler.kinds.kind import Draft, Kind, OperationDraft, Presence, World, Written
from reconciler.kinds.naming import Naming
from reconciler.kinds.server_settings import VALUE
from reconciler.model.addresses import Address
from reconciler.model.estates import DocumentType, Estate
from reconciler.model.nodes import Node, Plain
from reconciler.model.resources import Reading, Resource
from reconciler.model.snapshots import ConnectorTree, Part, Server

WIZARD = "Microsoft Entra Connect → Configure → Customize synchronization options"
SERVICE_MANAGER = "Synchronization Service Manager → Connectors"


def connector_documents(estate: Estate) -> Iterator[tuple[str, Node]]:
    """Yield alias and root of each connector document that has an alias."""
    for document in estate.of_type(DocumentType.CONNECTOR):
        alias = document.root.member("connector")
        if alias is not None and isinstance(alias.value, str):
            yield alias.value, document.root


class ConnectorSetting(Kind):
    """A kind that occurs once a connector and is one value at a top-level slot of its document."""

    document = DocumentType.CONNECTOR
    parts = (Part.CONNECTORS,)
    only_desired = Presence.UNREAD

    @abstractmethod
    def value_of(self, connector: ConnectorTree, naming: Naming) -> Plain:
        """Return the value that the connector holds; None where this kind says nothing about it."""

    def declared(self, estate: Estate, server: str) -> Iterator[Resource]:
        """Yield the setting of each connector document that has the slot."""
        for alias, root in connector_documents(estate):
            node = root.at(*self.slot)
            if node is not None:
                yield self.of(alias, node.plain(), node)

    def read(self, server: Server, naming: Naming) -> Reading:
        """Return the setting of each connector that it applies to."""
        resources = [
            self.of(alias, value)
            for alias, connector in naming.connectors.items()
            if (value := self.value_of(connector, naming)) is not None
        ]
        return Reading(resources=tuple(resources))

    def of(self, alias: str, value: Plain, node: Node | None = None) -> Resource:
        """Return the resource of one connector."""
        return Resource(
            address=Address(self.name, alias),
            name=f"{self.title} of {alias}",
            fields={VALUE: value},
            place=(node.key or node.place) if node else None,
            places={VALUE: node.place} if node else {},
        )

    def written(self, resource: Resource, world: World) -> Written | None:
        """Return the value for the connector's document; an empty list cannot be declared."""
        value = resource.fields[VALUE]
        if value == []:
            return None
        return Written(
            document=self.document,
            owner=resource.address.connector,
            path=self.slot,
            value=value,
        )

    def operations(self, draft: Draft) -> tuple[OperationDraft, ...]:
        """Return the write of this facet (the vendor documents only the wizard)."""
        if draft.desired is None:
            return ()
        value = {self.name: draft.desired.fields[VALUE]}
        return (
            OperationDraft(
                verb="set-connector",
                target=f"connector/{draft.address.connector}",
                facet=self.name,
                value=value,
            ),
        )


def members_gone(draft: Draft) -> list[str]:
    """Return the members that leave a set, as written on the server."""
    return [str(change.before) for change in draft.fields if change.after is None]


def members_come(draft: Draft) -> list[str]:
    """Return the members that join a set, as written in git."""
    return [str(change.after) for change in draft.fields if change.before is None]
