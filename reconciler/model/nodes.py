"""
A document as a tree of values that remember where they stood.

The YAML reader builds it; schema checks, kinds and findings read it. It holds no meaning.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from reconciler.model.places import Place

Scalar = str | int | float | bool | None
Plain = Scalar | list["Plain"] | dict[str, "Plain"]
"""A value as JSON knows it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """
    A scalar, a list or a mapping, and its place.

    `key` is the place of the key under which a member of a mapping stands. `text` is the place of a
    text's first character: behind an opening quote, or on the line below the sign of a block.
    """

    value: Scalar | tuple[Node, ...] | Mapping[str, Node]
    place: Place
    key: Place | None = None
    text: Place | None = None

    def member(self, name: str) -> Node | None:
        """Return the member called `name`, or None where there is none or this is no mapping."""
        return self.value.get(name) if isinstance(self.value, Mapping) else None

    def members(self) -> Iterator[tuple[str, Node]]:
        """Yield name and node of each member; nothing where this is no mapping."""
        if isinstance(self.value, Mapping):
            yield from self.value.items()

    def items(self) -> tuple[Node, ...]:
        """Return the items of a list; an empty tuple where this is none."""
        return self.value if isinstance(self.value, tuple) else ()

    def at(self, *path: str | int) -> Node | None:
        """Return the node at the end of `path`, or None where the path ends early."""
        node: Node | None = self
        for step in path:
            if node is None:
                return None
            if isinstance(step, str):
                node = node.member(step)
            else:
                items = node.items()
                node = items[step] if 0 <= step < len(items) else None
        return node

    def nearest(self, *path: str | int) -> Node:
        """Return the node at the end of `path`, or the last one that exists on the way."""
        node = self
        for length in range(1, len(path) + 1):
            found = self.at(*path[:length])
            if found is None:
                break
            node = found
        return node

    def plain(self) -> Plain:
        """Return the value without places."""
        if isinstance(self.value, Mapping):
            return {name: node.plain() for name, node in self.value.items()}
        if isinstance(self.value, tuple):
            return [node.plain() for node in self.value]
        return self.value


def node_of(value: Plain, place: Place) -> Node:
    """Return a tree for a value that stood in no file; every node has the one place."""
    if isinstance(value, dict):
        members = {name: node_of(item, place) for name, item in value.items()}
        return Node(value=members, place=place)
    if isinstance(value, list):
        return Node(value=tuple(node_of(item, place) for item in value), place=place)
    return Node(value=value, place=place)
