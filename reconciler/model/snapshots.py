"""
A snapshot: what one or more sync servers were seen to hold, in one shape for every source.

`live` fills it from exports, recordings and servers (syntax only); kinds select and normalise.
The trees are plain JSON values in the vendor's words, so that a recording is the tree itself.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import NotRequired, TypedDict


class Part(StrEnum):
    """The parts of a server that a source can hold, lose or lack."""

    GLOBAL_SETTINGS = "global-settings"
    CONNECTORS = "connectors"
    RULES = "rules"
    SCHEMAS = "schemas"
    PREFERRED_DOMAIN_CONTROLLERS = "preferred-domain-controllers"
    AUDIT_LOGGING = "audit-logging"


class State(StrEnum):
    """Coverage has three states (decision B3)."""

    READ = "read"
    ABSENT = "not in this source"
    DAMAGED = "damaged or refused"


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Coverage:
    """How far one part was read; `note` says why it was not."""

    part: Part
    state: State
    note: str = ""


class ScopeConditionTree(TypedDict):
    """A scope condition; `operator` in the vendor's spelling."""

    attribute: str
    operator: str
    value: str


class JoinConditionTree(TypedDict):
    """A join condition: connector-space attribute, metaverse attribute, case-sensitive."""

    cs: str
    mv: str
    case_sensitive: bool


class FlowTree(TypedDict):
    """An attribute flow. `source` lists attributes (direct, expression); `constant` is the text."""

    target: str
    type: str  # Direct | Constant | Expression
    source: list[str]
    constant: NotRequired[str]
    expression: NotRequired[str]
    merge: str  # Update | Replace | MergeCaseInsensitive | Merge
    execute_once: bool


class RuleTree(TypedDict):
    """A synchronization rule; identifiers are lower-case GUIDs without braces, line ends are LF."""

    identifier: str
    name: str
    description: str
    tag: str
    connector: str
    direction: str  # Inbound | Outbound
    disabled: bool
    source: str
    target: str
    link: str  # Provision | StickyJoin | Join | JoinNoFlow
    precedence: int
    precedence_after: str
    precedence_before: str
    soft_delete_expiry: str
    password_sync: bool
    scope: list[list[ScopeConditionTree]]
    join: list[list[JoinConditionTree]]
    flows: list[FlowTree]


class PartitionTree(TypedDict):
    """A partition of a connector. `preferred_domain_controllers` is missing where unread."""

    dn: str
    name: str
    selected: bool
    is_domain: bool
    object_classes: list[str]
    inclusions: list[str]
    exclusions: list[str]
    parameters: dict[str, str]
    preferred_domain_controllers: NotRequired[list[str]]


class PasswordHashSyncTree(TypedDict):
    """Password hash synchronization of one AD connector."""

    enabled: bool
    target: str


class ConnectorTree(TypedDict):
    """A connector; `parameters` by holder (`connectivity`, `global`), secrets never included."""

    identifier: str
    name: str
    type: str  # AD | Extensible2 | another
    subtype: str
    parameters: dict[str, dict[str, str]]
    partitions: list[PartitionTree]
    attributes: list[str]
    password_hash_sync: NotRequired[PasswordHashSyncTree]


class SchemaTree(TypedDict):
    """
    A schema reduced to name, type and flags: `{"member": "reference multi"}`.

    Words: string, integer, boolean, binary, reference; then multi, indexable, read-only,
    export-only.
    """

    attributes: dict[str, str]
    classes: list[str]


class ServerTree(TypedDict):
    """Everything read from one server; a part that was not read is missing."""

    parameters: NotRequired[dict[str, str]]
    connectors: NotRequired[list[ConnectorTree]]
    rules: NotRequired[list[RuleTree]]
    schemas: NotRequired[dict[str, SchemaTree]]  # "metaverse" or a connector's identifier
    audit_logging: NotRequired[bool]
    raw: NotRequired[dict[str, str]]  # leaves that no shape above holds: path to text


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """
    One server as a source showed it.

    `read_at` is the source's own time (ISO 8601 without zone where the source states none), never
    the clock's. `kind_of_source` is `export`, `snapshot` or `bridge`; a path is never kept.
    """

    name: str
    kind_of_source: str
    read_at: str | None
    build: str | None
    instance: str | None = None
    tree: ServerTree
    coverage: tuple[Coverage, ...] = ()

    def state_of(self, part: Part) -> State:
        """Return how far `part` was read; a part that nobody mentions is absent."""
        return next((entry.state for entry in self.coverage if entry.part is part), State.ABSENT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """One or more servers (decision B1)."""

    servers: tuple[Server, ...] = field(default=())


ENTRA_CONNECTOR = "b891884f-051e-4a83-95af-2544101c9083"
"""The Entra connector has one identifier everywhere (declarative-provisioning.md 1.1)."""

NO_GUID = "00000000-0000-0000-0000-000000000000"
