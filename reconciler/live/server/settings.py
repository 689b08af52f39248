"""
The settings of a server: its global parameters, and what the documented cmdlets say of the same.

The vendor documents Get-ADSyncScheduler and Get-ADSyncAutoUpgrade, and calls the parameters of the
same meaning a local copy (adsync-server.md 2.2, 3.2): where the two differ the cmdlet is believed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from reconciler.live.recorded.omissions import NOISE_PARAMETERS, is_secret_name
from reconciler.live.server.codes import Code
from reconciler.live.server.members import Members
from reconciler.model.findings import quoted

POLICIES = ("Unspecified", "Delta", "Initial")
UPGRADE_STATES = ("Suspended", "Enabled", "Disabled")

_SCHEDULER = "Microsoft.Synchronize."
_UPGRADE = "Microsoft.OptionalFeature.AutoUpgrade"

CYCLE_ENABLED = f"{_SCHEDULER}SynchronizationSchedule"


@dataclass(frozen=True, slots=True, kw_only=True)
class SchedulerSettings:
    """What Get-ADSyncScheduler says; intervals as .NET writes them."""

    allowed_interval: str
    effective_interval: str
    customized_interval: str | None
    next_policy: str
    cycle_enabled: bool
    maintenance_enabled: bool
    purge_interval: str
    staging_mode: bool
    is_suspended: bool
    in_progress: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Parameters by name, sorted, and the switch that no parameter holds; None where unknown."""

    parameters: dict[str, str]
    audit_logging: bool | None


def decode_settings(members: Members) -> Settings:
    """Return the settings; damage is in the inspection."""
    parameters = decode_parameters(members.objects("parameters"))
    if not parameters:
        members.damage(
            Code.EMPTY_LIST,
            "no global parameter",
            name="parameters",
            expected="the parameters of the server: none runs without",
        )
    scheduler = members.member("scheduler")
    if scheduler:
        _hold(parameters, _of_scheduler(decode_scheduler(scheduler)))
    upgrade = members.member("automatic_upgrade")
    if upgrade:
        _hold(parameters, _of_upgrade(upgrade))
    return Settings(
        parameters=dict(sorted(parameters.items())),
        audit_logging=members.optional_flag("audit_logging"),
    )


def decode_parameters(items: Iterable[Members]) -> dict[str, str]:
    """Return parameters by name, sorted; secrets and noise never enter (decision B2)."""
    found: dict[str, str] = {}
    for item in items:
        name = item.name("name")
        if name in found:
            item.damage(
                Code.REPEATED,
                f"parameter {quoted(name)} a second time",
                expected="one parameter of a name",
            )
        elif name not in NOISE_PARAMETERS and not is_secret_name(name):
            found[name] = item.text("value")
    return dict(sorted(found.items()))


def decode_scheduler(members: Members) -> SchedulerSettings:
    """Return what the scheduler is set to."""
    return SchedulerSettings(
        allowed_interval=members.span("allowed_interval"),
        effective_interval=members.span("effective_interval"),
        customized_interval=members.optional_span("customized_interval"),
        next_policy=members.word("next_policy", POLICIES),
        cycle_enabled=members.flag("cycle_enabled"),
        maintenance_enabled=members.flag("maintenance_enabled"),
        purge_interval=members.span("purge_interval"),
        staging_mode=members.flag("staging_mode"),
        is_suspended=members.flag("is_suspended"),
        in_progress=members.flag("in_progress"),
    )


def _hold(parameters: dict[str, str], said: dict[str, str]) -> None:
    # the parameter's own spelling stays where it says the same: an export holds that one
    for name, text in said.items():
        if parameters.get(name, "").strip().lower() != text.lower():
            parameters[name] = text


def _of_scheduler(settings: SchedulerSettings) -> dict[str, str]:
    return {
        CYCLE_ENABLED: str(settings.cycle_enabled),
        f"{_SCHEDULER}MaintenanceEnabled": str(settings.maintenance_enabled),
        f"{_SCHEDULER}SchedulerSuspended": str(settings.is_suspended),
        f"{_SCHEDULER}SynchronizationPolicy": settings.next_policy,
        f"{_SCHEDULER}TimeInterval": settings.customized_interval or settings.effective_interval,
        f"{_SCHEDULER}RunHistoryPurgeInterval": settings.purge_interval,
        f"{_SCHEDULER}StagingMode": str(settings.staging_mode),
    }


def _of_upgrade(members: Members) -> dict[str, str]:
    state = members.word("state", UPGRADE_STATES)
    reason = members.optional_text("reason")
    said = {f"{_UPGRADE}State": state}
    return said if reason is None else {**said, f"{_UPGRADE}SuspensionReason": reason}
