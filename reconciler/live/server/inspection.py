"""
The findings of a reading as decoding meets them, and the parts of the server that they damage.

Decoders report here and go on, so that one damaged place hides no other.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from reconciler.live.server.codes import READ_AGAIN, Code
from reconciler.model.findings import Concern, Finding, Severity
from reconciler.model.places import Place
from reconciler.model.snapshots import Part

PLACE = "Get-ReconcilerState"
"""What a finding names instead of a file: the function whose answer it is about."""

MOST_FINDINGS = 40


def server_finding(
    code: Code,
    what: str,
    *,
    at: str = "",
    expected: str = "",
    remedy: str = READ_AGAIN,
) -> Finding:
    """Return a finding about what a server answered; `at` is the path of the value."""
    return Finding(
        code=code.value,
        severity=Severity.ERROR,
        concern=Concern.SOURCE,
        what=what,
        place=Place(PLACE, element=at) if at else None,
        expected=(expected,) if expected else (),
        remedy=remedy,
    )


@dataclass(slots=True)
class Inspection:
    """What was found in the answers; beyond the most findings only the damage is counted."""

    findings: list[Finding] = field(default_factory=list)
    damaged: dict[Part, list[str]] = field(default_factory=dict)
    damage_count: int = 0

    def damage(
        self,
        code: Code,
        what: str,
        *,
        parts: tuple[Part, ...],
        at: str = "",
        expected: str = "",
    ) -> None:
        """Report that something cannot be read, and charge it to its parts."""
        if len(self.findings) < MOST_FINDINGS:
            self.findings.append(server_finding(code, what, at=at, expected=expected))
        self.damage_count += 1
        for part in parts:
            self.damaged.setdefault(part, []).append(what)
