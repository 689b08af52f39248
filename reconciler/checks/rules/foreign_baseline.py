"""The baseline of a default rule names the version that was read with it."""

from __future__ import annotations

from collections.abc import Iterator

from reconciler.checks.check import Check
from reconciler.checks.subject import Subject
from reconciler.checks.topology.roles import declared_servers
from reconciler.kinds.minimum_build import build_number
from reconciler.kinds.rules.baselines import baseline_hash
from reconciler.kinds.rules.tags import parse_tag
from reconciler.model.findings import Finding, Severity, quoted
from reconciler.model.resources import Resource


class ForeignBaseline(Check):
    """Where the recording has the same rule, git claims no other version than it."""

    code = "RC2011"
    title = "baseline of a version that was never read"
    severity = Severity.WARNING
    authority = "decision A8"
    description = (
        "Tag and build of a baseline decide whether a difference is an edit by hand or a product "
        "upgrade. Where the recording holds the very same rule under another tag or an older "
        "build, git was edited: a hand edit of the rule would pass for an upgrade. An older build "
        "in git is what an upgrade leaves until the next import, and is accepted; so is any build "
        "on a staging server, for baselines are imported from the active one."
    )
    example = "baseline:\n  tag: Microsoft.InfromADUserJoin.999"

    def run(self, subject: Subject) -> Iterator[Finding]:
        """Yield a finding for each baseline that claims what the recording does not."""
        if subject.recorded is None or subject.server in _staging(subject):
            return
        recorded = subject.recorded.resources.get("default-rule", {})
        for resource in subject.of_kind("default-rule"):
            there = recorded.get(resource.address)
            if there is None or _content(resource) != _content(there):
                continue
            for name in _claimed(resource, there):
                node = subject.node(resource, "baseline", name)
                yield self.finding(
                    f"the baseline of {quoted(resource.name)} claims {name} "
                    f"{quoted(resource.notes.get(name, ''))}",
                    place=node.place if node else resource.place,
                    address=resource.address,
                    expected=(f"{there.notes.get(name, '')}, as the recording has it",),
                    remedy="undo the edit, or `reconciler import ENV --from SOURCE` records the "
                    "server again",
                )


def _staging(subject: Subject) -> frozenset[str]:
    return frozenset(name for name, role, _ in declared_servers(subject) if role == "staging")


def _content(resource: Resource) -> str:
    return baseline_hash(resource.name, resource.address.connector, resource.fields)


def _claimed(resource: Resource, there: Resource) -> Iterator[str]:
    """Yield which of tag and build is not what was read with the rule."""
    tags = [parse_tag(item.notes.get("tag", "")) for item in (resource, there)]
    if tags[0] != tags[1]:
        yield "tag"
    claimed, read = (item.notes.get("build", "") for item in (resource, there))
    is_older = bool(build_number(claimed)) and build_number(claimed) <= build_number(read)
    if read and not is_older:
        yield "build"
