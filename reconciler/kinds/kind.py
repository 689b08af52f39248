"""
What every kind answers: where it stands in git and on a server, how it is compared and changed.

The engine calls these answers in one order for all kinds; `registry` lists the kinds there are.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import ClassVar

from reconciler.kinds.comparison import Comparison
from reconciler.kinds.naming import Naming
from reconciler.model.addresses import Address
from reconciler.model.changes import Action, FieldChange, FollowUp, Risk, Support
from reconciler.model.estates import DocumentType, Estate
from reconciler.model.findings import Finding
from reconciler.model.nodes import Plain
from reconciler.model.resources import Reading, Resource
from reconciler.model.snapshots import Part, Server, State


class Presence(Enum):
    """What it means that a thing stands on one side only."""

    NOTHING = auto()  # not managed
    CHANGE = auto()  # create it, or report it as unmanaged (or delete it, as policy says)
    FINDING = auto()  # never a write: the kind words the finding
    DAMAGE = auto()  # it cannot be missing: the source is incomplete
    UNREAD = auto()  # this source does not hold it: coverage, never a difference


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A difference that a kind is asked to judge and to turn into operations."""

    address: Address
    name: str
    action: Action
    fields: tuple[FieldChange, ...]
    desired: Resource | None
    live: Resource | None
    moved_from: Address | None = None

    @property
    def paths(self) -> frozenset[str]:
        """Return the names of the changed fields without what follows a dot or bracket."""
        return frozenset(change.path.split(".")[0].split("[")[0] for change in self.fields)

    def before(self, path: str) -> Plain:
        """Return what a field is so far; None where it does not change."""
        return next((change.before for change in self.fields if change.path == path), None)

    def after(self, path: str) -> Plain:
        """Return what a field is to become; None where it does not change."""
        return next((change.after for change in self.fields if change.path == path), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class OperationDraft:
    """A write as a kind words it; the engine gives it an id, a server and a group."""

    verb: str
    target: str
    value: Mapping[str, Plain]
    expect: str = ""  # "", "absent" or "after" (the operation before it in this draft)
    facet: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """What a kind may know of the others when it settles its desired side."""

    server: str
    naming: Naming
    desired: Mapping[str, Mapping[Address, Resource]]  # by kind
    live: Mapping[str, Reading]  # by kind
    is_whole: bool = True  # False when only some addresses were asked for


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """The desired side after relative wishes were solved against the live side."""

    resources: Mapping[Address, Resource]
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """Where and what a resource is in a document: the document's own name, the path, the value."""

    document: DocumentType
    owner: str  # connector alias, rule address or "" for a document that occurs once
    path: tuple[str, ...]
    value: Plain


class Kind(ABC):
    """
    One kind of configured thing.

    Subclasses state facts as class attributes and answer the questions below; none of them reads
    the clock, a file or the network.
    """

    name: ClassVar[str]
    title: ClassVar[str]
    document: ClassVar[DocumentType]
    slot: ClassVar[tuple[str, ...]] = ()  # path in the document; `*` stands for the address' name
    parts: ClassVar[tuple[Part, ...]]
    fields: ClassVar[Mapping[str, Comparison]]
    defaults: ClassVar[
        Mapping[str, Plain]
    ] = {}  # what a field of a closed document means when absent
    observed: ClassVar[frozenset[str]] = frozenset()  # fields whose difference is a finding only
    support: ClassVar[Support] = Support.SUPPORTED
    only_live: ClassVar[Presence] = Presence.NOTHING
    only_desired: ClassVar[Presence] = Presence.CHANGE
    global_parameters: ClassVar[
        tuple[str, ...]
    ] = ()  # global parameters that no other comparison needs
    hand_tool_runs_steps: ClassVar[bool] = False  # the wizard starts the follow-ups by itself
    rank: ClassVar[int] = 50  # order of groups in a plan (decision E8)

    # -- the two sides

    @abstractmethod
    def declared(self, estate: Estate, server: str) -> Iterator[Resource]:
        """Yield what git declares for `server`; fields that are not written are left out."""

    @abstractmethod
    def read(self, server: Server, naming: Naming) -> Reading:
        """Return what the server holds; every part in `parts` was read."""

    def found(self, server: Server, naming: Naming) -> Reading:
        """Return what the server holds, or why it cannot be known."""
        states = {part: server.state_of(part) for part in self.parts}
        for state in (State.DAMAGED, State.ABSENT):
            bad = [part for part, found in states.items() if found is state]
            if bad:
                notes = {entry.part: entry.note for entry in server.coverage}
                return Reading(state=state, note=notes.get(bad[0], ""))
        return self.read(server, naming)

    @abstractmethod
    def written(self, resource: Resource, world: World) -> Written | None:
        """Return what `import` writes for a live resource, or None where it is not declarable."""

    def settle(self, desired: Mapping[Address, Resource], world: World) -> Settled:
        """Return the desired side with wishes that depend on the live side solved."""
        return Settled(resources=desired)

    # -- a difference

    def missing(self, resource: Resource, *, on_live: bool) -> Finding | None:
        """Word the finding about a thing that stands on one side only."""
        return None

    def differs(
        self, desired: Resource, live: Resource, fields: Sequence[FieldChange]
    ) -> Finding | None:
        """Word the finding about observed fields that differ."""
        return None

    def risk(self, draft: Draft) -> Risk:
        """Judge what the change can do to people."""
        return Risk.BEHAVIOUR

    def support_of(self, draft: Draft) -> Support:
        """Tell whether the vendor supports scripting this very change."""
        return self.support

    def operations(self, draft: Draft) -> tuple[OperationDraft, ...]:
        """Return the writes that make the change; none where only a person can."""
        return ()

    def follow_ups(self, draft: Draft, world: World) -> tuple[FollowUp, ...]:
        """Return the run steps that must follow (adsync-server.md 8.1)."""
        return ()

    def needs(self, draft: Draft, others: Sequence[Draft]) -> tuple[Address, ...]:
        """Return the changes among `others` that must be done before this one."""
        return ()

    @abstractmethod
    def instructions(self, draft: Draft, world: World) -> tuple[str, ...]:
        """Return how a person makes the change by hand, a step a line."""
