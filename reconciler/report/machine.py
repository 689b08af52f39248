"""Values as JSON for machines; what a plan's JSON holds is `plan.encoding`'s."""

from __future__ import annotations

import json

from reconciler.model.findings import Finding
from reconciler.model.nodes import Plain
from reconciler.model.places import Place
from reconciler.report.visible import json_visible


def to_json(value: Plain) -> str:
    """
    Return the value as JSON with sorted keys, two blanks of indentation and a line feed at the end.

    Unseen characters are escaped, so that a name cannot act on the terminal that shows it; every
    other character stands as it is, and reading the text gives the value back.
    """
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, indent=2, allow_nan=False)
    return f"{json_visible(text)}\n"


def finding_json(finding: Finding) -> dict[str, Plain]:
    """Return the finding as the schemas of results describe it; what is not known is null."""
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "concern": finding.concern.value,
        "what": finding.what,
        "place": _place_json(finding.place) if finding.place else None,
        "address": str(finding.address) if finding.address else None,
        "server": finding.server,
        "expected": [*finding.expected],
        "remedy": finding.remedy,
        "see": finding.see,
    }


def _place_json(place: Place) -> dict[str, Plain]:
    return {
        "file": place.file,
        "line": place.line,
        "column": place.column,
        "element": place.element,
    }
