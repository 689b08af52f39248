"""Which forests and which tenant a server is connected to (adsync-server.md 4.1)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from reconciler.kinds.comparison import ignoring_case
from reconciler.kinds.connector_settings import WIZARD, connector_documents
from reconciler.kinds.kind import Draft, Kind, Presence, World, Written
from reconciler.kinds.naming import Naming, forest_of, is_entra
from reconciler.model.addresses import Address
from reconciler.model.changes import Support
from reconciler.model.estates import DocumentType, Estate
from reconciler.model.findings import Concern, Finding, Severity, quoted
from reconciler.model.resources import Reading, Resource
from reconciler.model.snapshots import Part, Server

CONNECTOR_UNKNOWN_TO_GIT = "RC3101"  # the server has a connector that git does not know
CONNECTOR_NOT_ON_THE_SERVER = "RC4201"  # a declared connector is not in the source


class Connector(Kind):
    """
    A connector and what it stands for.

    Creating or removing one is the wizard's (unsupported otherwise): a connector that git does not
    know is a finding, one that the server lacks means that the source is incomplete (decision B3).
    """

    name = "connector"
    title = "connector"
    document = DocumentType.CONNECTOR
    parts = (Part.CONNECTORS,)
    fields: ClassVar = {"forest": ignoring_case, "tenant": ignoring_case}
    support = Support.MANUAL
    only_live = Presence.FINDING
    only_desired = Presence.DAMAGE
    rank = 10

    def declared(self, estate: Estate, server: str) -> Iterator[Resource]:
        """Yield one resource a connector document."""
        for alias, root in connector_documents(estate):
            fields = {
                name: node.plain()
                for name in self.fields
                if (node := root.member(name)) is not None
            }
            yield Resource(
                address=Address(self.name, alias), name=alias, fields=fields, place=root.place
            )

    def read(self, server: Server, naming: Naming) -> Reading:
        """Return the connectors that the server has."""
        resources = [
            Resource(
                address=Address(self.name, alias),
                name=alias,
                fields={"tenant" if is_entra(tree) else "forest": forest_of(tree)},
                notes={"identifier": tree["identifier"], "server name": tree["name"]},
            )
            for alias, tree in naming.connectors.items()
        ]
        return Reading(resources=tuple(resources))

    def written(self, resource: Resource, world: World) -> Written | None:
        """Return alias and forest, the head of the connector's document."""
        value = {"connector": resource.address.connector, **resource.fields}
        return Written(
            document=self.document, owner=resource.address.connector, path=(), value=value
        )

    def missing(self, resource: Resource, *, on_live: bool) -> Finding | None:
        """Word a connector that only one side has."""
        stands_for = next(iter(resource.fields.values()), resource.name)
        if on_live:
            return Finding(
                code=CONNECTOR_NOT_ON_THE_SERVER,
                severity=Severity.ERROR,
                concern=Concern.SOURCE,
                what=f"connector {quoted(resource.name)} ({stands_for}) is not in the source",
                address=resource.address,
                place=resource.place,
                expected=(
                    "a server does not lose a connector by itself: the source is incomplete",
                ),
                remedy="export again; where the forest was removed on purpose, remove its document",
            )
        return Finding(
            code=CONNECTOR_UNKNOWN_TO_GIT,
            severity=Severity.WARNING,
            concern=Concern.LIVE,
            what=f"the server has a connector for {stands_for} that git does not know",
            address=resource.address,
            expected=("each connector of the server has a document in connectors/",),
            remedy="`reconciler import ENV --from SOURCE` writes its document",
        )

    def instructions(self, draft: Draft, world: World) -> tuple[str, ...]:
        """Return the wizard's page."""
        return (f"{WIZARD} → Connect Directories",)
