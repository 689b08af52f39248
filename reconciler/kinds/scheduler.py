"""The scheduler of a sync server: interval, cycle, maintenance, history (adsync-server.md 2)."""

from __future__ import annotations

from typing import ClassVar

from reconciler.kinds.comparison import exact, time_span
from reconciler.kinds.kind import Draft, OperationDraft, World
from reconciler.kinds.naming import Naming
from reconciler.kinds.server_settings import ServerSetting, flag, parameter
from reconciler.kinds.time_spans import normal_span, parse_span
from reconciler.model.changes import Risk
from reconciler.model.resources import Reading
from reconciler.model.snapshots import Server

_PARAMETERS = {
    "interval": "Microsoft.Synchronize.TimeInterval",
    "cycle_enabled": "Microsoft.Synchronize.SynchronizationSchedule",
    "maintenance_enabled": "Microsoft.Synchronize.MaintenanceEnabled",
    "purge_interval": "Microsoft.Synchronize.RunHistoryPurgeInterval",
}
_CMDLET = {
    "interval": "CustomizedSyncCycleInterval",
    "cycle_enabled": "SyncCycleEnabled",
    "maintenance_enabled": "MaintenanceEnabled",
    "purge_interval": "PurgeRunHistoryInterval",
}


class Scheduler(ServerSetting):
    """The scheduler's settings; the vendor says they are shared by all servers of a tenant."""

    name = "scheduler"
    title = "scheduler"
    slot = ("scheduler",)
    fields: ClassVar = {
        "interval": time_span,
        "cycle_enabled": exact,
        "maintenance_enabled": exact,
        "purge_interval": time_span,
    }
    global_parameters = (
        *_PARAMETERS.values(),
        "Microsoft.Synchronize.SynchronizationPolicy",  # returns to Delta by itself (A10)
    )

    def read(self, server: Server, naming: Naming) -> Reading:
        """Return the four settings; which interval an export holds is uncertain (0.4, item 20)."""
        fields = {
            "interval": _span(parameter(server, _PARAMETERS["interval"])),
            "cycle_enabled": flag(parameter(server, _PARAMETERS["cycle_enabled"])),
            "maintenance_enabled": flag(parameter(server, _PARAMETERS["maintenance_enabled"])),
            "purge_interval": _span(parameter(server, _PARAMETERS["purge_interval"])),
        }
        note = ""
        if server.kind_of_source == "export":
            note = (
                "an export does not say whether the interval is the customized or the effective one"
            )
        return Reading(resources=(self.of(dict(fields)),), note=note)

    def risk(self, draft: Draft) -> Risk:
        """Judge: stopping or starting the cycle changes what people get, the rest is upkeep."""
        return Risk.BEHAVIOUR if draft.paths & {"cycle_enabled", "interval"} else Risk.COSMETIC

    def operations(self, draft: Draft) -> tuple[OperationDraft, ...]:
        """Return one write of the changed settings only."""
        value = {change.path: change.after for change in draft.fields}
        return (OperationDraft(verb="set-scheduler", target="scheduler", value=value),)

    def instructions(self, draft: Draft, world: World) -> tuple[str, ...]:
        """Return the cmdlet (reference-connect-adsync.md)."""
        wanted = " ".join(
            f"-{_CMDLET[change.path]} {_literal(change.after)}" for change in draft.fields
        )
        return (f"Set-ADSyncScheduler {wanted}",)


def _span(text: str | None) -> str | None:
    """Return one spelling of a span; a text that is none says nothing."""
    return normal_span(text) if text is not None and parse_span(text) is not None else None


def _literal(value: object) -> str:
    if isinstance(value, bool):
        return "$true" if value else "$false"
    return str(value)
