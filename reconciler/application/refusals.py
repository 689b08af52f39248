"""
A command that cannot go on: findings and the exit code, raised to the command line's boundary.

Results are returned; only what ends a command early is raised.
"""

from __future__ import annotations

from reconciler.application.exits import Exit
from reconciler.model.findings import Concern, Finding, Severity

USAGE = "RC4100"  # a command line that cannot be meant
"""The code of everything that a different command line would put right."""


class Refusal(Exception):  # noqa: N818 - not an error of the program
    """The command ends here, with an exit code and at least one finding."""

    def __init__(self, exit_code: Exit, *findings: Finding) -> None:
        super().__init__("; ".join(finding.what for finding in findings))
        self.exit_code = exit_code
        self.findings = findings


def usage(what: str, *, expected: tuple[str, ...] = (), remedy: str = "") -> Refusal:
    """Return the refusal of a command line that cannot be meant (exit 64)."""
    return Refusal(
        Exit.USAGE,
        Finding(
            code=USAGE,
            severity=Severity.ERROR,
            concern=Concern.ADVICE,
            what=what,
            expected=expected,
            remedy=remedy,
        ),
    )
