"""
The live side of a command: which reading stands for the addressed server, and how old it is.

Given sources win over the recording that lies with the environment (decision B4).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from reconciler.application.assembly.reading import assess_environment, read_live, sources_of
from reconciler.application.assessing import Assessment, refuse_invalid, refuse_unreadable
from reconciler.application.exits import Exit
from reconciler.application.refusals import Refusal, usage
from reconciler.application.servers import match_servers
from reconciler.desired.trees import FileTree
from reconciler.model.findings import Concern, Finding, Severity, quoted
from reconciler.model.snapshots import Server
from reconciler.plan.policy import roles_of
from reconciler.report.wording import lasting

NO_LIVE_SOURCE = "RC4101"  # nothing to read a server from
SOURCE_TOO_OLD = "RC3301"  # the reading is older than the policy accepts


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveSide:
    """A reading of the addressed server and the findings of reading it."""

    server: Server
    findings: tuple[Finding, ...] = ()
    is_recording: bool = False


def read_live_side(name: str, texts: tuple[str, ...], assessment: Assessment) -> LiveSide:
    """
    Return the reading of server `name`: from the sources given, else from its recording.

    Raises Refusal: 64 for sources of no declared or only of other servers, 6 where nothing can be
    read.
    """
    if not texts:
        return _recorded(name, assessment)
    findings: list[Finding] = []
    found: list[tuple[str | None, Server]] = []
    for source in sources_of(texts):
        recorded = read_live(source)
        findings.extend(recorded.findings)
        found.extend((source.server, server) for server in recorded.snapshot.servers)
    if not found:
        raise Refusal(Exit.INCOMPLETE, *(findings or [_no_source(name, assessment.environment)]))
    if not all(server.name for _, server in found):
        raise Refusal(Exit.INCOMPLETE, *findings)  # damage: nobody knows whose reading it is
    matched = match_servers(
        found, tuple(roles_of(assessment.estate)), environment=assessment.environment
    )
    own = next((item.server for item in matched if item.name == name), None)
    if own is not None:
        return LiveSide(server=own, findings=tuple(findings))
    if findings:
        raise Refusal(Exit.INCOMPLETE, *findings, _no_source(name, assessment.environment))
    raise usage(
        f"none of the sources is of server {quoted(name)}",
        expected=tuple(f"a source of {item.name}" for item in matched),
        remedy=f"give a source of {name}, or look at another server: --server {matched[0].name}",
    )


def read_judged(
    tree: FileTree, assessment: Assessment, name: str, texts: tuple[str, ...]
) -> tuple[LiveSide, Assessment]:
    """
    Return the live side, and the assessment in its light; an invalid desired state is refused (65).

    Where the server was never recorded, the reading itself says what already runs (decision A13).
    Raises Refusal as `read_live_side` does; 65 wins.
    """
    if not texts or name in assessment.recordings:
        refuse_invalid(assessment)
        return read_live_side(name, texts, assessment), assessment
    refuse_unreadable(assessment)
    try:
        live = read_live_side(name, texts, assessment)
    except Refusal:
        refuse_invalid(assessment)
        raise
    judged = assess_environment(tree, assessment.environment, reference=live.server)
    refuse_invalid(judged)
    return live, replace(judged, recordings=assessment.recordings)


def _recorded(name: str, assessment: Assessment) -> LiveSide:
    last = assessment.recordings.get(name)
    if last is not None:
        return LiveSide(server=last.server, findings=last.findings, is_recording=True)
    unreadable = assessment.source_findings
    raise Refusal(Exit.INCOMPLETE, *(unreadable or (_no_source(name, assessment.environment),)))


def age_of(server: Server, now: datetime) -> timedelta | None:
    """Return how old a reading is, its time taken as UTC; None where it has no time."""
    if server.read_at is None:
        return None
    read_at = datetime.fromisoformat(server.read_at)
    if read_at.tzinfo is None:
        read_at = read_at.replace(tzinfo=UTC)
    return max(now - read_at, timedelta())


def too_old(server: Server, oldest: timedelta | None, now: datetime) -> Finding | None:
    """Return the finding about a reading older than the policy accepts, or None."""
    age = age_of(server, now)
    if oldest is None or (age is not None and age <= oldest):
        return None
    return Finding(
        code=SOURCE_TOO_OLD,
        severity=Severity.ERROR,
        concern=Concern.LIVE,
        what="the reading of the server is older than the policy accepts"
        if age is not None
        else "the reading of the server has no time, and the policy asks for a recent one",
        server=server.name,
        expected=(f"at most {lasting(oldest)} old; read at {server.read_at or 'an unknown time'}",),
        remedy="record the server again: reconciler snapshot ENV --from export:FOLDER",
    )


def _no_source(name: str, environment: str) -> Finding:
    return Finding(
        code=NO_LIVE_SOURCE,
        severity=Severity.ERROR,
        concern=Concern.SOURCE,
        what=f"there is nothing to read server {name} from",
        server=name,
        expected=("a recording in recorded/, or --live export:FOLDER or --live snapshot:FILE",),
        remedy=f"reconciler import {environment} --from export:FOLDER",
    )
