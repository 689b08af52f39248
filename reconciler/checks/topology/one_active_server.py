"""One server exports to a tenant; all others stand by."""

from __future__ import annotations

from collections.abc import Iterator

from reconciler.checks.check import Check
from reconciler.checks.subject import Subject
from reconciler.checks.topology.roles import declared_servers
from reconciler.model.findings import Finding, quoted


class OneActiveServer(Check):
    """At most one server of an environment is active."""

    code = "RC2601"
    title = "several active servers"
    authority = "adsync-server.md 10; plan-connect-topologies.md"
    description = (
        "Exactly one sync server is active for a tenant, all others are in staging mode. Two "
        "active ones are unsupported, even with disjoint scopes: both export, and each undoes what "
        "the other does."
    )
    example = (
        "servers:\n"
        "  sync01.corp.contoso.com: {role: active}\n"
        "  sync02.corp.contoso.com: {role: active}"
    )

    def run(self, subject: Subject) -> Iterator[Finding]:
        """Yield a finding for each active server behind the first."""
        active = [item for item in declared_servers(subject) if item[1] == "active"]
        for name, _, place in active[1:]:
            yield self.finding(
                f"{quoted(name)} is a second active server beside {quoted(active[0][0])}",
                place=place,
                expected=("one active server for a tenant, all others in staging mode",),
                remedy="write role: staging for all but one",
            )
