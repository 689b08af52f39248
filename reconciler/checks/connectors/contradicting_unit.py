"""An organizational unit is in or out, not both."""

from __future__ import annotations

from collections.abc import Iterator

from reconciler.checks.check import Check
from reconciler.checks.connectors.listed_units import units_of
from reconciler.checks.subject import Subject
from reconciler.kinds.distinguished_names import normal_dn
from reconciler.model.findings import Finding, quoted


class ContradictingUnit(Check):
    """No unit is in both lists of its domain."""

    code = "RC2406"
    title = "organizational unit both included and excluded"
    authority = "adsync-server.md 4.5"
    description = (
        "The nearest listed unit above an object decides about it. A unit that is in both lists "
        "gives two answers at once. Names are compared without regard to case."
    )
    example = "include:\n  - OU=Partners\nexclude:\n  - OU=Partners"

    def run(self, subject: Subject) -> Iterator[Finding]:
        """Yield a finding at the exclusion of each unit that is included too."""
        for resource in subject.of_kind("organizational-units"):
            units = tuple(units_of(resource, subject))
            included = {normal_dn(unit.name): unit for unit in units if unit.is_included}
            for unit in units:
                other = included.get(normal_dn(unit.name))
                if unit.is_included or other is None:
                    continue
                where = f"; it is included at {other.place}" if other.place else ""
                yield self.finding(
                    f"{quoted(unit.name)} is both included and excluded",
                    place=unit.place,
                    address=resource.address,
                    expected=(f"a unit in one of the two lists{where}",),
                    remedy="remove it from one of the lists",
                )
