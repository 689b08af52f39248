"""Which object types a connector reads (adsync-server.md 4.2, 4.6 and 0.4, item 13)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import ClassVar

from reconciler.kinds.comparison import members_ignoring_case
from reconciler.kinds.connector_settings import SERVICE_MANAGER, ConnectorSetting
from reconciler.kinds.kind import Draft, OperationDraft, World, Written
from reconciler.kinds.naming import Naming
from reconciler.kinds.server_settings import VALUE
from reconciler.model.changes import FollowUp, Risk, Step, Support
from reconciler.model.findings import Concern, Finding, Severity
from reconciler.model.nodes import Node, Plain
from reconciler.model.resources import Reading, Resource
from reconciler.model.snapshots import ConnectorTree, Server

STRUCTURAL = frozenset({"container", "domaindns", "organizationalunit"})
"""Classes that the hierarchy needs; they are implied and always kept (adsync-server.md 4.5)."""


OBJECT_TYPES_DIFFER = "RC3106"  # the domains of a connector read different object types

PARTIAL = "only_in_some_domains"
"""The field of types that not every selected domain reads: no document declares it (A9)."""

_ONLY_IN = ": only in "


class ObjectTypes(ConnectorSetting):
    """
    The object types of a connector, structural ones left out.

    A declared type belongs to every selected domain. What only some of them read is a field of its
    own, which git never has, so that a domain that lost a type is always a difference.
    """

    name = "object-types"
    title = "object types"
    slot = ("object_types",)
    fields: ClassVar = {VALUE: members_ignoring_case, PARTIAL: members_ignoring_case}
    support = Support.UNSUPPORTED
    rank = 20

    def of(self, alias: str, value: Plain, node: Node | None = None) -> Resource:
        """Return the resource without structural types, whichever side names them."""
        names = value if isinstance(value, list) else []
        chosen: list[Plain] = [name for name in names if str(name).casefold() not in STRUCTURAL]
        resource = super().of(alias, chosen, node)
        return replace(resource, fields={**resource.fields, PARTIAL: []})

    def value_of(self, connector: ConnectorTree, naming: Naming) -> Plain:
        """Return the types that every selected partition reads."""
        readers = _readers(connector)
        return [name for name, (_, others) in readers.items() if not others]

    def read(self, server: Server, naming: Naming) -> Reading:
        """Return the types, and a finding for each connector whose partitions disagree."""
        resources, findings = [], []
        for resource in super().read(server, naming).resources:
            alias = resource.address.connector
            partial: list[Plain] = [*_partial(naming.connectors[alias])]
            resources.append(replace(resource, fields={**resource.fields, PARTIAL: partial}))
            if partial:
                findings.append(_uneven(resource, naming.connectors[alias], server.name))
        return Reading(resources=tuple(resources), findings=tuple(findings))

    def written(self, resource: Resource, world: World) -> Written | None:
        """Return the list where the partitions agree: no document says it by partition (A9)."""
        return None if resource.fields[PARTIAL] else super().written(resource, world)

    def operations(self, draft: Draft) -> tuple[OperationDraft, ...]:
        """Return the write of the list for every domain, types in the server's spelling."""
        if draft.desired is None or draft.desired.fields.get(PARTIAL):
            return ()
        known = {name.casefold(): name for name in _read_somewhere(draft.live)}
        return tuple(
            replace(operation, value={self.name: _respelled(operation.value[self.name], known)})
            for operation in super().operations(draft)
        )

    def risk(self, draft: Draft) -> Risk:
        """Judge: objects of a type that is no longer read are deleted from the connector space."""
        kept = _everywhere(draft.desired)
        gone = [name for name in _gone(draft) if name.casefold() not in kept]
        return Risk.SCOPE_SHRINKING if gone else Risk.SCOPE_WIDENING

    def follow_ups(self, draft: Draft, world: World) -> tuple[FollowUp, ...]:
        """Return full import and full synchronization (adsync-server.md 8.1, marked uncertain)."""
        alias = draft.address.connector
        return (
            FollowUp(connector=alias, step=Step.FULL_IMPORT),
            FollowUp(connector=alias, step=Step.FULL_SYNCHRONIZATION),
        )

    def instructions(self, draft: Draft, world: World) -> tuple[str, ...]:
        """Return the dialog (adsync-server.md 4.6)."""
        directory = world.naming.server_name(draft.address.connector)
        wanted = _everywhere(draft.desired)
        come = [str(item.after) for item in draft.fields if item.before is None]
        return (
            f"{SERVICE_MANAGER} → {directory} → Properties → Select Object Types:",
            *(f"clear {name}" for name in _gone(draft) if name.casefold() not in wanted),
            *(f"select {name}" for name in come),
        )


def _readers(connector: ConnectorTree) -> dict[str, tuple[list[str], list[str]]]:
    """Return each type that a selected domain reads, with the domains that do and do not."""
    chosen = [part for part in connector["partitions"] if part["selected"]]
    spelled: dict[str, str] = {}
    for part in chosen:
        for name in part["object_classes"]:
            if name.casefold() not in STRUCTURAL:
                spelled[name.casefold()] = min(name, spelled.get(name.casefold(), name))
    readers = {}
    for form, name in sorted(spelled.items()):
        reads = {
            part["name"]: form in {known.casefold() for known in part["object_classes"]}
            for part in chosen
        }
        readers[name] = (
            sorted(domain for domain, does in reads.items() if does),
            sorted(domain for domain, does in reads.items() if not does),
        )
    return readers


def _partial(connector: ConnectorTree) -> Iterator[str]:
    """Yield the types that not every domain reads, each with the domains that do."""
    for name, (domains, others) in _readers(connector).items():
        if others:
            yield f"{name}{_ONLY_IN}{', '.join(domains)}"


def _uneven(resource: Resource, connector: ConnectorTree, server: str) -> Finding:
    return Finding(
        code=OBJECT_TYPES_DIFFER,
        severity=Severity.NOTE,
        concern=Concern.ADVICE,
        what=f"the domains of {resource.address.connector} read different object types",
        address=resource.address,
        server=server,
        expected=tuple(
            f"{name}: read in {', '.join(domains)}, not in {', '.join(others)}"
            for name, (domains, others) in _readers(connector).items()
            if others
        ),
        remedy=(
            "a document declares one list for all domains, so `import` writes none; "
            "make the domains alike, or write object_types by hand"
        ),
    )


def _gone(draft: Draft) -> list[str]:
    """Return the types that leave the list, or a domain that read them."""
    return [
        str(item.before).split(_ONLY_IN, maxsplit=1)[0]
        for item in draft.fields
        if item.after is None
    ]


def _everywhere(resource: Resource | None) -> frozenset[str]:
    return frozenset(name.casefold() for name in _texts(resource, VALUE))


def _read_somewhere(resource: Resource | None) -> list[str]:
    partial = [text.split(_ONLY_IN, maxsplit=1)[0] for text in _texts(resource, PARTIAL)]
    return [*_texts(resource, VALUE), *partial]


def _texts(resource: Resource | None, field: str) -> list[str]:
    value = resource.fields.get(field) if resource else None
    return [str(item) for item in value] if isinstance(value, list) else []


def _respelled(names: Plain, known: Mapping[str, str]) -> list[Plain]:
    listed = names if isinstance(names, list) else []
    return [known.get(str(name).casefold(), name) for name in listed]
