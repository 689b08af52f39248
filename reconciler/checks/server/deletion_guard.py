"""The guard against accidental deletes is on."""

from __future__ import annotations

from collections.abc import Iterator

from reconciler.checks.check import Check
from reconciler.checks.subject import Subject
from reconciler.kinds.server_settings import VALUE
from reconciler.model.findings import Finding, Severity


class DeletionGuard(Check):
    """The export deletion threshold is a number."""

    code = "RC2505"
    title = "export deletion threshold disabled"
    severity = Severity.WARNING
    authority = "adsync-server.md 6.6 and 9"
    description = (
        "An export with more deletes than the threshold stops and asks. Without it a wrong filter "
        "or a renamed organizational unit deletes everybody concerned in one export. The vendor's "
        "default is 500."
    )
    example = "observed_features: {export_deletion_threshold: disabled}"

    def run(self, subject: Subject) -> Iterator[Finding]:
        """Yield a finding where the threshold is declared disabled."""
        threshold = subject.setting("export-deletion-threshold")
        if threshold is not None and threshold.fields.get(VALUE) == "disabled":
            yield self.finding(
                "the export deletion threshold is disabled",
                place=threshold.place_of(VALUE),
                address=threshold.address,
                expected=("a number of deletes that is never exceeded on an ordinary day",),
                remedy="enable it on the server with a threshold, then declare the number",
            )
