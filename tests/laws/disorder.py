"""The same meaning in another order: of documents, of keys, and of lists that are sets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from random import Random

from reconciler.model.estates import Document, DocumentType, Estate
from reconciler.model.nodes import Node
from reconciler.model.snapshots import Server, ServerTree

_SETS = {
    DocumentType.ENVIRONMENT: {"allow_unsupported", "hold_after"},
    DocumentType.CONNECTOR: {
        "attributes",
        "exclude",
        "exclusions",
        "include",
        "inclusions",
        "object_types",
    },
    DocumentType.SYNC_RULE: {"scope"},
    DocumentType.DEFAULT_RULE: {"scope"},
}
"""The lists whose order means nothing; the groups of `join` are tried in order."""


def reordered(estate: Estate, order: Random) -> Estate:
    """Return the estate with its documents and all their keys in another order."""
    documents = [replace(item, root=_keys(item.root, order)) for item in estate.documents]
    return replace(estate, documents=tuple(order.sample(documents, len(documents))))


def shuffled(estate: Estate, order: Random) -> Estate:
    """Return the estate with every list that is a set in another order."""
    return replace(
        estate, documents=tuple(_shuffled(document, order) for document in estate.documents)
    )


def turned(server: Server, order: Random) -> Server:
    """Return the server with its connectors, rules and flows in another order."""
    tree: ServerTree = {
        **server.tree,
        "connectors": order.sample(server.tree["connectors"], len(server.tree["connectors"])),
        "rules": [
            {**rule, "flows": order.sample(rule["flows"], len(rule["flows"]))}
            for rule in order.sample(server.tree["rules"], len(server.tree["rules"]))
        ],
    }
    return replace(server, tree=tree)


def _keys(node: Node, order: Random) -> Node:
    if isinstance(node.value, Mapping):
        names = order.sample([*node.value], len(node.value))
        return replace(node, value={name: _keys(node.value[name], order) for name in names})
    if isinstance(node.value, tuple):
        return replace(node, value=tuple(_keys(item, order) for item in node.value))
    return node


def _shuffled(document: Document, order: Random) -> Document:
    names = _SETS.get(document.type, set())
    return replace(document, root=_lists(document.root, names, order, is_set=False))


def _lists(node: Node, names: set[str], order: Random, *, is_set: bool) -> Node:
    if isinstance(node.value, Mapping):
        members = {
            name: _lists(item, names, order, is_set=name in names)
            for name, item in node.value.items()
        }
        return replace(node, value=members)
    if isinstance(node.value, tuple):
        items = [_lists(item, names, order, is_set=is_set) for item in node.value]
        return replace(node, value=tuple(order.sample(items, len(items)) if is_set else items))
    return node
