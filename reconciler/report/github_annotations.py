"""Findings as workflow commands of GitHub Actions: annotations at file and line (forges.md 2)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reconciler.model.findings import Finding, Severity, in_order
from reconciler.report.outline.findings import details, where
from reconciler.report.visible import cut, visible
from reconciler.report.wording import and_more

MOST_SHOWN = 10
"""Annotations of one level that the service shows for a step; further ones are dropped silently."""

LONGEST_MESSAGE = 4096

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def render_annotations(findings: Sequence[Finding]) -> str:
    """Return a command a line, errors first; where a level is full its last one counts the rest."""
    ordered = in_order(findings)
    lines: list[str] = []
    for severity, level in _LEVELS.items():
        of_level = [finding for finding in ordered if finding.severity is severity]
        shown = of_level if len(of_level) <= MOST_SHOWN else of_level[: MOST_SHOWN - 1]
        lines += [_command(level, finding) for finding in shown]
        if len(of_level) > len(shown):
            lines.append(f"::{level}::{and_more(len(of_level) - len(shown), 'finding')}")
    return "".join(f"{line}\n" for line in lines)


def _command(level: str, finding: Finding) -> str:
    properties = ",".join(f"{name}={_property(text)}" for name, text in _properties(finding))
    return f"::{level} {properties}::{_message(finding)}"


def _properties(finding: Finding) -> Iterator[tuple[str, str]]:
    place = finding.place
    if place is not None and place.file:
        yield "file", place.file.removeprefix("./")
        if place.line:
            yield "line", str(place.line)
        if place.line and place.column:
            yield "col", str(place.column)
    yield "title", finding.code


def _message(finding: Finding) -> str:
    """Return what is wrong and what to do; without a file the place is part of the message."""
    has_file = finding.place is not None and finding.place.file
    elsewhere = "" if has_file else where(finding)
    what = visible(finding.what, longest=400)
    lines = [f"{elsewhere}: {what}" if elsewhere else what, *details(finding)]
    return _data(cut("\n".join(lines), LONGEST_MESSAGE))


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(visible(text)).replace(":", "%3A").replace(",", "%2C")
