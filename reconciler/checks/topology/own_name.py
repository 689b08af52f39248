"""An environment document says the name of the folder that it stands in."""

from __future__ import annotations

from collections.abc import Iterator

from reconciler.checks.check import Check
from reconciler.checks.subject import Subject
from reconciler.model.estates import DocumentType
from reconciler.model.findings import Finding, quoted


class OwnName(Check):
    """`environment` of environment.yaml is the name of its folder."""

    code = "RC2604"
    title = "the name of another environment"
    authority = "decision A3: the folder is the environment"
    description = (
        "Commands find an environment by its folder. A document that names another one was most "
        "probably copied with its servers, and would plan for them."
    )
    example = "# in desired-state/prod/environment.yaml\nenvironment: test"

    def run(self, subject: Subject) -> Iterator[Finding]:
        """Yield a finding where the document and its folder have different names."""
        document = subject.estate.only(DocumentType.ENVIRONMENT) if subject.estate else None
        node = document.root.member("environment") if document else None
        if subject.estate is None or node is None or node.value == subject.estate.environment:
            return
        folder = subject.estate.environment
        yield self.finding(
            f"environment.yaml of {quoted(folder)} calls the environment {quoted(str(node.value))}",
            place=node.place,
            expected=(f"the name of its folder: {folder}",),
            remedy=f"write environment: {folder}, and check that the servers are its own",
        )
