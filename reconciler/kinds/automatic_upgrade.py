"""Automatic upgrade of a sync server (adsync-server.md 6.7)."""

from __future__ import annotations

from typing import ClassVar

from reconciler.kinds.comparison import exact
from reconciler.kinds.kind import Draft, OperationDraft, World, Written
from reconciler.kinds.naming import Naming
from reconciler.kinds.server_settings import VALUE, ServerSetting, parameter
from reconciler.model.resources import Reading, Resource
from reconciler.model.snapshots import Server

_STATE = "Microsoft.OptionalFeature.AutoUpgradeState"


class AutomaticUpgrade(ServerSetting):
    """`enabled` or `disabled`; `suspended` is the system's own word and cannot be declared."""

    name = "automatic-upgrade"
    title = "automatic upgrade"
    slot = ("automatic_upgrade",)
    fields: ClassVar = {VALUE: exact}
    global_parameters = (_STATE,)

    def read(self, server: Server, naming: Naming) -> Reading:
        """Return the state as the server holds it, in lower case."""
        state = parameter(server, _STATE)
        if state is None:
            return Reading()
        return Reading(resources=(self.of({VALUE: state.casefold()}),))

    def written(self, resource: Resource, world: World) -> Written | None:
        """Leave out a suspended state: only the system sets it (decision A10)."""
        if resource.fields[VALUE] not in ("enabled", "disabled"):
            return None
        return super().written(resource, world)

    def operations(self, draft: Draft) -> tuple[OperationDraft, ...]:
        """Return the one write."""
        value = {"state": draft.after(VALUE)}
        return (OperationDraft(verb="set-automatic-upgrade", target=self.name, value=value),)

    def instructions(self, draft: Draft) -> tuple[str, ...]:
        """Return the cmdlet (how-to-connect-install-automatic-upgrade.md)."""
        return (f"Set-ADSyncAutoUpgrade -AutoUpgradeState {str(draft.after(VALUE)).capitalize()}",)
