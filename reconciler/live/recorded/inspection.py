"""
The findings of one file as its decoding meets them, and the parts of the server that they damage.

Decoders report here and go on, so that one damaged place hides no other.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from reconciler.live.recorded.codes import EXPORT_AGAIN, Code
from reconciler.model.findings import Concern, Finding, Severity
from reconciler.model.places import Place
from reconciler.model.snapshots import Part


def source_finding(  # noqa: PLR0913 - the parts of a finding
    code: Code,
    what: str,
    *,
    place: Place | None = None,
    expected: tuple[str, ...] = (),
    remedy: str = "",
    severity: Severity = Severity.ERROR,
) -> Finding:
    """Return a finding about a source."""
    return Finding(
        code=code.value,
        severity=severity,
        concern=Concern.SOURCE,
        what=what,
        place=place,
        expected=expected,
        remedy=remedy,
    )


MOST_FINDINGS = 40
"""Findings that one file can have; what goes beyond is counted in the coverage's note."""

MOST_WITHHELD = 20
"""Findings of one file about what is left out; the rest of them must stay for damage."""


@dataclass(slots=True, kw_only=True)
class Inspection:
    """What was found in one file; `part` is what its damage is charged to unless said otherwise."""

    file: str
    part: Part
    findings: list[Finding] = field(default_factory=list)
    damaged: dict[Part, list[str]] = field(default_factory=dict)
    withheld: int = 0

    def damage(
        self,
        code: Code,
        what: str,
        *,
        place: Place | None = None,
        expected: str = "",
        parts: tuple[Part, ...] = (),
    ) -> None:
        """Report that something cannot be read, and charge it to its parts."""
        if len(self.findings) < MOST_FINDINGS:
            self.findings.append(
                source_finding(
                    code,
                    what,
                    place=place or Place(self.file),
                    expected=(expected,) if expected else (),
                    remedy=EXPORT_AGAIN,
                )
            )
        for part in parts or (self.part,):
            self.damaged.setdefault(part, []).append(what)

    def warn(
        self, code: Code, what: str, *, place: Place | None = None, expected: str = ""
    ) -> None:
        """Report something that is worth knowing and damages nothing."""
        self.findings.append(
            source_finding(
                code,
                what,
                place=place or Place(self.file),
                expected=(expected,) if expected else (),
                severity=Severity.WARNING,
            )
        )

    def advise(self, finding: Finding) -> None:
        """Take a finding about a secret that somebody put into a setting or a rule."""
        self.withheld += 1
        if self.withheld <= MOST_WITHHELD:
            self.findings.append(finding)

    @property
    def damage_count(self) -> int:
        """Return how much damage was reported so far; decoders compare before and after."""
        return sum(len(notes) for notes in self.damaged.values())
