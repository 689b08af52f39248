"""One connector of a running server as a tree, with its partitions (adsync-server.md 4)."""

from __future__ import annotations

from collections.abc import Sequence

from reconciler.live.server.codes import Code
from reconciler.live.server.members import Members
from reconciler.live.server.settings import decode_parameters
from reconciler.model.findings import quoted
from reconciler.model.snapshots import ConnectorTree, PartitionTree, PasswordHashSyncTree

HOLDERS = ("connectivity", "global")


def decode_connector(members: Members) -> ConnectorTree | None:
    """Return the connector, or None where part of it is damaged."""
    before = members.inspection.damage_count
    tree = ConnectorTree(
        identifier=members.guid("identifier"),
        name=members.name("name"),
        type=members.name("type"),
        subtype=members.text("subtype"),
        parameters=_parameters(members.objects("parameters")),
        partitions=_partitions(members),
        attributes=members.names("attributes"),
    )
    if not tree["attributes"]:
        _empty(members, "attributes")
    synchronization = members.optional_member("password_hash_sync")
    if synchronization:
        tree["password_hash_sync"] = PasswordHashSyncTree(
            enabled=synchronization.flag("enabled"), target=_target(synchronization)
        )
    return tree if members.inspection.damage_count == before else None


def _target(members: Members) -> str:
    return "" if members.value.get("target") == "" else members.guid("target")


def _parameters(items: Sequence[Members]) -> dict[str, dict[str, str]]:
    holders = [item.word("holder", HOLDERS) for item in items]
    found = {
        holder: decode_parameters(
            item for item, own in zip(items, holders, strict=True) if own == holder
        )
        for holder in HOLDERS
    }
    return {holder: values for holder, values in found.items() if values}


def _partitions(members: Members) -> list[PartitionTree]:
    items = members.objects("partitions")
    if not items:
        _empty(members, "partitions")
    trees: dict[str, PartitionTree] = {}
    for item in items:
        tree = _partition(item)
        if tree["dn"].lower() in trees:
            item.damage(
                Code.REPEATED,
                f"partition {quoted(tree['dn'])} a second time",
                expected="each partition once",
            )
        trees[tree["dn"].lower()] = tree
    return sorted(trees.values(), key=lambda tree: tree["dn"])


def _partition(members: Members) -> PartitionTree:
    tree = PartitionTree(
        dn=members.name("dn"),
        name=members.text("name"),
        selected=members.flag("selected"),
        is_domain=members.flag("is_domain"),
        object_classes=members.names("object_classes"),
        inclusions=_containers(members, "inclusions"),
        exclusions=_containers(members, "exclusions"),
        parameters=decode_parameters(members.objects("parameters")),
    )
    if not members.is_null("preferred_domain_controllers"):
        # the order is the one in which they are tried
        tree["preferred_domain_controllers"] = members.texts("preferred_domain_controllers")
    return tree


def _containers(members: Members, name: str) -> list[str]:
    # the Entra connector has one empty inclusion: no container at all
    return sorted({text for text in members.texts(name) if text.strip()})


def _empty(members: Members, name: str) -> None:
    members.damage(
        Code.EMPTY_LIST,
        f"{name} is empty",
        name=name,
        expected="at least one: no connector works without",
    )
