"""The tenant's connector has neither domains nor a group filter nor password hashes."""

from __future__ import annotations

from collections.abc import Iterator

from reconciler.checks.check import Check
from reconciler.checks.subject import Subject
from reconciler.model.estates import DocumentType
from reconciler.model.findings import Finding, quoted

_OF_A_FOREST = ("domains", "group_filter", "password_hash_sync")


class SettingOfAForest(Check):
    """Settings that only the connector of a forest has stand in its document."""

    code = "RC2410"
    title = "a forest's setting on the tenant's connector"
    authority = "adsync-server.md 4.1, 4.5, 6.1 and 9"
    description = (
        "Domains, organizational units, the group filter and password hash synchronization belong "
        "to the connector of a forest. The tenant's connector has none of them, so what its "
        "document says about them would never be compared."
    )
    example = "connector: entra\ntenant: contoso.onmicrosoft.com\ngroup_filter: null"

    def run(self, subject: Subject) -> Iterator[Finding]:
        """Yield a finding for each such setting of a document that names a tenant."""
        for document in subject.estate.of_type(DocumentType.CONNECTOR) if subject.estate else ():
            if document.root.member("tenant") is None:
                continue
            for name in _OF_A_FOREST:
                node = document.root.member(name)
                if node is not None:
                    yield self.finding(
                        f"{quoted(name)} stands in the document of the tenant's connector",
                        place=node.key or node.place,
                        expected=("a setting that the tenant's connector has",),
                        remedy=f"remove {name}, or write it into the document of a forest",
                    )
