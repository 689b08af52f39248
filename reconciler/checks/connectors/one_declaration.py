"""A forest has one connector, a connector one document, and a domain one place in it."""

from __future__ import annotations

from collections.abc import Iterator

from reconciler.checks.check import Check
from reconciler.checks.subject import Subject
from reconciler.kinds.connector_settings import connector_documents
from reconciler.kinds.domain import declared_domains
from reconciler.model.addresses import Address
from reconciler.model.estates import Estate
from reconciler.model.findings import Finding, quoted
from reconciler.model.places import Place

Claim = tuple[str, Address, Place]
"""What is declared, in words that are equal for equal things; its address; and where."""


class OneDeclaration(Check):
    """No alias, forest, tenant or domain is declared twice."""

    code = "RC2409"
    title = "connector, forest or domain declared twice"
    authority = "adsync-server.md 4.1 and 4.5"
    description = (
        "A server has one connector for a forest and reads a domain through it alone. With two "
        "declarations for one of them, only one could take effect. DNS names are compared without "
        "regard to case."
    )
    example = "forest: corp.contoso.com      # and the same in another file of connectors/"

    def run(self, subject: Subject) -> Iterator[Finding]:
        """Yield a finding for each declaration that repeats an earlier one."""
        first: dict[str, Place] = {}
        for what, address, place in _claims(subject.estate) if subject.estate else ():
            if what in first:
                yield self.finding(
                    f"{what} is declared twice",
                    place=place,
                    address=address,
                    expected=(f"one declaration; the first stands at {first[what]}",),
                    remedy="remove one of the two",
                )
            else:
                first[what] = place


def _claims(estate: Estate) -> Iterator[Claim]:
    for alias, root in connector_documents(estate):
        node = root.member("connector")
        yield f"connector {quoted(alias)}", Address("connector", alias), (node or root).place
        for key in ("forest", "tenant"):
            stands_for = root.member(key)
            if stands_for is not None:
                name = quoted(str(stands_for.value).casefold())
                yield f"{key} {name}", Address("connector", alias), stands_for.place
    for alias, domain, node in declared_domains(estate):
        name = domain.casefold()
        yield f"domain {quoted(name)}", Address("domain", alias, name), node.key or node.place
