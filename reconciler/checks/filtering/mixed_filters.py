"""Filtering one kind of objects both ways at once is hard to read, and often wrong."""

from __future__ import annotations

from collections.abc import Iterator

from reconciler.checks.check import Check
from reconciler.checks.filtering.marks import PATH, Mark, marks
from reconciler.checks.subject import Subject
from reconciler.model.findings import Finding, Severity, quoted


class MixedFilters(Check):
    """Objects are either left out by conditions or let in by conditions."""

    code = "RC2202"
    title = "positive and negative filters mixed"
    severity = Severity.WARNING
    authority = "adsync-server.md 5.8; how-to-connect-sync-configure-filtering.md"
    description = (
        "Negative filtering writes True for objects in scope. Positive filtering writes False for "
        "them and True for all others. With both for the same objects the lower precedence number "
        "wins, and the rule that loses looks as if it worked."
    )
    example = 'cloudFiltered: {constant: "True"}      # with a scope, beside rules with "False"'

    def run(self, subject: Subject) -> Iterator[Finding]:
        """Yield one finding for each kind of objects that is filtered both ways."""
        for objects, found in sorted(marks(subject).items()):
            out = [mark for mark in found if mark.is_out and not mark.is_for_all]
            let_in = [mark for mark in found if mark.is_out is False]
            custom = [mark for mark in out if not mark.checked.is_default]
            if custom and let_in:
                yield self._finding(objects[1], custom[0], let_in[0])

    def _finding(self, kind: str, out: Mark, let_in: Mark) -> Finding:
        name = quoted(let_in.checked.rule.name)
        return self.finding(
            f"{kind} objects are left out here and let in by {name}",
            place=out.checked.place_of(PATH),
            address=out.checked.address,
            expected=("either negative or positive filtering for one kind of objects",),
            remedy="put both conditions into the scope of one of the rules",
        )
