"""
The leaves of a server that no kind compares, by a path that people can read.

Two servers are read side by side: one forest has one alias on both, and a part that one of the two
sources lacks has no leaves. What their differences mean is told in `raw_leaves`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from reconciler.kinds.naming import forest_of, is_entra, name_connectors
from reconciler.kinds.object_types import STRUCTURAL
from reconciler.kinds.registry import KINDS
from reconciler.kinds.rules.tags import parse_tag
from reconciler.model.snapshots import NO_GUID, ConnectorTree, PartitionTree, SchemaTree, Server

Leaf = tuple[str, str]

ELSEWHERE = frozenset(
    {
        ("connectors/*/global", "Connector.GroupFilteringGroupDn"),  # compared by `group-filter`
        ("connectors/*/global", "Connector.ID"),  # every server has its own
        ("connectors/*/partitions/*", "guid"),  # every server has its own
    }
)
"""Parameters of connectors and partitions that are no leaves, by holder and name."""

_COMPARED = frozenset(name for kind in KINDS.values() for name in kind.global_parameters)
_LISTED = "listed"
_LOST = "its connector is not in the source"


def leaves_of(first: Server, second: Server) -> tuple[dict[str, str], dict[str, str]]:
    """Return the leaves of both servers by path; schemas are `schemas_of`'s."""
    aliases = _aliases(first, second)
    shared = first.tree.keys() & second.tree.keys()
    one, other = (dict(_leaves(server, aliases, shared | {"raw"})) for server in (first, second))
    return one, other


def schemas_of(first: Server, second: Server) -> dict[str, tuple[dict[str, str], dict[str, str]]]:
    """Return the leaves of each schema that both servers have, by its path."""
    aliases = _aliases(first, second)
    one, other = (dict(_schemas(server, aliases)) for server in (first, second))
    return {
        path: (dict(_schema_leaves(one[path])), dict(_schema_leaves(other[path])))
        for path in sorted(one.keys() & other.keys())
    }


def _aliases(first: Server, second: Server) -> Mapping[str, str]:
    """Return alias by forest; one forest has one alias on both servers."""
    by_forest: dict[str, ConnectorTree] = {}
    for server in (first, second):
        for connector in server.tree.get("connectors", []):
            by_forest.setdefault(_forest(connector), connector)
    both = replace(first, tree={"connectors": [*by_forest.values()]})
    named = name_connectors(both, None).connectors
    return {_forest(connector): alias for alias, connector in named.items()}


def _forest(connector: ConnectorTree) -> str:
    return forest_of(connector).casefold()


def _leaves(server: Server, aliases: Mapping[str, str], parts: set[str]) -> Iterator[Leaf]:
    if "parameters" in parts:
        for name, value in server.tree.get("parameters", {}).items():
            if name not in _COMPARED:
                yield f"global-settings/{name}", value
    if "connectors" in parts:
        for connector in server.tree.get("connectors", []):
            path = f"connectors/{aliases[_forest(connector)]}"
            yield from _head(path, connector, _by_identifier(server, aliases))
            yield from _parameters(path, connector)
            for partition in connector["partitions"]:
                yield from _partition(path, partition, is_domain=not is_entra(connector))
    if "rules" in parts:
        yield from _rules(server, aliases)
    yield from server.tree.get("raw", {}).items()


def _by_identifier(server: Server, aliases: Mapping[str, str]) -> dict[str, str]:
    return {
        connector["identifier"]: aliases[_forest(connector)]
        for connector in server.tree.get("connectors", [])
    }


def _head(path: str, connector: ConnectorTree, known: Mapping[str, str]) -> Iterator[Leaf]:
    yield f"{path}/name", connector["name"]
    yield f"{path}/type", connector["type"]
    yield f"{path}/subtype", connector["subtype"]
    if "password_hash_sync" in connector:
        target = connector["password_hash_sync"]["target"]
        yield f"{path}/password-hash-sync/target", known.get(target, target)


def _parameters(path: str, connector: ConnectorTree) -> Iterator[Leaf]:
    holders = {
        f"{path}/{name}": (f"connectors/*/{name}", held)
        for name, held in connector["parameters"].items()
    }
    for partition in connector["partitions"]:
        inner = f"{path}/partitions/{partition['name']}"
        holders[inner] = ("connectors/*/partitions/*", partition["parameters"])
    for holder, (general, held) in holders.items():
        for name, value in held.items():
            if (general, name) not in ELSEWHERE:
                yield f"{holder}/{name}", value


def _partition(path: str, partition: PartitionTree, *, is_domain: bool) -> Iterator[Leaf]:
    """Yield what no kind compares: of a domain that is not selected, nothing is."""
    inner = f"{path}/partitions/{partition['name']}"
    yield f"{inner}/dn", partition["dn"]
    yield f"{inner}/is-domain", str(partition["is_domain"]).lower()
    for name in partition["object_classes"]:
        if not partition["selected"] or name.casefold() in STRUCTURAL:
            yield f"{inner}/object-classes/{name}", _LISTED
    if not is_domain:
        yield f"{inner}/selected", str(partition["selected"]).lower()
    if not (is_domain and partition["selected"]):
        for name in partition["inclusions"]:
            yield f"{inner}/inclusions/{name}", _LISTED
        for name in partition["exclusions"]:
            yield f"{inner}/exclusions/{name}", _LISTED


def _rules(server: Server, aliases: Mapping[str, str]) -> Iterator[Leaf]:
    """Yield tags of custom rules, neighbours by name, and rules that belong to no connector."""
    rules = server.tree.get("rules", [])
    known = _by_identifier(server, aliases)
    paths = {
        rule["identifier"]: f"{known.get(rule['connector'], rule['connector'])}/{rule['name']}"
        for rule in rules
    }
    for rule in rules:
        path = f"rules/{known.get(rule['connector'], rule['connector'])}/{rule['name']}"
        if known and rule["connector"] not in known:
            yield path, _LOST
        if rule["tag"] and parse_tag(rule["tag"]) is None:
            yield f"{path}/tag", rule["tag"]
        for name, neighbour in (
            ("precedence-after", rule["precedence_after"]),
            ("precedence-before", rule["precedence_before"]),
        ):
            if neighbour != NO_GUID:
                yield f"{path}/{name}", paths.get(neighbour, neighbour)


def _schemas(server: Server, aliases: Mapping[str, str]) -> Iterator[tuple[str, SchemaTree]]:
    known = _by_identifier(server, aliases)
    for identifier, schema in server.tree.get("schemas", {}).items():
        yield f"schemas/{known.get(identifier, identifier)}", schema


def _schema_leaves(schema: SchemaTree) -> Iterator[Leaf]:
    for name, words in schema["attributes"].items():
        yield f"attributes/{name}", words
    for name in schema["classes"]:
        yield f"classes/{name}", _LISTED
