"""Findings alone as an outline, for the forms that want one; `findings_text` is the text form."""

from __future__ import annotations

from collections.abc import Sequence

from reconciler.model.findings import Finding, Severity
from reconciler.report.blocks import Outline
from reconciler.report.outline.findings import findings_section
from reconciler.report.visible import visible
from reconciler.report.wording import counted, severity_words


def findings_outline(findings: Sequence[Finding], *, title: str, outcome: str = "") -> Outline:
    """Return the outline of findings; `outcome` is what was done or left undone because of them."""
    return Outline(
        title=visible(title, longest=80),
        headline=severity_words(findings) or "no problems",
        sections=(findings_section(findings),),
        summary=f"{findings_summary(findings, outcome=outcome)}.",
    )


def findings_summary(findings: Sequence[Finding], *, outcome: str = "") -> str:
    """
    Return the last line of a validation, without a full stop.

    Without an `outcome` it says what follows: nothing was planned, or the desired state is valid.
    """
    files = {finding.place.file for finding in findings if finding.place and finding.place.file}
    counts = severity_words(findings) or "no problems"
    where = f" in {counted(len(files), 'file')}" if files else ""
    is_refused = any(finding.severity is Severity.ERROR for finding in findings)
    otherwise = "nothing was planned" if is_refused else "the desired state is valid"
    return f"{counts}{where}; {outcome or otherwise}"
