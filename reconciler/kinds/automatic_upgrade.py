"""Automatic upgrade of a sync server (adsync-server.md 6.7)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import ClassVar

from reconciler.kinds.comparison import exact
from reconciler.kinds.kind import Draft, OperationDraft, Settled, World, Written
from reconciler.kinds.naming import Naming
from reconciler.kinds.server_settings import VALUE, ServerSetting, parameter
from reconciler.model.addresses import Address
from reconciler.model.changes import FieldChange
from reconciler.model.findings import Concern, Finding, Severity
from reconciler.model.nodes import Plain
from reconciler.model.resources import Reading, Resource
from reconciler.model.snapshots import Server

_STATE = "Microsoft.OptionalFeature.AutoUpgradeState"


UPGRADE_SUSPENDED = "RC3107"  # the system suspended automatic upgrade

_SUSPENDED = "suspended"
_OBSERVED = "state"


class AutomaticUpgrade(ServerSetting):
    """
    `enabled` or `disabled`; `suspended` is the system's own word and cannot be declared.

    Against a declared `enabled` it is a finding, never a write (decision A10): whoever enables a
    suspended upgrade by script hides why the system stopped it.
    """

    name = "automatic-upgrade"
    title = "automatic upgrade"
    slot = ("automatic_upgrade",)
    fields: ClassVar = {VALUE: exact, _OBSERVED: exact}
    observed = frozenset({_OBSERVED})
    global_parameters = (_STATE,)

    def read(self, server: Server, naming: Naming) -> Reading:
        """Return the state as the server holds it, in lower case."""
        state = parameter(server, _STATE)
        if state is None:
            return Reading()
        fields: dict[str, Plain] = {VALUE: state.casefold()}
        if state.casefold() == _SUSPENDED:
            fields[_OBSERVED] = _SUSPENDED
        return Reading(resources=(self.of(fields),))

    def settle(self, desired: Mapping[Address, Resource], world: World) -> Settled:
        """Return a declared `enabled` as only observed where the system suspended it."""
        wanted = desired.get(self.address)
        there = world.live[self.name].by_address().get(self.address)
        if (
            wanted is None
            or there is None
            or wanted.fields[VALUE] != "enabled"
            or there.fields[VALUE] != _SUSPENDED
        ):
            return Settled(resources=desired)
        fields: dict[str, Plain] = {VALUE: _SUSPENDED, _OBSERVED: "enabled"}
        return Settled(resources={self.address: replace(wanted, fields=fields)})

    def differs(
        self, desired: Resource, live: Resource, fields: Sequence[FieldChange]
    ) -> Finding | None:
        """Word the state that only the system sets."""
        return Finding(
            code=UPGRADE_SUSPENDED,
            severity=Severity.WARNING,
            concern=Concern.LIVE,
            what="automatic upgrade is suspended, not enabled",
            address=desired.address,
            place=desired.place_of(VALUE),
            expected=(
                "only the system suspends automatic upgrade, so the state is never written here",
            ),
            remedy=(
                "`Get-ADSyncAutoUpgrade -Detail` names the reason; "
                "remove it, or declare automatic_upgrade: disabled"
            ),
        )

    def written(self, resource: Resource, world: World) -> Written | None:
        """Leave out a suspended state: only the system sets it (decision A10)."""
        if resource.fields[VALUE] not in ("enabled", "disabled"):
            return None
        return super().written(resource, world)

    def operations(self, draft: Draft) -> tuple[OperationDraft, ...]:
        """Return the one write; none where a side is what only the system says."""
        if draft.paths != {VALUE} or draft.after(VALUE) not in ("enabled", "disabled"):
            return ()
        value = {"state": draft.after(VALUE)}
        return (OperationDraft(verb="set-automatic-upgrade", target=self.name, value=value),)

    def instructions(self, draft: Draft, world: World) -> tuple[str, ...]:
        """Return the cmdlet (how-to-connect-install-automatic-upgrade.md)."""
        return (f"Set-ADSyncAutoUpgrade -AutoUpgradeState {str(draft.after(VALUE)).capitalize()}",)
