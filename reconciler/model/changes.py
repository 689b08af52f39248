"""
A change: what one thing should become, why it matters, and how it is done, as data.

Decision D. The plan builds changes, reports print them, apply carries their operations out.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from reconciler.model.addresses import Address
from reconciler.model.nodes import Plain


class Action(StrEnum):
    """What happens to the thing."""

    CREATE = "create"
    UPDATE = "update"
    DELETE = "delete"


class Risk(StrEnum):
    """What a change can do to people, mildest first."""

    COSMETIC = "cosmetic"
    BEHAVIOUR = "behaviour"
    SCOPE_WIDENING = "scope-widening"
    SCOPE_SHRINKING = "scope-shrinking"
    DESTRUCTIVE = "destructive"
    SECURITY = "security"


class Support(StrEnum):
    """Whether the vendor supports a scripted change (adsync-server.md 0.3)."""

    SUPPORTED = "supported"
    UNSUPPORTED = "unsupported"  # a script path exists; the vendor documents only the wizard
    MANUAL = "manual"


class Attribution(StrEnum):
    """Whose difference it is; two-way until something was applied (decision B5)."""

    YOUR_CHANGE = "your change"
    DRIFT = "drift"
    PRODUCT_UPGRADE = "product upgrade"
    UNDECIDED = "your change or drift"


class Step(StrEnum):
    """The run step that a change needs on a connector (adsync-server.md 8.1)."""

    FULL_IMPORT = "full import"
    FULL_SYNCHRONIZATION = "full synchronization"
    DELTA_SYNCHRONIZATION = "delta synchronization"


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChange:
    """
    One field before and after.

    A member of a set that comes or goes has the same path as its neighbours and None on one side.
    `form` tells reports how to show it: `text`, `member`, `expression`, or `flow` where both sides
    are attribute flows.
    """

    path: str
    before: Plain
    after: Plain
    form: str = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """
    One write, with logical names only; identifiers and revisions are filled in at apply.

    `expect` maps a facet to what must still be true: a revision (empty until apply), `absent`, or
    `after:<operation id>`.
    """

    id: str
    server: str
    verb: str
    target: str
    group: str
    expect: dict[str, str]
    value: dict[str, Plain]


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class FollowUp:
    """A run step that must follow, on a connector by alias; `by` says who starts it."""

    connector: str
    step: Step
    by: str = "reconciler"  # reconciler | wizard | person


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One item of a plan; a manual change has instructions and no operations."""

    address: Address
    name: str
    kind: str
    server: str
    action: Action
    risk: Risk
    support: Support
    attribution: Attribution
    fields: tuple[FieldChange, ...]
    moved_from: Address | None = None
    after: tuple[Address, ...] = ()
    instructions: tuple[str, ...] = ()
    operations: tuple[Operation, ...] = ()
    follow_ups: tuple[FollowUp, ...] = ()

    @property
    def is_manual(self) -> bool:
        """Tell whether a person has to do it."""
        return not self.operations
