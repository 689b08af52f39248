"""cloudFiltered is True or not there at all; False belongs to positive filtering alone."""

from __future__ import annotations

from collections.abc import Iterator

from reconciler.checks.check import Check
from reconciler.checks.filtering.marks import PATH, Mark, is_behind, marks
from reconciler.checks.subject import Subject
from reconciler.model.findings import Finding, quoted


class FilterValue(Check):
    """A constant False for cloudFiltered is followed by a rule that filters everybody else."""

    code = "RC2201"
    title = "cloudFiltered with a value that filters nobody"
    authority = "adsync-server.md 5.7 and 5.8; how-to-connect-sync-configure-filtering.md"
    description = (
        "True keeps an object out of Entra. False does nothing by itself; it has a meaning only in "
        "positive filtering, where a catch-all rule without scope filter at a higher number writes "
        "True for everybody who was not let in before."
    )
    example = 'cloudFiltered: {constant: "False"}      # and no catch-all'

    def run(self, subject: Subject) -> Iterator[Finding]:
        """Yield a finding for each constant of a custom rule that is not True."""
        for objects, found in sorted(marks(subject).items()):
            for mark in found:
                if mark.checked.is_default or mark.is_out:
                    continue
                if mark.is_out is None:
                    yield self._finding(mark, "True, or no flow to cloudFiltered at all")
                elif not any(_catches(other, mark) for other in found):
                    catch_all = (
                        f"a rule for {objects[1]} on {objects[0]} without scope, with a constant "
                        "True and a higher precedence number"
                    )
                    yield self._finding(mark, catch_all)

    def _finding(self, mark: Mark, expected: str) -> Finding:
        return self.finding(
            f"the constant {quoted(mark.text)} for cloudFiltered",
            place=mark.checked.place_of(PATH),
            address=mark.checked.address,
            expected=(expected,),
            remedy=(
                "to leave out the objects in scope write True; to let in only these add the "
                "catch-all rule"
            ),
        )


def _catches(other: Mark, mark: Mark) -> bool:
    return bool(other.is_out) and other.is_for_all and is_behind(other.checked, mark.checked)
