"""An organizational unit is listed under the domain that it stands in."""

from __future__ import annotations

from collections.abc import Iterator

from reconciler.checks.check import Check
from reconciler.checks.connectors.listed_units import ListedUnit, listed_units
from reconciler.checks.subject import Subject
from reconciler.kinds.distinguished_names import MalformedNameError, parse_dn
from reconciler.model.findings import Finding, quoted


class UnitOutsideDomain(Check):
    """The end of a unit's DN is the domain under which it is listed."""

    code = "RC2405"
    title = "organizational unit outside its domain"
    authority = "adsync-server.md 4.5; declarative-provisioning.md 1.3"
    description = (
        "Units are selected in the partition of their own domain. A unit of another domain, a "
        "child domain included, selects nothing where it is listed."
    )
    example = (
        "domains:\n"
        "  corp.contoso.com:\n"
        "    organizational_units:\n"
        "      include:\n"
        "        - OU=Sales,DC=emea,DC=corp,DC=contoso,DC=com"
    )

    def run(self, subject: Subject) -> Iterator[Finding]:
        """Yield a finding for each unit that stands in another domain."""
        domains = {
            (item.address.connector, item.address.name) for item in subject.of_kind("domain")
        }
        for unit in listed_units(subject):
            actual = _domain_of(unit.name)
            if actual is not None and actual != unit.domain:
                yield self._finding(unit, actual, is_listed=(unit.alias, actual) in domains)

    def _finding(self, unit: ListedUnit, actual: str, *, is_listed: bool) -> Finding:
        return self.finding(
            f"{quoted(unit.name)} is not in the domain {unit.domain}",
            place=unit.place,
            address=unit.resource.address,
            expected=(f"a unit below {unit.domain}; the name says {actual or 'no domain'}",),
            remedy=(
                f"move it to the units of {actual}"
                if is_listed
                else "correct its DC parts, or leave them out: a name is relative to its domain"
            ),
        )


def _domain_of(name: str) -> str | None:
    """Return the DNS name at the end of a DN; None where the text is none."""
    try:
        parts = parse_dn(name)
    except MalformedNameError:
        return None
    labels: list[str] = []
    for type_, value in reversed(parts):
        if type_.upper() != "DC":
            break
        labels.insert(0, value.casefold())
    return ".".join(labels)
