"""
A sync rule as typed values: scope groups, join groups, flows, precedence.

The normal form that checks, lineage and (later) provisioning share; kinds convert to and from it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Direction(StrEnum):
    """Towards the metaverse or away from it."""

    INBOUND = "inbound"
    OUTBOUND = "outbound"


class LinkType(StrEnum):
    """How a rule links an object (declarative-provisioning.md 1.7)."""

    PROVISION = "provision"
    JOIN = "join"
    STICKY_JOIN = "sticky-join"
    JOIN_NO_FLOW = "join-no-flow"


class MergeType(StrEnum):
    """How the values of several rules for one attribute come together."""

    UPDATE = "update"
    REPLACE = "replace"
    MERGE = "merge"
    MERGE_CASE_INSENSITIVE = "merge-case-insensitive"


class FlowType(StrEnum):
    """The three kinds of attribute flow."""

    DIRECT = "direct"
    CONSTANT = "constant"
    EXPRESSION = "expression"


OPERATORS = (
    "EQUAL",
    "NOTEQUAL",
    "LESSTHAN",
    "LESSTHAN_OR_EQUAL",
    "CONTAINS",
    "NOTCONTAINS",
    "STARTSWITH",
    "NOTSTARTSWITH",
    "ENDSWITH",
    "NOTENDSWITH",
    "GREATERTHAN",
    "GREATERTHAN_OR_EQUAL",
    "ISNULL",
    "ISNOTNULL",
    "ISIN",
    "ISNOTIN",
    "ISBITSET",
    "ISBITNOTSET",
    "ISMEMBEROF",
    "ISNOTMEMBEROF",
)
"""The 20 scope operators in the vendor's spelling and order (adsync-server.md 5.2)."""


@dataclass(frozen=True, slots=True)
class ScopeCondition:
    """One condition of a scope group; the operand is always text."""

    attribute: str
    operator: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class JoinCondition:
    """One condition of a join group."""

    cs: str
    mv: str
    case_sensitive: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """One attribute flow: exactly one of source attributes, constant and expression decides."""

    target: str
    type: FlowType
    sources: tuple[str, ...] = ()
    constant: str = ""
    expression: str = ""
    merge: MergeType = MergeType.UPDATE
    execute_once: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A sync rule; groups of `scope` are alternatives, groups of `join` are tried in order."""

    name: str
    connector: str
    direction: Direction
    source: str
    target: str
    link: LinkType
    precedence: int | None
    disabled: bool = False
    password_sync: bool = False
    soft_delete_expiry: str = "00:00:00"
    description: str = ""
    scope: tuple[tuple[ScopeCondition, ...], ...] = ()
    join: tuple[tuple[JoinCondition, ...], ...] = ()
    flows: tuple[Flow, ...] = ()
