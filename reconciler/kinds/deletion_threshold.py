"""The guard against accidental deletes as the server mirrors it (adsync-server.md 6.6)."""

from __future__ import annotations

from reconciler.kinds.kind import Draft, World
from reconciler.kinds.observed_features import ObservedFeature
from reconciler.kinds.server_settings import VALUE, flag, parameter
from reconciler.model.changes import Risk
from reconciler.model.nodes import Plain
from reconciler.model.snapshots import Server

_ON = "Microsoft.OptionalFeature.ExportDeletionThreshold"
_COUNT = "Microsoft.OptionalFeature.ExportDeletionThresholdValue"


class DeletionThreshold(ObservedFeature):
    """How many deletes one export may hold, or `disabled`; the tenant owns the setting."""

    name = "export-deletion-threshold"
    title = "export deletion threshold"
    slot = ("observed_features", "export_deletion_threshold")
    global_parameters = (_ON, _COUNT)
    rank = 5

    def value_of(self, server: Server) -> Plain:
        """Return the number, or `disabled`; None where the server does not say which."""
        is_on = flag(parameter(server, _ON))
        if is_on is None:
            return None
        if not is_on:
            return "disabled"
        count = (parameter(server, _COUNT) or "").strip()
        return int(count) if count.isdecimal() else None

    def risk(self, draft: Draft) -> Risk:
        """Judge: a higher or missing threshold lets a mass delete through."""
        before, after = draft.before(VALUE), draft.after(VALUE)
        is_safer = isinstance(after, int) and (not isinstance(before, int) or after < before)
        return Risk.COSMETIC if is_safer else Risk.SECURITY

    def instructions(self, draft: Draft, world: World) -> tuple[str, ...]:
        """Return the cmdlet, which needs a person signed in on current builds."""
        wanted = draft.after(VALUE)
        cmdlet = (
            "Disable-ADSyncExportDeletionThreshold"
            if wanted == "disabled"
            else f"Enable-ADSyncExportDeletionThreshold -DeletionThreshold {wanted}"
        )
        return (f"{cmdlet} (asks for an Entra administrator)",)
