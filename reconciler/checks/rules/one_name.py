"""A rule is found by its connector and name: no two documents may claim one of them."""

from __future__ import annotations

from collections.abc import Iterator

from reconciler.checks.check import Check
from reconciler.checks.subject import Subject
from reconciler.kinds.rules.rule_documents import text_of
from reconciler.kinds.rules.tags import parse_tag
from reconciler.model.addresses import Address
from reconciler.model.estates import Document, DocumentType
from reconciler.model.findings import Finding, quoted
from reconciler.model.places import Place


class OneName(Check):
    """One document a rule; two of one name on a server are the kinds' finding."""

    code = "RC2003"
    title = "two documents for one rule"
    authority = "adsync-server.md 5.1; how-to-connect-sync-change-the-configuration.md"
    description = (
        "A custom rule is found by connector and name, a default rule by connector and tag without "
        "its number. With two documents for one rule nobody could say which of them counts."
    )
    example = "rule: In from AD - User - HR cost centre      # and the same in another file"

    def run(self, subject: Subject) -> Iterator[Finding]:
        """Yield a finding for each document that repeats a rule of an earlier file."""
        first: dict[Address, Place] = {}
        for document in subject.estate.documents if subject.estate else ():
            address = _address(document)
            if address is None:
                continue
            node = document.root.member("rule") or document.root
            if address in first:
                yield self._finding(address, node.place, first[address])
            else:
                first[address] = node.place

    def _finding(self, address: Address, place: Place, first: Place) -> Finding:
        if address.kind == "sync-rule":
            what = (
                f"a second rule is called {quoted(address.name)} on connector {address.connector}"
            )
        else:
            what = (
                f"a second default rule of {address.connector} has the tag {quoted(address.name)}"
            )
        return self.finding(
            what,
            place=place,
            address=address,
            expected=(f"one document a rule; the first stands at {first}",),
            remedy="rename one of the two, or remove its file",
        )


def _address(document: Document) -> Address | None:
    alias = text_of(document, "connector")
    if document.type is DocumentType.SYNC_RULE:
        return Address("sync-rule", alias, text_of(document, "rule"))
    if document.type is DocumentType.DEFAULT_RULE:
        node = document.root.at("baseline", "tag")
        tag = parse_tag(str(node.value)) if node else None
        return Address("default-rule", alias, tag.agnostic) if tag else None
    return None
