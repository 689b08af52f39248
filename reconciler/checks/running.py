"""
Running the checks: all of them, on what git declares, in the light of what a server already holds.

A violation that stands unchanged on the server is what runs today: it is told, and accepted
(decision A13). It becomes an error when git introduces or alters it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from reconciler.checks.check import Check
from reconciler.checks.registry import CHECKS
from reconciler.checks.subject import Subject
from reconciler.model.addresses import Address
from reconciler.model.findings import Finding, Severity, in_order

AS_FOUND = "as found on"
"""How a finding says that a server already does what it is about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """The findings in order, and the checks that could not be run, by code and title."""

    findings: tuple[Finding, ...] = ()
    skipped: tuple[str, ...] = ()


def run_checks(
    subject: Subject, *, recorded: Subject | None, checks: Iterable[Check] = CHECKS
) -> Checked:
    """
    Return what the checks say about `subject`; `recorded` is the server as last recorded.

    A check that needs a schema is skipped where the subject has none.
    """
    findings: list[Finding] = []
    skipped: list[str] = []
    subject = replace(subject, recorded=recorded)
    for check in checks:
        if check.needs_schema and subject.schemas is None:
            skipped.append(f"{check.code} {check.title}")
            continue
        findings.extend(_judged(check, subject, recorded))
    return Checked(findings=in_order(findings), skipped=tuple(sorted(skipped)))


def _judged(check: Check, subject: Subject, recorded: Subject | None) -> list[Finding]:
    found = list(check.run(subject))
    if not found or recorded is None or check.severity is Severity.NOTE:
        return found
    if check.needs_schema and recorded.schemas is None:
        return found
    standing = {(finding.address, finding.what) for finding in check.run(recorded)}
    judged = []
    for finding in found:
        if not any((address, finding.what) in standing for address in _addresses(finding, subject)):
            judged.append(finding)
        elif not check.is_silent_when_standing:
            judged.append(_accepted(finding, recorded.server))
    return judged


def _addresses(finding: Finding, subject: Subject) -> Iterator[Address | None]:
    """Yield the addresses of the thing on the server: a renamed rule may still have its old one."""
    yield finding.address
    if finding.address is not None:
        resource = subject.resources.get(finding.address.kind, {}).get(finding.address)
        if resource is not None and resource.moved_from is not None:
            yield resource.moved_from


def _accepted(finding: Finding, server: str) -> Finding:
    return replace(
        finding,
        severity=Severity.WARNING,
        expected=(*finding.expected, f"{AS_FOUND} {server}"),
    )
