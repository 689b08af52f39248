"""
Reads a running server through its bridge: five calls, and a second time where it changed meanwhile.

decision E5. Which transport carries the calls is the caller's choice.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from reconciler.live.bridge.transport import (
    NOTHING,
    Deadline,
    Transport,
    TransportError,
    Trouble,
    bad_reply,
)
from reconciler.live.bridge.wire import BridgeReplyError, Reply
from reconciler.live.recorded.result import Recorded
from reconciler.live.server.codes import Code
from reconciler.live.server.decoding import Answers, Unread, decode_server
from reconciler.live.server.hierarchy import PartitionHierarchy
from reconciler.live.server.info import FUNCTION, BridgeInfo, Lease, decode_info
from reconciler.live.server.inspection import server_finding
from reconciler.live.server.refusals import Refused, refusals_in
from reconciler.model.findings import Concern, Finding, Severity, in_order, quoted
from reconciler.model.snapshots import Coverage, Server, Snapshot, State

STATE = "Get-ReconcilerState"
CALLS = (("settings", "connectors"), ("rules",), ("schemas",), ("hierarchy",))
"""Which sections one call asks for: together with the first call at most five."""

SECONDS = 120.0
"""What a whole reading may take, unless the caller says otherwise."""

_CODES = {
    Trouble.UNREACHABLE: Code.UNREACHABLE,
    Trouble.REFUSED: Code.REFUSED,
    Trouble.ENDPOINT_MISSING: Code.ENDPOINT_MISSING,
    Trouble.TIMED_OUT: Code.TIMED_OUT,
    Trouble.CUT: Code.CUT,
    Trouble.BAD_REPLY: Code.BAD_REPLY,
    Trouble.PROCESS_FAILED: Code.PROCESS_FAILED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerReading:
    """
    A server as its bridge showed it.

    `recorded` is what a source on disk would give; `hierarchy` is None where it could not be read.
    """

    recorded: Recorded
    info: BridgeInfo
    hierarchy: tuple[PartitionHierarchy, ...] | None


def read_info(transport: Transport, *, deadline: Deadline) -> tuple[BridgeInfo, Reply]:
    """Return what the bridge says of itself, and its whole reply. Raises TransportError."""
    reply = transport.call(FUNCTION, NOTHING, deadline=deadline)
    if reply.error is not None:
        kind = Trouble.REFUSED if reply.error.code == "refused" else Trouble.BAD_REPLY
        what = f"the bridge answered {reply.error.code}: {quoted(reply.error.text, longest=240)}"
        raise TransportError(kind, what, remedy="look at the bridge's log on the server")
    try:
        return decode_info(reply.value), reply
    except BridgeReplyError as error:
        raise bad_reply(error) from error


def read_server(transport: Transport, *, deadline: Deadline) -> ServerReading:
    """
    Return the whole server, read again once where it changed while it was read.

    Raises TransportError where not even the first call was answered; what fails later is damage.
    """
    attempt = _attempt(transport, deadline)
    if attempt.has_changed:
        attempt = _attempt(transport, deadline)
    decoded = decode_server(attempt.answers)
    server, findings = decoded.server, [*attempt.findings, *decoded.findings]
    if attempt.has_changed:
        server, changed = _all_damaged(server)
        findings.append(changed)
    info = attempt.answers.info
    findings.extend(_of_lease(info.lease))
    return ServerReading(
        recorded=Recorded(
            snapshot=Snapshot(servers=(server,)),
            findings=in_order(replace(finding, server=server.name) for finding in findings),
        ),
        info=info,
        hierarchy=decoded.hierarchy,
    )


def transport_finding(error: TransportError, *, server: str | None = None) -> Finding:
    """Return the finding about a server that could not be asked."""
    finding = server_finding(_CODES[error.kind], error.what, remedy=error.remedy)
    return replace(finding, server=server)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Attempt:
    """One pass over the server."""

    answers: Answers
    findings: tuple[Finding, ...]
    has_changed: bool


def _attempt(transport: Transport, deadline: Deadline) -> _Attempt:
    info, first = read_info(transport, deadline=deadline)
    _require_generation(first, FUNCTION)
    generations = {first.generation}
    sections: dict[str, object] = {}
    unread: dict[str, Unread] = {}
    findings: list[Finding] = []
    for number, wanted in enumerate(CALLS):
        try:
            reply = transport.call(STATE, {"section": ",".join(wanted)}, deadline=deadline)
            _require_generation(reply, STATE)
        except TransportError as error:
            # the session is over: neither this call nor any later one is answered
            lost = [section for sections in CALLS[number:] for section in sections]
            unread.update(dict.fromkeys(lost, Unread(note=error.what)))
            findings.append(transport_finding(error))
            break
        generations.add(reply.generation)
        if reply.error is None:
            value = reply.value if isinstance(reply.value, dict) else {}
            sections.update({name: value[name] for name in wanted if name in value})
            refusals = refusals_in(value.get("refused"))
        else:
            code, text = reply.error.code, reply.error.text
            refusals = [Refused(section=name, target=code, text=text) for name in wanted]
        unread.update(
            {
                refused.section: Unread(note=refused.note)
                for refused in refusals
                if refused.section not in sections
            }
        )
        findings.extend(map(_of_refusal, refusals))
    return _Attempt(
        answers=Answers(info=info, read_at=first.server_time, sections=sections, unread=unread),
        findings=tuple(findings),
        has_changed=len(generations - {None}) > 1,
    )


def _require_generation(reply: Reply, function: str) -> None:
    if reply.error is None and reply.generation is None:
        what = f"{function} answered without a generation"
        raise bad_reply(BridgeReplyError(what, expected="one that tells whether anything changed"))


def _of_refusal(refused: Refused) -> Finding:
    if refused.section == "hierarchy":
        return replace(
            server_finding(
                Code.CONTAINERS_UNREAD,
                f"the containers of {refused.target or 'the directories'} cannot be listed: "
                f"{quoted(refused.text)}",
                expected="every organizational unit of the selected domains",
                remedy="whether a declared organizational unit still exists is not known; see that "
                "the server reaches a domain controller",
            ),
            severity=Severity.WARNING,
        )
    return server_finding(
        Code.BRIDGE_ERROR,
        f"{refused.section} cannot be read: {quoted(refused.text, longest=240)}",
        remedy=f"see what the product refused on the server: {refused.target or refused.section}",
    )


def _all_damaged(server: Server) -> tuple[Server, Finding]:
    note = "the configuration changed while it was read, twice"
    coverage = tuple(
        entry
        if entry.state is State.ABSENT
        else Coverage(part=entry.part, state=State.DAMAGED, note=note)
        for entry in server.coverage
    )
    finding = server_finding(
        Code.CHANGED_MEANWHILE,
        note,
        expected="the same generation in every reply",
        remedy="wait until the wizard or whoever changes the server is done, and read it again",
    )
    return replace(server, coverage=coverage), finding


def _of_lease(lease: Lease | None) -> Iterator[Finding]:
    """Yield what every command that reads the server says of a run that has it (decision E9)."""
    if lease is None:
        return
    is_held = lease.state == "held"
    stopped = "" if lease.state == "open" else " and keeps its scheduler stopped"
    yield Finding(
        code=Code.HELD.value,
        severity=Severity.WARNING,
        concern=Concern.ADVICE,
        what=f"scheduler held by run {lease.run}"
        if is_held
        else f"run {lease.run} is at work on this server{stopped}",
        expected=(f"since {lease.since}, by {lease.owner or 'nobody named'}",),
        remedy=f"reconciler release ENV --run {lease.run}"
        if is_held
        else "wait for it, or look at it: reconciler lease status ENV",
    )
