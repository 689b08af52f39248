"""The domains of a connector are those of its forest."""

from __future__ import annotations

from collections.abc import Iterator

from reconciler.checks.check import Check
from reconciler.checks.subject import Subject
from reconciler.model.findings import Finding, Severity


class ForeignDomain(Check):
    """A domain's name ends with that of its forest, unless the forest has several trees."""

    code = "RC2408"
    title = "domain whose name is not below its forest"
    severity = Severity.WARNING
    authority = "adsync-server.md 4.1 and 4.5"
    description = (
        "A connector reads the domains of one forest. Most of them carry the forest's name at "
        "their end; a forest with several trees has others too, so this is a warning only."
    )
    example = "forest: corp.contoso.com\ndomains: {emea.fabrikam.com: all}"
    is_silent_when_standing = True

    def run(self, subject: Subject) -> Iterator[Finding]:
        """Yield a finding for each selected domain of another name."""
        forests = {
            item.address.connector: str(item.fields.get("forest") or "").casefold()
            for item in subject.of_kind("connector")
        }
        for domain in subject.of_kind("domain"):
            forest = forests.get(domain.address.connector, "")
            name = domain.address.name
            is_below = name == forest or name.endswith(f".{forest}")
            if forest and domain.fields.get("selected") and not is_below:
                yield self.finding(
                    f"the domain {name} is not below the forest {forest}",
                    place=domain.place,
                    address=domain.address,
                    expected=(f"{forest}, or a domain below it or of another tree of the forest",),
                    remedy="list it under the connector of its own forest, or correct its name",
                )
