"""
Which domains of a forest are synchronized (adsync-server.md 4.5).

What is chosen inside a domain is `organizational_units`' and `preferred_domain_controllers`'.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import ClassVar

from reconciler.kinds.comparison import exact
from reconciler.kinds.connector_settings import WIZARD, connector_documents
from reconciler.kinds.kind import Draft, Kind, OperationDraft, Settled, World, Written
from reconciler.kinds.naming import Naming, is_entra
from reconciler.model.addresses import Address
from reconciler.model.changes import Action, FollowUp, Risk, Step, Support
from reconciler.model.estates import DocumentType, Estate
from reconciler.model.nodes import Node, Plain
from reconciler.model.resources import Reading, Resource
from reconciler.model.snapshots import Part, PartitionTree, Server

ALL = "all"
"""The short form of a domain: everything in it, organizational units created later included."""


class Domain(Kind):
    """A domain and whether it is selected; a declared list of domains is closed (decision A1)."""

    name = "domain"
    title = "domain"
    document = DocumentType.CONNECTOR
    slot = ("domains", "*")
    parts = (Part.CONNECTORS,)
    fields: ClassVar = {"selected": exact}
    support = Support.UNSUPPORTED
    hand_tool_runs_steps = True
    rank = 30

    def declared(self, estate: Estate, server: str) -> Iterator[Resource]:
        """Yield each domain that a connector document lists: it is selected."""
        for alias, name, node in declared_domains(estate):
            yield Resource(
                address=Address(self.name, alias, name.casefold()),
                name=name,
                fields={"selected": True},
                place=node.key or node.place,
            )

    def read(self, server: Server, naming: Naming) -> Reading:
        """Return every partition of the AD connectors, selected or not."""
        resources = [
            Resource(
                address=Address(self.name, alias, partition["name"].casefold()),
                name=partition["name"],
                fields={"selected": partition["selected"]},
                notes={"dn": partition["dn"]},
            )
            for alias, partition in partitions(naming)
        ]
        return Reading(resources=tuple(resources))

    def settle(self, desired: Mapping[Address, Resource], world: World) -> Settled:
        """Add what a closed list leaves out: a live domain that it does not name is out."""
        listed = {address.connector for address in desired}
        settled = dict(desired)
        for resource in world.live[self.name].resources:
            address = resource.address
            if address.connector in listed and address not in settled:
                settled[address] = Resource(
                    address=address,
                    name=resource.name,
                    fields={"selected": False},
                    place=next(
                        item.place
                        for item in desired.values()
                        if item.address.connector == address.connector
                    ),
                )
        return Settled(resources=settled)

    def written(self, resource: Resource, world: World) -> Written | None:
        """Return the entry of a selected domain; what stands below it is added by its kinds."""
        if not resource.fields["selected"]:
            return None
        return Written(
            document=self.document,
            owner=resource.address.connector,
            path=("domains", resource.name),
            value={},
        )

    def risk(self, draft: Draft) -> Risk:
        """Judge: everybody of a domain that is cleared leaves the scope."""
        return Risk.SCOPE_WIDENING if draft.after("selected") else Risk.SCOPE_SHRINKING

    def support_of(self, draft: Draft) -> Support:
        """Tell: a domain that the server does not know needs the wizard's directory refresh."""
        return Support.MANUAL if draft.action is Action.CREATE else Support.UNSUPPORTED

    def operations(self, draft: Draft) -> tuple[OperationDraft, ...]:
        """Return the write of one partition's selection."""
        if draft.action is Action.CREATE:
            return ()
        value: dict[str, Plain] = {
            "domain": draft.name,
            "selected": draft.after("selected") is True,
        }
        target = f"connector/{draft.address.connector}"
        return (
            OperationDraft(
                verb="set-connector", target=target, facet=f"domain/{draft.name}", value=value
            ),
        )

    def follow_ups(self, draft: Draft, world: World) -> tuple[FollowUp, ...]:
        """Return full import, then delta synchronization (adsync-server.md 8.1)."""
        return filter_follow_ups(draft.address.connector)

    def instructions(self, draft: Draft, world: World) -> tuple[str, ...]:
        """Return the wizard's page; a click on a domain's box reaches everything in it."""
        directory = world.naming.server_name(draft.address.connector)
        page = f"{WIZARD} → Domain and OU filtering → directory {directory}"
        if not draft.after("selected") and draft.action is not Action.CREATE:
            return (
                f"{page}: clear {draft.name}",
                f"everything of {draft.name} leaves the scope",
            )
        selects = (
            f"select {draft.name}: this selects everything in it, so clear there what is to stay "
            "out before you leave the page"
        )
        if draft.action is Action.CREATE:
            return (f'{page}: "Refresh Domains", until {draft.name} is listed', selects)
        return (f"{page}:", selects)


def declared_domains(estate: Estate) -> Iterator[tuple[str, str, Node]]:
    """Yield connector alias, name and node of each domain that git lists."""
    for alias, root in connector_documents(estate):
        domains = root.member("domains")
        for name, node in domains.members() if domains else ():
            yield alias, name, node


def partitions(naming: Naming) -> Iterator[tuple[str, PartitionTree]]:
    """Yield connector alias and partition of each AD connector."""
    for alias, connector in naming.connectors.items():
        if not is_entra(connector):
            for partition in connector["partitions"]:
                yield alias, partition


def filter_follow_ups(alias: str) -> tuple[FollowUp, ...]:
    """Return what a domain or OU filter needs (adsync-server.md 8.1)."""
    return (
        FollowUp(connector=alias, step=Step.FULL_IMPORT),
        FollowUp(connector=alias, step=Step.DELTA_SYNCHRONIZATION),
    )
