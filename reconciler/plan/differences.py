"""
Differences between the two sides, kind by kind: drafts of changes, findings and what is unmanaged.

The same walk for every kind; what a one-sided thing means is the kind's own fact (`Presence`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
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
    """What a comparison found; filled by one walk and read by the plan."""

    drafts: list[Draft] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    unmanaged: list[Unmanaged] = field(default_factory=list)
    coverage: list[KindCoverage] = field(default_factory=list)
    blocked: list[Blocked] = field(default_factory=list)


def find_differences(
    sides: Sides,
    *,
    targets: Sequence[Address] = (),
    deletes_unmanaged: bool = False,
    is_parity: bool = False,
) -> Differences:
    """
    Return everything in which the two sides differ.

    A kind that was not read completely takes no part: unread is never different (decision B6). In
    parity both sides are servers: every field counts, and a thing on one side only is just that.
    """
    found = Differences(findings=list(sides.findings))
    for name, kind in KINDS.items():
        reading = sides.live[name]
        desired = _wanted(sides.desired[name], targets)
        found.findings.extend(reading.findings)
        found.coverage.append(_coverage(kind, reading, sides.world.server, bool(desired)))
        if reading.state is State.READ:
            live = _wanted(_known(reading, sides), targets)
            walk = _Walk(kind, reading, sides, found)
            walk.deletes_unmanaged = deletes_unmanaged
            walk.is_parity = is_parity
            walk.run(desired, live)
    return found


def _wanted(
    resources: Mapping[Address, Resource], targets: Sequence[Address]
) -> dict[Address, Resource]:
    if not targets:
        return dict(resources)
    return {
        address: resource
        for address, resource in resources.items()
        if any(
            matches(address, target) or matches(resource.moved_from, target) for target in targets
        )
    }


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


def _coverage(kind: Kind, reading: Reading, server: str, is_declared: bool) -> KindCoverage:
    return KindCoverage(
        kind=kind.name, server=server, state=reading.state, note=reading.note, declared=is_declared
    )


class _Walk:
    """One kind's walk over the addresses of both sides."""

    def __init__(self, kind: Kind, reading: Reading, sides: Sides, found: Differences) -> None:
        self._kind = kind
        self._reading = reading
        self._server = sides.world.server
        self._found = found
        self.deletes_unmanaged = False
        self.is_parity = False

    def run(self, desired: Mapping[Address, Resource], live: Mapping[Address, Resource]) -> None:
        """Compare every address of either side, in order."""
        moves = {
            resource.moved_from: address
            for address, resource in desired.items()
            if resource.moved_from in live
            and address not in live
            and resource.moved_from not in desired
        }
        for address in sorted(desired.keys() | live.keys()):
            if address in self._reading.unreadable:
                reason = "it could not be read on the server"
                self._found.blocked.append(Blocked(address=address, reason=reason))
                continue
            wanted, there = desired.get(address), live.get(address)
            if wanted is not None and there is None and wanted.moved_from in moves:
                there = live[wanted.moved_from] if wanted.moved_from else None
            if wanted is None and address in moves:
                continue
            self._compare(wanted, there)

    def _compare(self, wanted: Resource | None, there: Resource | None) -> None:
        if wanted is not None and there is not None:
            self._both(wanted, there)
        elif wanted is not None:
            presence = Presence.CHANGE if self.is_parity else self._kind.only_desired
            self._one_sided(wanted, presence, on_live=True)
        elif there is not None and (self.is_parity or self._kind.only_live is Presence.CHANGE):
            self._undeclared(there)
        elif there is not None:
            self._one_sided(there, self._kind.only_live, on_live=False)

    def _both(self, wanted: Resource, there: Resource) -> None:
        changes = list(_field_changes(self._kind, there, wanted))
        self._report_unread(wanted, there)
        names = frozenset[str]() if self.is_parity else self._kind.observed
        observed = [change for change in changes if _root(change.path) in names]
        managed = tuple(change for change in changes if _root(change.path) not in names)
        if observed:
            finding = self._kind.differs(wanted, there, observed)
            if finding is not None:
                self._found.findings.append(replace(finding, server=self._server))
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
                self._found.findings.append(replace(finding, server=self._server))

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
        if not (self.is_parity or self.deletes_unmanaged):
            self._found.unmanaged.append(
                Unmanaged(address=there.address, name=there.name, server=self._server)
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
        self._found.coverage.append(
            KindCoverage(
                kind=self._kind.name,
                server=self._server,
                state=State.ABSENT,
                note=what,
                declared=True,
            )
        )


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
