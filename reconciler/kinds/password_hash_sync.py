"""Password hash synchronization of one AD connector (adsync-server.md 6.1)."""

from __future__ import annotations

from typing import ClassVar

from reconciler.kinds.comparison import exact
from reconciler.kinds.connector_settings import ConnectorSetting
from reconciler.kinds.kind import Draft, OperationDraft, World
from reconciler.kinds.naming import Naming, is_entra
from reconciler.kinds.server_settings import VALUE
from reconciler.model.changes import Risk
from reconciler.model.nodes import Plain
from reconciler.model.snapshots import ConnectorTree


class PasswordHashSync(ConnectorSetting):
    """`enabled` or `disabled` for a forest; the vendor supports the cmdlet."""

    name = "password-hash-sync"
    title = "password hash synchronization"
    slot = ("password_hash_sync",)
    fields: ClassVar = {VALUE: exact}
    rank = 80

    def value_of(self, connector: ConnectorTree, naming: Naming) -> Plain:
        """Return the state; a connector without it (the tenant's) says nothing."""
        state = connector.get("password_hash_sync")
        if state is None or is_entra(connector):
            return None
        return "enabled" if state["enabled"] else "disabled"

    def risk(self, draft: Draft) -> Risk:
        """Judge: people of the forest can or can no longer sign in with their AD password."""
        return Risk.SECURITY

    def operations(self, draft: Draft) -> tuple[OperationDraft, ...]:
        """Return the one write; the Entra connector is resolved on the server."""
        value = {"enabled": draft.after(VALUE) == "enabled"}
        target = f"connector/{draft.address.connector}"
        return (
            OperationDraft(
                verb="set-password-hash-sync", target=target, facet=self.name, value=value
            ),
        )

    def instructions(self, draft: Draft, world: World) -> tuple[str, ...]:
        """Return the cmdlet (tshoot-connect-password-hash-synchronization.md)."""
        enable = "$true" if draft.after(VALUE) == "enabled" else "$false"
        source = _literal(world.naming.server_name(draft.address.connector))
        target = _literal(world.naming.entra_name() or "<name of the Entra connector>")
        return (
            (
                f"Set-ADSyncAADPasswordSyncConfiguration -SourceConnector {source} "
                f"-TargetConnector {target} -Enable {enable}"
            ),
        )


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
