"""Servers are told apart by their host names."""

from __future__ import annotations

from collections.abc import Iterator

from reconciler.checks.check import Check
from reconciler.checks.subject import Subject
from reconciler.checks.topology.roles import declared_servers
from reconciler.model.findings import Finding, quoted


class HostNames(Check):
    """No two servers of an environment have the same first label."""

    code = "RC2603"
    title = "two servers with one host name"
    authority = "adsync-server.md 7.1"
    description = (
        "An exported configuration names its server by host name only. It is matched to a declared "
        "server by the first label, without regard to case, so that label must be unique."
    )
    example = (
        "servers:\n"
        "  sync01.corp.contoso.com: {role: active}\n"
        "  sync01.fabrikam.com: {role: staging}"
    )

    def run(self, subject: Subject) -> Iterator[Finding]:
        """Yield a finding for each server whose host name an earlier one has."""
        first: dict[str, str] = {}
        for name, _, place in declared_servers(subject):
            label = name.split(".")[0].casefold()
            if label in first:
                yield self.finding(
                    f"{quoted(name)} has the host name of {quoted(first[label])}",
                    place=place,
                    expected=("a first label that no other server of the environment has",),
                    remedy="remove one of them, or correct its name",
                )
            else:
                first[label] = name
