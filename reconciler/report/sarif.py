"""
Findings as SARIF 2.1.0, within what GitHub accepts (forges.md 5).

A finding with a file is a result. One without (about a server, or the run) is a notification of the
run: a result without a location makes the service refuse the whole upload.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from urllib.parse import quote

from reconciler.model.findings import Finding, Severity, in_order
from reconciler.model.nodes import Plain
from reconciler.model.places import Place
from reconciler.report.machine import to_json
from reconciler.report.outline.findings import details, where
from reconciler.report.visible import visible
from reconciler.report.wording import and_more

MOST_RESULTS = 5000
"""Results that the service keeps."""

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}
_ORDER = tuple(_LEVELS)


def render_sarif(
    findings: Sequence[Finding],
    *,
    version: str,
    descriptions: Mapping[str, str] = MappingProxyType({}),
) -> str:
    """Return one run with the findings as JSON text; `descriptions` explain codes in a sentence."""
    worst_first = sorted(in_order(findings), key=lambda finding: _ORDER.index(finding.severity))
    located = [finding for finding in worst_first if finding.place and finding.place.file]
    others = [finding for finding in worst_first if not (finding.place and finding.place.file)]
    codes = sorted({finding.code for finding in worst_first})
    log: dict[str, Plain] = {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": _driver(worst_first, codes, version, descriptions)},
                "columnKind": "unicodeCodePoints",
                "invocations": [_invocation(others, len(located) - MOST_RESULTS)],
                "results": [_result(finding, codes) for finding in located[:MOST_RESULTS]],
            }
        ],
    }
    return to_json(log)


def _driver(
    findings: Sequence[Finding],
    codes: Sequence[str],
    version: str,
    descriptions: Mapping[str, str],
) -> Plain:
    worst = {finding.code: finding.severity for finding in reversed(findings)}
    return {
        "name": "reconciler",
        "version": version,
        "rules": [_rule(code, worst[code], descriptions.get(code, "")) for code in codes],
    }


def _rule(code: str, worst: Severity, description: str) -> Plain:
    rule: dict[str, Plain] = {"id": code, "defaultConfiguration": {"level": _LEVELS[worst]}}
    if description:
        rule["shortDescription"] = {"text": visible(description)}
    return rule


def _invocation(others: Sequence[Finding], left_out: int) -> Plain:
    notifications: list[Plain] = [_notification(finding) for finding in others]
    if left_out > 0:
        text = and_more(left_out, "finding")
        notifications.append({"level": "warning", "message": {"text": text}})
    return {"executionSuccessful": True, "toolExecutionNotifications": notifications}


def _notification(finding: Finding) -> Plain:
    place = where(finding)
    text = f"{place}: {_text(finding)}" if place else _text(finding)
    return {
        "descriptor": {"id": finding.code},
        "level": _LEVELS[finding.severity],
        "message": {"text": text},
    }


def _result(finding: Finding, codes: Sequence[str]) -> Plain:
    place = finding.place or Place("")
    return {
        "ruleId": finding.code,
        "ruleIndex": codes.index(finding.code),
        "level": _LEVELS[finding.severity],
        "message": {"text": _text(finding)},
        "locations": [{"physicalLocation": _location(place)}],
        "partialFingerprints": {"reconciler/v1": _fingerprint(finding, place)},
    }


def _text(finding: Finding) -> str:
    return "\n".join([visible(finding.what, longest=400), *details(finding)])


def _location(place: Place) -> Plain:
    region: dict[str, Plain] = {"startLine": max(1, place.line)}
    if place.line and place.column:
        region["startColumn"] = place.column
    return {"artifactLocation": _artifact(place.file), "region": region}


def _artifact(file: str) -> Plain:
    """Return a URI relative to the root of the sources; an absolute path cannot be relative."""
    path = quote(file.replace("\\", "/").removeprefix("./"), errors="backslashreplace")
    return (
        {"uri": f"file://{path}"}
        if path.startswith("/")
        else {
            "uri": path,
            "uriBaseId": "%SRCROOT%",
        }
    )


def _fingerprint(finding: Finding, place: Place) -> str:
    """Return what stays the same when lines move, so that a finding is recognised again."""
    identity = "\n".join([finding.code, place.file, str(finding.address or ""), finding.what])
    return hashlib.sha256(identity.encode("utf-8", "surrogatepass")).hexdigest()[:32]
