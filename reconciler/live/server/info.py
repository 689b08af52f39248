"""
What the bridge says of itself and its server: versions, what runs, who has the lease.

Everything else builds on it, so an answer that is not as the contract says is no answer at all.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from reconciler.live.bridge.wire import BridgeReplyError
from reconciler.live.recorded.words import is_server_name
from reconciler.live.server.codes import Code
from reconciler.live.server.inspection import Inspection
from reconciler.live.server.members import Members
from reconciler.live.server.settings import SchedulerSettings, decode_scheduler

FUNCTION = "Get-ReconcilerInfo"
LEASE_STATES = ("open", "stopped", "held")


@dataclass(frozen=True, slots=True, kw_only=True)
class Lease:
    """
    Who may change the server; `state` is open, stopped (the scheduler is off) or held.

    `scheduler_as_found` is what the run found before it stopped anything (decision E9).
    """

    run: str
    owner: str
    plan_hash: str
    commit: str | None
    state: str
    since: str
    expires: str | None
    scheduler_as_found: Mapping[str, object]
    last_request: str | None
    last_result: object

    @property
    def cycle_enabled_as_found(self) -> bool | None:
        """Return whether the cycle was on before the run; None where the lease does not say."""
        found = self.scheduler_as_found.get("cycle_enabled")
        return found if isinstance(found, bool) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class BridgeInfo:
    """The bridge and its server; `cmdlets` are those that this build has, with parameters."""

    bridge: str
    contract: str
    capabilities: frozenset[str]
    powershell: str
    server: str
    build: str
    module_version: str
    instance: str
    tenant: str
    scheduler: SchedulerSettings
    is_cycle_running: bool
    running_connectors: tuple[str, ...]
    is_wizard_open: bool | None
    cmdlets: Mapping[str, frozenset[str]]
    lease: Lease | None


def decode_info(value: object) -> BridgeInfo:
    """Return what the value of an answer says. Raises BridgeReplyError."""
    if not isinstance(value, dict):
        raise BridgeReplyError(f"{FUNCTION} answered no object", expected="an object")
    inspection = Inspection()
    info = _info(Members(inspection=inspection, parts=(), value=value, at=""))
    if inspection.findings:
        found = inspection.findings[0]
        raise BridgeReplyError(
            f"{FUNCTION}: {found.what}", expected=", ".join(found.expected) or "a sound value"
        )
    return info


def _info(members: Members) -> BridgeInfo:
    server = members.name("server")
    if server and not is_server_name(server):
        members.damage(Code.UNKNOWN_WORD, "server is no host name", expected="a host name")
    scheduler = members.member("scheduler")
    lease = members.optional_member("lease")
    return BridgeInfo(
        bridge=members.name("bridge"),
        contract=members.name("contract"),
        capabilities=frozenset(members.names("capabilities")),
        powershell=members.text("powershell"),
        server=server,
        build=members.text("build"),
        module_version=members.text("module_version"),
        instance=members.guid("instance"),
        tenant=members.text("tenant"),
        scheduler=decode_scheduler(scheduler or members),
        is_cycle_running=members.flag("is_cycle_running"),
        running_connectors=tuple(members.names("running_connectors")),
        is_wizard_open=members.optional_flag("is_wizard_open"),
        cmdlets={
            item.name("name"): frozenset(item.names("parameters"))
            for item in members.objects("cmdlets")
        },
        lease=_lease(lease) if lease else None,
    )


def _lease(members: Members) -> Lease:
    found = members.optional_member("scheduler_as_found")
    return Lease(
        run=members.name("run"),
        owner=members.text("owner"),
        plan_hash=members.text("plan_hash"),
        commit=members.optional_text("commit"),
        state=members.word("state", LEASE_STATES),
        since=members.text("since"),
        expires=members.optional_text("expires"),
        scheduler_as_found=found.value if found else {},
        last_request=members.optional_text("last_request"),
        last_result=members.value.get("last_result"),
    )
