"""
What every check states about itself, and the one question that it answers.

`rule_check` asks it of each custom rule; `registry` lists the checks there are.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from typing import ClassVar

from reconciler.checks.subject import Subject
from reconciler.model.addresses import Address
from reconciler.model.findings import Concern, Finding, Severity
from reconciler.model.places import Place

REFERENCE = "docs/reference/checks.md"


class Check(ABC):
    """
    One demand on a configuration.

    Subclasses state facts as class attributes. `what` of a finding is the same on both sides of an
    environment when it speaks about the same violation: by it one that already stands on the
    server is recognised (decision A13).
    """

    code: ClassVar[str]
    title: ClassVar[str]
    severity: ClassVar[Severity] = Severity.ERROR
    authority: ClassVar[str]
    description: ClassVar[str]
    example: ClassVar[str]
    needs_schema: ClassVar[bool] = False
    is_silent_when_standing: ClassVar[bool] = False  # nothing to say about what already runs

    @abstractmethod
    def run(self, subject: Subject) -> Iterator[Finding]:
        """Yield a finding for each violation; never raises."""

    def finding(
        self,
        what: str,
        *,
        place: Place | None,
        address: Address | None = None,
        expected: tuple[str, ...] = (),
        remedy: str,
    ) -> Finding:
        """Return a violation as a finding with this check's code and severity."""
        is_advice = self.severity is Severity.NOTE
        return Finding(
            code=self.code,
            severity=self.severity,
            concern=Concern.ADVICE if is_advice else Concern.DESIRED,
            what=what,
            place=place,
            address=address,
            expected=expected,
            remedy=remedy,
            see=f"{REFERENCE}#{self.code.lower()}",
        )
