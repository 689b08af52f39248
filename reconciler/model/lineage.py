"""
Lineage: who feeds an attribute, in which order and under which condition.

A value only; `application` reads it off the rules, `report` prints it.
"""

from __future__ import annotations

from dataclasses import dataclass

from reconciler.model.addresses import Address
from reconciler.model.rules import Direction


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution:
    """
    One rule's flow to the attribute.

    `flow` is what flows, as text (an attribute, a constant in quotes or an expression); `merge` is
    the merge type's word. `scope` has one text a scope group, its conditions joined by " and ": the
    groups are alternatives, and no group means always. `precedence` is None where it is a wish that
    only a plan can solve; contributions stand in the order in which they count.
    """

    precedence: int | None
    rule: str
    address: Address
    connector: str
    flow: str
    merge: str
    scope: tuple[str, ...] = ()
    is_disabled: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Lineage:
    """The contributions to one attribute of one object type, towards or away from the metaverse."""

    attribute: str
    object_type: str
    direction: Direction
    contributions: tuple[Contribution, ...] = ()
