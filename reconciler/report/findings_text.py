"""Findings as people read them in a terminal or a log, a paragraph each, grouped by file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reconciler.model.findings import Finding, Severity, in_order
from reconciler.report.outline.findings import details, where
from reconciler.report.outline.validation import findings_summary
from reconciler.report.visible import visible
from reconciler.report.wording import and_more

MOST_SHOWN = 500

_MARKS = {Severity.ERROR: "", Severity.WARNING: "warning: ", Severity.NOTE: "note: "}


def render_findings(findings: Sequence[Finding], *, outcome: str = "") -> str:
    """
    Return the findings by place, then those without one, then a line with number and outcome.

    A problem stands bare, a warning and a note say what they are.
    """
    ordered = sorted(in_order(findings), key=lambda finding: finding.place is None)
    lines: list[str] = []
    file = ""
    for finding in ordered[:MOST_SHOWN]:
        own_file = finding.place.file if finding.place else ""
        if lines and own_file != file:
            lines.append("")
        file = own_file
        lines += _paragraph(finding)
    if len(ordered) > MOST_SHOWN:
        lines += ["", and_more(len(ordered) - MOST_SHOWN, "finding")]
    several = len({finding.place.file for finding in ordered if finding.place}) > 1
    lines += [""] if several else []
    return "\n".join([*lines, findings_summary(ordered, outcome=outcome), ""])


def _paragraph(finding: Finding) -> Iterator[str]:
    what = f"{_MARKS[finding.severity]}{visible(finding.what, longest=400)}"
    yield "  ".join(part for part in (where(finding), finding.code, what) if part)
    for line in details(finding):
        yield f"  {line}"
