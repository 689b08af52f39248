"""
Which alias in git stands for which connector on a server (decision A4).

Identifiers differ between servers and never stand in git; they are resolved here, per server.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from reconciler.model.estates import DocumentType, Estate
from reconciler.model.snapshots import ENTRA_CONNECTOR, ConnectorTree, Server

ENTRA_ALIAS = "entra"


@dataclass(frozen=True, slots=True, kw_only=True)
class Naming:
    """
    Aliases and connectors of one server.

    `known` are the aliases that git has; connectors beyond those have a derived alias, so that they
    can be named in a finding or imported.
    """

    connectors: Mapping[str, ConnectorTree]  # by alias
    known: frozenset[str]

    def alias_of(self, identifier: str) -> str | None:
        """Return the alias of a connector identifier, or None."""
        for alias, connector in self.connectors.items():
            if connector["identifier"] == identifier:
                return alias
        return None

    def server_name(self, alias: str) -> str:
        """Return what the server calls a connector; the alias where it has no such connector."""
        connector = self.connectors.get(alias)
        return connector["name"] if connector else alias

    def entra_name(self) -> str | None:
        """Return what the server calls the tenant's connector, or None where it has none."""
        return next((tree["name"] for tree in self.connectors.values() if is_entra(tree)), None)


def is_entra(connector: ConnectorTree) -> bool:
    """Tell whether this is the connector of the tenant (adsync-server.md 4.1)."""
    return connector["identifier"] == ENTRA_CONNECTOR or connector["type"] == "Extensible2"


def forest_of(connector: ConnectorTree) -> str:
    """Return the forest (or, for the tenant, its name) that a connector stands for."""
    if is_entra(connector):
        return re.sub(r"\s+-\s+AAD$", "", connector["name"])
    return connector["parameters"].get("connectivity", {}).get("forest-name") or connector["name"]


def name_connectors(server: Server, estate: Estate | None) -> Naming:
    """Return the naming of a server: aliases of git first, derived ones for the rest."""
    declared = declared_connectors(estate) if estate else {}
    by_forest = {forest.casefold(): alias for alias, forest in declared.items()}
    connectors: dict[str, ConnectorTree] = {}
    rest = []
    for connector in sorted(server.tree.get("connectors", []), key=_by_name):
        alias = by_forest.get(forest_of(connector).casefold())
        if alias is None or alias in connectors:
            rest.append(connector)
        else:
            connectors[alias] = connector
    for connector in rest:
        connectors[_derived(connector, taken={*connectors, *declared})] = connector
    return Naming(connectors=connectors, known=frozenset(declared))


def declared_connectors(estate: Estate) -> dict[str, str]:
    """Return alias and forest (or tenant) of each connector document."""
    declared = {}
    for document in estate.of_type(DocumentType.CONNECTOR):
        alias = document.root.member("connector")
        forest = document.root.member("forest") or document.root.member("tenant")
        if alias and forest and isinstance(alias.value, str) and isinstance(forest.value, str):
            declared[alias.value] = forest.value
    return declared


def _by_name(connector: ConnectorTree) -> tuple[str, str]:
    return (connector["name"], connector["identifier"])


def _derived(connector: ConnectorTree, *, taken: set[str]) -> str:
    label = ENTRA_ALIAS if is_entra(connector) else forest_of(connector).split(".")[0]
    alias = re.sub(r"[^a-z0-9-]+", "-", label.lower()).strip("-") or "connector"
    number = 1
    unique = alias
    while unique in taken:
        number += 1
        unique = f"{alias}-{number}"
    return unique
