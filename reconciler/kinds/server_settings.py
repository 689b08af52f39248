"""
What the settings kinds of a server share: one slot in `server.yaml`, read from global parameters.

Each kind states its own names and meanings; the strings of global parameters are decoded here
(adsync-server.md 3.1: every value is a string).
"""

from __future__ import annotations

from collections.abc import Iterator

from reconciler.kinds.kind import Kind, Presence, World, Written
from reconciler.model.addresses import Address
from reconciler.model.estates import DocumentType, Estate
from reconciler.model.nodes import Node, Plain
from reconciler.model.resources import Resource
from reconciler.model.snapshots import Part, Server

VALUE = "value"
"""The field of a kind that is one value."""


def parameter(server: Server, name: str) -> str | None:
    """Return a global parameter's text, or None where the server has none of that name."""
    return server.tree.get("parameters", {}).get(name)


def flag(text: str | None) -> bool | None:
    """Return a parameter's truth, or None where it is absent or says neither."""
    return {"true": True, "false": False}.get((text or "").strip().casefold())


class ServerSetting(Kind):
    """A kind that occurs once a server and stands at one slot of `server.yaml`."""

    document = DocumentType.SERVER
    parts = (Part.GLOBAL_SETTINGS,)
    only_desired = Presence.UNREAD
    rank = 90

    @property
    def address(self) -> Address:
        """Return the address, which is the kind's name."""
        return Address(self.name)

    def declared(self, estate: Estate, server: str) -> Iterator[Resource]:
        """Yield the setting where the document has its slot."""
        document = estate.only(self.document)
        node = document.root.at(*self.slot) if document else None
        if node is not None:
            yield self._resource(node)

    def written(self, resource: Resource, world: World) -> Written | None:
        """Return the value for the slot: the one field, or a mapping; None for nothing."""
        if not resource.fields:
            return None
        fields = dict(resource.fields)
        value: Plain = fields[VALUE] if set(fields) == {VALUE} else fields
        return Written(document=self.document, owner="", path=self.slot, value=value)

    def of(self, fields: dict[str, Plain]) -> Resource:
        """Return the live resource; fields that are None were not there and are left out."""
        known = {name: value for name, value in fields.items() if value is not None}
        return Resource(address=self.address, name=self.title, fields=known)

    def _resource(self, node: Node) -> Resource:
        if VALUE in self.fields:
            fields, places = {VALUE: node.plain()}, {VALUE: node.place}
        else:
            fields = {name: member.plain() for name, member in node.members()}
            places = {name: member.place for name, member in node.members()}
        return Resource(
            address=self.address,
            name=self.title,
            fields=fields,
            place=node.key or node.place,
            places=places,
        )
