"""Password hash synchronization of one AD connector (adsync-server.md 6.1)."""

from __future__ import annotations

from typing import ClassVar

from reconciler.kinds.comparison import exact
from reconciler.kinds.connector_settings import ConnectorSetting
from reconciler.kinds.kind import Draft, OperationDraft
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
        if state is None:
            return None
        return "enabled" if state["enabled"] else "disabled"

    def notes_of(self, connector: ConnectorTree, naming: Naming) -> dict[str, str]:
        """Return the server's own names of the two connectors, which the cmdlet wants."""
        names = {"source": connector["name"]}
        tenant = next((tree["name"] for tree in naming.connectors.values() if is_entra(tree)), None)
        return names if tenant is None else {**names, "target": tenant}

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

    def instructions(self, draft: Draft) -> tuple[str, ...]:
        """Return the cmdlet (tshoot-connect-password-hash-synchronization.md)."""
        enable = "$true" if draft.after(VALUE) == "enabled" else "$false"
        names = draft.live.notes if draft.live else {}
        source = _literal(names.get("source", "<name of the AD connector>"))
        target = _literal(names.get("target", "<name of the Entra connector>"))
        return (
            (
                f"Set-ADSyncAADPasswordSyncConfiguration -SourceConnector {source} "
                f"-TargetConnector {target} -Enable {enable}"
            ),
        )


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
