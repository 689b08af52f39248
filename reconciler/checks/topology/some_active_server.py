"""Some server must export, or nothing reaches the tenant."""

from __future__ import annotations

from collections.abc import Iterator

from reconciler.checks.check import Check
from reconciler.checks.subject import Subject
from reconciler.checks.topology.roles import declared_servers, servers_place
from reconciler.model.findings import Finding, Severity


class SomeActiveServer(Check):
    """An environment that has servers has an active one."""

    code = "RC2602"
    title = "no active server"
    severity = Severity.WARNING
    authority = "adsync-server.md 10; how-to-connect-sync-staging-server.md"
    description = (
        "A server in staging mode imports and synchronizes but exports nothing and synchronizes "
        "no passwords. With staging servers alone nothing reaches the tenant, and commands that "
        "work on the active server have none to work on."
    )
    example = "servers:\n  sync02.corp.contoso.com: {role: staging}"

    def run(self, subject: Subject) -> Iterator[Finding]:
        """Yield a finding where all servers are staging servers."""
        roles = [role for _, role, _ in declared_servers(subject)]
        if roles and "active" not in roles:
            yield self.finding(
                "no server of the environment is active",
                place=servers_place(subject),
                expected=("one active server",),
                remedy="write role: active for the server that exports",
            )
