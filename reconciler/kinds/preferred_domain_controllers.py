"""Which domain controllers a partition is read from (adsync-server.md 4.5); no export holds it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from reconciler.kinds.comparison import ordered
from reconciler.kinds.connector_settings import SERVICE_MANAGER
from reconciler.kinds.domain import declared_domains, partitions
from reconciler.kinds.kind import Draft, Kind, OperationDraft, Presence, World, Written
from reconciler.kinds.naming import Naming
from reconciler.kinds.server_settings import VALUE
from reconciler.model.addresses import Address
from reconciler.model.changes import Risk, Support
from reconciler.model.estates import DocumentType, Estate
from reconciler.model.resources import Reading, Resource
from reconciler.model.snapshots import Part, Server


class PreferredDomainControllers(Kind):
    """The list of one domain, in the order in which the controllers are tried."""

    name = "preferred-domain-controllers"
    title = "preferred domain controllers"
    document = DocumentType.CONNECTOR
    slot = ("domains", "*", "preferred_domain_controllers")
    parts = (Part.CONNECTORS, Part.PREFERRED_DOMAIN_CONTROLLERS)
    fields: ClassVar = {VALUE: ordered}
    support = Support.UNSUPPORTED
    only_desired = Presence.UNREAD
    rank = 70

    def declared(self, estate: Estate, server: str) -> Iterator[Resource]:
        """Yield the list of each domain that has one."""
        for alias, domain, node in declared_domains(estate):
            listed = node.member(self.slot[-1])
            if listed is not None:
                yield Resource(
                    address=Address(self.name, alias, domain.casefold()),
                    name=f"{self.title} of {domain}",
                    fields={VALUE: [str(item.value).casefold() for item in listed.items()]},
                    place=listed.key or listed.place,
                )

    def read(self, server: Server, naming: Naming) -> Reading:
        """Return the list of each selected domain."""
        resources = [
            Resource(
                address=Address(self.name, alias, partition["name"].casefold()),
                name=f"{self.title} of {partition['name']}",
                fields={
                    VALUE: [name.casefold() for name in partition["preferred_domain_controllers"]]
                },
                notes={"domain": partition["name"]},
            )
            for alias, partition in partitions(naming)
            if partition["selected"] and "preferred_domain_controllers" in partition
        ]
        return Reading(resources=tuple(resources))

    def written(self, resource: Resource, world: World) -> Written | None:
        """Return the list; an empty one is left out."""
        if not resource.fields[VALUE]:
            return None
        path = ("domains", resource.notes["domain"], self.slot[-1])
        return Written(
            document=self.document,
            owner=resource.address.connector,
            path=path,
            value=resource.fields[VALUE],
        )

    def risk(self, draft: Draft) -> Risk:
        """Judge: only where the reads go to."""
        return Risk.COSMETIC

    def operations(self, draft: Draft) -> tuple[OperationDraft, ...]:
        """Return the write of one partition's list."""
        value = {"domain": draft.address.name, "controllers": draft.after(VALUE)}
        target = f"connector/{draft.address.connector}"
        facet = f"{self.name}/{draft.address.name}"
        return (OperationDraft(verb="set-connector", target=target, facet=facet, value=value),)

    def instructions(self, draft: Draft, world: World) -> tuple[str, ...]:
        """Return the dialog."""
        directory = world.naming.server_name(draft.address.connector)
        return (
            (
                f"{SERVICE_MANAGER} → {directory} → Properties → "
                f"Configure Directory Partitions → {draft.address.name}"
            ),
            f'"Only use preferred domain controllers" → Configure: {_shown(draft)}',
        )


def _shown(draft: Draft) -> str:
    wanted = draft.after(VALUE)
    return ", ".join(map(str, wanted)) if isinstance(wanted, list) and wanted else "none"
