"""
An environment read and judged: documents, schemas, checks, and what stood before (decision A13).

Every command that uses desired state starts here, so that all of them refuse the same things.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from reconciler.application.exits import Exit, has_error
from reconciler.application.refusals import Refusal
from reconciler.application.servers import declared_name, first_label
from reconciler.checks.running import AS_FOUND, run_checks
from reconciler.checks.subject import Subject
from reconciler.desired.loading import Loaded
from reconciler.kinds.naming import Naming, name_connectors
from reconciler.live.recorded.result import Recorded
from reconciler.model.estates import DocumentType, Estate
from reconciler.model.findings import Concern, Finding, Severity, in_order
from reconciler.model.snapshots import SchemaTree, Server
from reconciler.plan.policy import roles_of
from reconciler.plan.sides import declared_resources, found_resources


@dataclass(frozen=True, slots=True, kw_only=True)
class LastReading:
    """The recording of a server that lies with its environment, and what is wrong with it."""

    server: Server
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """
    An environment, whether it is valid, and the recordings that belong to it, by server.

    `is_checked` tells that every document could be read, so that the checks could look at them.
    """

    environment: str
    estate: Estate
    findings: tuple[Finding, ...]
    skipped: tuple[str, ...]
    is_checked: bool
    recordings: Mapping[str, LastReading]

    @property
    def is_valid(self) -> bool:
        """Tell whether nothing forbids planning."""
        return not has_error(self.findings, Concern.DESIRED)

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """Return what the checks say about what git says anew; what already runs is left out."""
        return tuple(
            item
            for item in self.findings
            if item.severity is Severity.WARNING
            and item.concern is not Concern.SOURCE
            and not any(line.startswith(AS_FOUND) for line in item.expected)
        )

    @property
    def source_findings(self) -> tuple[Finding, ...]:
        """Return what is wrong with the recordings."""
        return tuple(item for item in self.findings if item.concern is Concern.SOURCE)


def assess(
    loaded: Loaded, recorded: tuple[Recorded, ...], *, server: str | None = None
) -> Assessment:
    """Return the judged environment; checks run for `server`, by default the active one."""
    estate = loaded.estate
    recordings = _recordings(estate, recorded)
    findings = [*loaded.findings, *(item for part in recorded for item in part.findings)]
    skipped: tuple[str, ...] = ()
    is_checked = not has_error(loaded.findings, Concern.DESIRED)
    if is_checked:
        name = server or _main_server(estate)
        recording = recordings[name].server if name in recordings else None
        checked = run_checks(
            _desired_subject(estate, name, recording),
            recorded=_recorded_subject(estate, name, recording),
        )
        findings.extend(checked.findings)
        skipped = checked.skipped
    return Assessment(
        environment=estate.environment,
        estate=estate,
        findings=in_order(findings),
        skipped=skipped,
        is_checked=is_checked,
        recordings=recordings,
    )


def refuse_unreadable(assessment: Assessment) -> None:
    """Raise Refusal (65) where a document could not be read, whatever the server does."""
    if not assessment.is_checked:
        refuse_invalid(assessment)


def refuse_invalid(assessment: Assessment) -> None:
    """Raise Refusal (65) with every finding where the desired state is not valid."""
    if not assessment.is_valid:
        raise Refusal(Exit.INVALID, *assessment.findings)


def schemas_by_alias(naming: Naming, server: Server) -> dict[str, SchemaTree]:
    """Return the schemas of a server by connector alias, and the metaverse's as `metaverse`."""
    schemas = server.tree.get("schemas", {})
    named = {"metaverse": schemas["metaverse"]} if "metaverse" in schemas else {}
    for alias, connector in naming.connectors.items():
        if connector["identifier"] in schemas:
            named[alias] = schemas[connector["identifier"]]
    return named


def _recordings(estate: Estate, recorded: tuple[Recorded, ...]) -> dict[str, LastReading]:
    declared = list(roles_of(estate))
    found: dict[str, LastReading] = {}
    for recording in recorded:
        for server in recording.snapshot.servers:
            name = declared_name(server, declared)
            if name is not None:
                found[name] = LastReading(server=server, findings=recording.findings)
    return found


def _main_server(estate: Estate) -> str:
    roles = roles_of(estate)
    active = [name for name, role in roles.items() if role == "active"]
    return next(iter([*active, *roles]), "")


def _desired_subject(estate: Estate, name: str, recording: Server | None) -> Subject:
    environment = estate.only(DocumentType.ENVIRONMENT)
    naming = name_connectors(recording, estate) if recording else None
    schemas = schemas_by_alias(naming, recording) if naming and recording else None
    return Subject(
        resources=declared_resources(estate, name),
        environment=environment.root.plain() if environment else None,
        estate=estate,
        server=name,
        schemas=schemas or None,
    )


def _recorded_subject(estate: Estate, name: str, recording: Server | None) -> Subject | None:
    if recording is None:
        return None
    naming = name_connectors(recording, estate)
    found = found_resources(recording, naming)
    return Subject(
        resources={kind: reading.by_address() for kind, reading in found.items()},
        estate=None,
        server=first_label(name),
        schemas=schemas_by_alias(naming, recording) or None,
    )
