"""
One exported connector as a tree (adsync-server.md 4, 0.4 number 12 and 13).

The schema in the same file is `schemas`'s; its absence is reported here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from reconciler.live.recorded.codes import Code
from reconciler.live.recorded.elements import Element
from reconciler.live.recorded.fields import Fields, items_of, name_in
from reconciler.live.recorded.inspection import Inspection
from reconciler.live.recorded.parameters import take_parameters
from reconciler.live.recorded.partitions import decode_partition, hold_in
from reconciler.live.recorded.withholding import shown
from reconciler.live.recorded.words import guid_in
from reconciler.model.snapshots import ConnectorTree, Part, PartitionTree, PasswordHashSyncTree


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportedConnector:
    """A connector, and the names behind the identifiers that this server gave its partitions."""

    tree: ConnectorTree
    names: dict[str, str]


def decode_connector(root: Element, inspection: Inspection) -> ExportedConnector | None:
    """Return the connector, or None where part of it is damaged."""
    before = inspection.damage_count
    fields = Fields(inspection, root)
    fields.child("schema", parts=(Part.SCHEMAS,))
    partitions, names = _partitions(fields)
    tree = ConnectorTree(
        identifier=fields.guid("id"),
        name=fields.name("name"),
        type=fields.name("category").strip(),
        subtype=fields.text("subtype"),
        parameters={},
        partitions=partitions,
        attributes=_attributes(fields),
    )
    private = fields.child("private-configuration")
    for configuration in private.children if private else ():
        _private(Fields(inspection, configuration), tree)
    names[tree["identifier"]] = tree["name"]
    only_schema = set(inspection.damaged) <= {Part.SCHEMAS}
    if inspection.damage_count != before and not only_schema:
        return None
    return ExportedConnector(tree=tree, names=names)


def _private(fields: Fields, tree: ConnectorTree) -> None:
    holder = fields.optional("parameter-values")
    if holder:
        tree["parameters"] |= take_parameters(holder, fields.inspection)
        hold_in(fields.element, tree["parameters"].get("connectivity", {}))
    synchronization = fields.optional("password-hash-sync-config")
    if synchronization:
        inner = Fields(fields.inspection, synchronization)
        tree["password_hash_sync"] = PasswordHashSyncTree(
            enabled=inner.flag("enabled"), target=inner.guid("target", default="")
        )


def _attributes(fields: Fields) -> list[str]:
    holder = fields.child("attribute-inclusion")
    if holder is None:
        return []
    names = {name_in(fields.inspection, item) for item in items_of(holder, "attribute")}
    if not names:
        _empty(fields, holder, "attribute")
    return sorted(names)


def _partitions(fields: Fields) -> tuple[list[PartitionTree], dict[str, str]]:
    holder = fields.child("ma-partition-data")
    if holder is None:
        return [], {}
    elements = items_of(holder, "partition")
    if not elements:
        _empty(fields, holder, "partition")
    trees = [decode_partition(Fields(fields.inspection, element)) for element in elements]
    _report_repeated(fields, zip(elements, trees, strict=True))
    names: dict[str, str] = {}
    for element, tree in zip(elements, trees, strict=True):
        identifier = element.first("id")
        guid = guid_in(identifier.text) if identifier else None
        if guid:
            names[guid] = tree["dn"]
    return sorted(trees, key=lambda tree: tree["dn"]), names


def _report_repeated(fields: Fields, found: Iterable[tuple[Element, PartitionTree]]) -> None:
    seen: set[str] = set()
    for element, tree in found:
        if tree["dn"] and tree["dn"].lower() in seen:
            fields.inspection.damage(
                Code.REPEATED,
                f"partition {shown(tree['dn'])} a second time",
                place=element.place(fields.inspection.file),
                expected="each partition once",
            )
        seen.add(tree["dn"].lower())


def _empty(fields: Fields, holder: Element, tag: str) -> None:
    fields.inspection.damage(
        Code.EMPTY_LIST,
        f"no <{tag}> in <{holder.tag}>",
        place=holder.place(fields.inspection.file),
        expected=f"at least one <{tag}>: no connector works without",
    )
