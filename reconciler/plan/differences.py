"""
Differences between the two sides, kind by kind: drafts of changes, findings and what is unmanaged.

The same walk for every kind; what a one-sided thing means is the kind's own fact (`Presence`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from reconciler.kinds.kind import Draft, Kind, Presence
from reconciler.kinds.registry import KINDS
from reconciler.model.addresses import Address
from reconciler.model.changes import Action, FieldChange
from reconciler.model.findings import Finding
from reconciler.model.plans import Blocked, KindCoverage, Unmanaged
from reconciler.model.resources import Reading, Resource
from reconciler.model.snapshots import State
from reconciler.plan.sides import Sides

_NOTHING = Resource(address=Address(""), name="", fields={})


@dataclass(slots=True, kw_only=True)
class Differences:
    """
    What a comparison found; filled by one walk and read by the plan.

    `left_out` are differences that nobody asked for: what was asked for may depend on them.
    """

    drafts: list[Draft] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    unmanaged: list[Unmanaged] = field(default_factory=list)
    coverage: list[KindCoverage] = field(default_factory=list)
    blocked: list[Blocked] = field(default_factory=list)
    left_out: list[Draft] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """
    What is looked at, and how.

    `targets` are the addresses that were asked for, none means all. In parity both sides are
    servers: every field counts, and a thing on one side only is just that.
    """

    targets: tuple[Address, ...] = ()
    deletes_unmanaged: bool = False
    is_parity: bool = False

    def asks_for(self, *addresses: Address | None) -> bool:
        """Tell whether one of the addresses was asked for."""
        return not self.targets or any(
            matches(address, target) for address in addresses for target in self.targets
        )


def find_differences(sides: Sides, scope: Scope | None = None) -> Differences:
    """
    Return everything in which the two sides differ.

    A kind that was not read completely takes no part: unread is never different (decision B6).
    """
    scope = scope or Scope()
    found = Differences(findings=list(sides.findings))
    for name, kind in KINDS.items():
        reading, desired = sides.live[name], sides.desired[name]
        found.findings.extend(reading.findings)
        is_needed = kind.only_desired is not Presence.NOTHING
        found.coverage.append(
            KindCoverage(
                kind=name,
                server=sides.world.server,
                state=reading.state,
                note=reading.note,
                declared=is_needed and any(scope.asks_for(address) for address in desired),
            )
        )
        if reading.state is State.READ:
            _Walk(kind, sides, scope, found).run(desired, _known(reading, sides))
    return found


def matches(address: Address | None, target: Address) -> bool:
    """Tell whether an address is the target or stands below it (`domain/corp`, `sync-rule`)."""
    if address is None or address.kind != target.kind:
        return False
    return target.connector in ("", address.connector) and target.name in ("", address.name)


def _known(reading: Reading, sides: Sides) -> dict[Address, Resource]:
    """Leave out what belongs to a connector that git does not know: one finding says that."""
    known = sides.world.naming.known
    return {
        address: resource
        for address, resource in reading.by_address().items()
        if not address.connector or address.connector in known or address.kind == "connector"
    }


class _Walk:
    """One kind's walk over the addresses of both sides."""

    def __init__(self, kind: Kind, sides: Sides, scope: Scope, found: Differences) -> None:
        self._kind = kind
        self._reading = sides.live[kind.name]
        self._world = sides.world
        self._scope = scope
        self._whole = found
        self._found = found

    def run(self, desired: Mapping[Address, Resource], live: Mapping[Address, Resource]) -> None:
        """Compare every address of either side, in order."""
        moves = _moves(desired, live)
        gone = set(moves.values())
        for address in sorted(desired.keys() | (live.keys() - gone)):
            old = moves.get(address)
            is_asked = self._scope.asks_for(address, old)
            self._found = self._whole if is_asked else Differences()
            wanted, there = desired.get(address), live.get(old or address)
            reason = self._obstacle(address, wanted)
            if reason:
                self._found.blocked.append(Blocked(address=address, reason=reason))
                if wanted is not None:
                    self._note_unread(reason)
            else:
                self._compare(wanted, there)
            if not is_asked:
                self._whole.left_out.extend(self._found.drafts)

    def _obstacle(self, address: Address, wanted: Resource | None) -> str:
        """Return why an address cannot be compared, or nothing (decision B6)."""
        unreadable = self._reading.unreadable
        if address in unreadable or (wanted and wanted.moved_from in unreadable):
            return "it could not be read on the server"
        connectors = {"", *self._world.naming.connectors}
        is_lost = wanted is not None and address.connector not in connectors
        if is_lost and address.kind != "connector" and not self._scope.is_parity:
            return f"connector {address.connector} is not in the source"
        return ""

    def _compare(self, wanted: Resource | None, there: Resource | None) -> None:
        if wanted is not None and there is not None:
            self._both(wanted, there)
        elif wanted is not None:
            presence = Presence.CHANGE if self._scope.is_parity else self._kind.only_desired
            self._one_sided(wanted, presence, on_live=True)
        elif there is not None and (
            self._scope.is_parity or self._kind.only_live is Presence.CHANGE
        ):
            self._undeclared(there)
        elif there is not None:
            self._one_sided(there, self._kind.only_live, on_live=False)

    def _both(self, wanted: Resource, there: Resource) -> None:
        changes = list(_field_changes(self._kind, there, wanted))
        self._report_unread(wanted, there)
        names = frozenset[str]() if self._scope.is_parity else self._kind.observed
        observed = [change for change in changes if _root(change.path) in names]
        managed = tuple(change for change in changes if _root(change.path) not in names)
        if observed:
            finding = self._kind.differs(wanted, there, observed)
            if finding is not None:
                self._found.findings.append(replace(finding, server=self._world.server))
        moved = wanted.address != there.address
        if managed or moved:
            self._found.drafts.append(
                Draft(
                    address=wanted.address,
                    name=wanted.name,
                    action=Action.UPDATE,
                    fields=managed,
                    desired=wanted,
                    live=there,
                    moved_from=there.address if moved else None,
                )
            )

    def _one_sided(self, resource: Resource, presence: Presence, *, on_live: bool) -> None:
        if presence is Presence.CHANGE:
            self._found.drafts.append(self._creation(resource))
        elif presence is Presence.UNREAD:
            self._note_unread(str(resource.address))
        elif presence in (Presence.FINDING, Presence.DAMAGE):
            finding = self._kind.missing(resource, on_live=on_live)
            if finding is not None:
                self._found.findings.append(replace(finding, server=self._world.server))

    def _creation(self, resource: Resource) -> Draft:
        return Draft(
            address=resource.address,
            name=resource.name,
            action=Action.CREATE,
            fields=tuple(_field_changes(self._kind, _NOTHING, resource)),
            desired=resource,
            live=None,
        )

    def _undeclared(self, there: Resource) -> None:
        if not (self._scope.is_parity or self._scope.deletes_unmanaged):
            self._found.unmanaged.append(
                Unmanaged(address=there.address, name=there.name, server=self._world.server)
            )
            return
        if self._reading.unreadable:
            reason = "not deleted: some rules of the server could not be read"
            self._found.blocked.append(Blocked(address=there.address, reason=reason))
            return
        self._found.drafts.append(
            Draft(
                address=there.address,
                name=there.name,
                action=Action.DELETE,
                fields=tuple(_field_changes(self._kind, there, _NOTHING)),
                desired=None,
                live=there,
            )
        )

    def _report_unread(self, wanted: Resource, there: Resource) -> None:
        missing = [
            name for name in self._kind.fields if name in wanted.fields and name not in there.fields
        ]
        if missing:
            self._note_unread(f"{wanted.address}: {', '.join(missing)}")

    def _note_unread(self, what: str) -> None:
        entry = KindCoverage(
            kind=self._kind.name,
            server=self._world.server,
            state=State.ABSENT,
            note=what,
            declared=True,
        )
        if entry not in self._found.coverage:
            self._found.coverage.append(entry)


def _moves(
    desired: Mapping[Address, Resource], live: Mapping[Address, Resource]
) -> dict[Address, Address]:
    """Return new and old address of each rename; of two that claim one thing the first has it."""
    moves: dict[Address, Address] = {}
    for address in sorted(desired.keys() - live.keys()):
        old = desired[address].moved_from
        if old is not None and old in live and old not in desired and old not in moves.values():
            moves[address] = old
    return moves


def _root(path: str) -> str:
    return path.split(".", maxsplit=1)[0].split("[", maxsplit=1)[0]


def _field_changes(kind: Kind, before: Resource, after: Resource) -> Iterator[FieldChange]:
    """Yield the differences of the fields that both sides have; a missing side has defaults."""
    for name, comparison in kind.fields.items():
        if before is _NOTHING:
            if name in after.fields:
                yield from comparison.differences(name, kind.defaults.get(name), after.fields[name])
        elif after is _NOTHING:
            if name in before.fields:
                yield from comparison.differences(
                    name, before.fields[name], kind.defaults.get(name)
                )
        elif name in before.fields and name in after.fields:
            yield from comparison.differences(name, before.fields[name], after.fields[name])
