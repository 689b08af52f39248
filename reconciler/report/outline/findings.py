"""Findings as entries: what is wrong, where, what was expected, what to do."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from reconciler.model.findings import Finding, Severity
from reconciler.report.blocks import Entry, Loudness, Note, Section, Sign
from reconciler.report.outline.two_texts import compared
from reconciler.report.visible import visible
from reconciler.report.wording import and_more

MOST_FINDINGS = 100
MOST_EXPECTED = 12
_LONGEST = 400
_PLACEHOLDER = re.compile(r"(reconciler [a-z]+(?: [a-z]+)? )ENV\b")

_LOUDNESS = {
    Severity.ERROR: Loudness.LOUD,
    Severity.WARNING: Loudness.PLAIN,
    Severity.NOTE: Loudness.QUIET,
}
_ORDER = (Severity.ERROR, Severity.WARNING, Severity.NOTE)


def findings_section(findings: Sequence[Finding]) -> Section:
    """Return the findings as a section, errors first, the rest counted."""
    worst_first = sorted(findings, key=lambda finding: _ORDER.index(finding.severity))
    return Section(
        heading="Findings",
        unit="finding",
        entries=tuple(finding_entry(finding) for finding in worst_first[:MOST_FINDINGS]),
        more=max(0, len(findings) - MOST_FINDINGS),
    )


def finding_entry(finding: Finding) -> Entry:
    """Return the entry of one finding."""
    return Entry(
        sign=Sign.REMARK if finding.severity is Severity.NOTE else Sign.ATTENTION,
        title=visible(finding.what, longest=_LONGEST),
        tags=(finding.severity.value,) if finding.severity is not Severity.WARNING else (),
        lines=tuple(_lines(finding)),
        loudness=_LOUDNESS[finding.severity],
        weight=-_ORDER.index(finding.severity),
    )


def where(finding: Finding) -> str:
    """Return the place of a finding, or its address, or its server; empty where it has none."""
    if finding.place is not None and str(finding.place):
        return visible(str(finding.place), longest=_LONGEST)
    if finding.address is not None:
        return visible(str(finding.address), longest=_LONGEST)
    return visible(finding.server, longest=_LONGEST) if finding.server else ""


def details(finding: Finding) -> Iterator[str]:
    """Yield what was expected, what to do and where to read more, a line each."""
    for line in compared(finding.expected[:MOST_EXPECTED]):
        yield visible(line, longest=_LONGEST)
    if len(finding.expected) > MOST_EXPECTED:
        yield and_more(len(finding.expected) - MOST_EXPECTED, "line")
    if finding.remedy:
        yield visible(_explained(finding.remedy), longest=_LONGEST)
    if finding.see:
        yield f"see: {visible(finding.see, longest=_LONGEST)}"


def named_for(environment: str, findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Return the findings with the environment's name in the commands that they advise."""
    return tuple(
        replace(
            finding,
            remedy=_PLACEHOLDER.sub(lambda match: f"{match[1]}{environment}", finding.remedy),
        )
        for finding in findings
    )


def _explained(remedy: str) -> str:
    is_open = _PLACEHOLDER.search(remedy)
    return f"{remedy} (ENV: the name of the environment)" if is_open else remedy


def _lines(finding: Finding) -> Iterator[Note]:
    place = where(finding)
    yield Note(label="", lines=(f"{place}   {finding.code}" if place else finding.code,))
    if found := tuple(details(finding)):
        yield Note(label="", lines=found)
