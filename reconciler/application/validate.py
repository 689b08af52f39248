"""`validate`: is the desired state of some environments in order, offline?"""

from __future__ import annotations

from dataclasses import dataclass

from reconciler.application.assembly.reading import assess_environment, open_tree
from reconciler.application.exits import Exit, exit_of_findings
from reconciler.application.refusals import usage
from reconciler.model.findings import Concern, Finding, in_order
from reconciler.model.nodes import Plain
from reconciler.plan.encoding import encode_finding


@dataclass(frozen=True, slots=True, kw_only=True)
class Validation:
    """Everything that is wrong, and the checks that could not run."""

    environments: tuple[str, ...]
    findings: tuple[Finding, ...]
    skipped: tuple[str, ...]

    @property
    def exit_code(self) -> Exit:
        """Return 65 where something is wrong; warnings alone are in order."""
        return exit_of_findings(self.findings)

    def encode(self) -> dict[str, Plain]:
        """Return the members of the JSON result."""
        return {
            "environments": [*self.environments],
            "findings": [encode_finding(finding) for finding in self.findings],
            "skipped": [*self.skipped],
        }


def validate(folder: str, environments: tuple[str, ...]) -> Validation:
    """Return the validation of the named environments, by default of all. Raises Refusal (64)."""
    tree = open_tree(folder)
    names = environments or tree.environments()
    if not names:
        raise usage(f"{folder} has no environment", remedy="start one: reconciler init ENV")
    findings: list[Finding] = []
    skipped: list[str] = []
    for name in names:
        assessment = assess_environment(tree, name)
        findings.extend(assessment.findings)
        skipped.extend(assessment.skipped)
    return Validation(
        environments=tuple(names),
        findings=in_order(item for item in findings if item.concern is not Concern.LIVE),
        skipped=tuple(sorted(set(skipped))),
    )
