"""
The containers that a connector's partitions have in the directory right now.

No snapshot holds them: they belong to the directory, and only a live plan can ask whether a
declared organizational unit is still there.
"""

from __future__ import annotations

from dataclasses import dataclass

from reconciler.live.server.members import Members


@dataclass(frozen=True, slots=True, kw_only=True)
class ContainerNode:
    """A container by DN; `state` is the product's own number for how it is selected."""

    dn: str
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PartitionHierarchy:
    """The containers of one partition, sorted by DN."""

    connector: str
    partition_dn: str
    nodes: tuple[ContainerNode, ...]


def decode_hierarchy(items: list[Members]) -> tuple[PartitionHierarchy, ...] | None:
    """Return the containers of all partitions, or None where part of them is damaged."""
    before = _damage_of(items)
    found = tuple(
        PartitionHierarchy(
            connector=item.guid("connector"),
            partition_dn=item.name("partition_dn"),
            nodes=tuple(sorted(map(_node, item.objects("nodes")), key=lambda node: node.dn)),
        )
        for item in items
    )
    return found if _damage_of(items) == before else None


def _damage_of(items: list[Members]) -> int:
    return items[0].inspection.damage_count if items else 0


def _node(members: Members) -> ContainerNode:
    state = members.value.get("state")
    is_number = type(state) is int
    return ContainerNode(
        dn=members.name("dn"), state=str(state) if is_number else members.text("state")
    )
