"""The administrator audit log of a sync server, a registry switch (adsync-server.md 6.12)."""

from __future__ import annotations

from typing import ClassVar

from reconciler.kinds.comparison import exact
from reconciler.kinds.kind import Draft, OperationDraft, World
from reconciler.kinds.naming import Naming
from reconciler.kinds.server_settings import VALUE, ServerSetting
from reconciler.model.changes import Risk
from reconciler.model.resources import Reading
from reconciler.model.snapshots import Part, Server


class AuditLogging(ServerSetting):
    """Whether administrator actions are logged; an exported configuration never holds it."""

    name = "audit-logging"
    title = "administrator audit logging"
    slot = ("audit_logging",)
    parts = (Part.AUDIT_LOGGING,)
    fields: ClassVar = {VALUE: exact}

    def read(self, server: Server, naming: Naming) -> Reading:
        """Return `enabled` or `disabled`."""
        is_on = server.tree.get("audit_logging")
        if is_on is None:
            return Reading()
        return Reading(resources=(self.of({VALUE: "enabled" if is_on else "disabled"}),))

    def risk(self, draft: Draft) -> Risk:
        """Judge: whoever turns the audit log off removes evidence."""
        return Risk.SECURITY

    def operations(self, draft: Draft) -> tuple[OperationDraft, ...]:
        """Return the one write."""
        value = {"enabled": draft.after(VALUE) == "enabled"}
        return (OperationDraft(verb="set-audit-logging", target=self.name, value=value),)

    def instructions(self, draft: Draft, world: World) -> tuple[str, ...]:
        """Return the registry value (admin-audit-logging.md)."""
        number = 1 if draft.after(VALUE) == "enabled" else 0
        key = r"HKLM:\SOFTWARE\Microsoft\Azure AD Connect"
        return (f"Set-ItemProperty '{key}' -Name AuditEventLogging -Type DWord -Value {number}",)
