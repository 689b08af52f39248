"""`snapshot`: record what a source holds, for plans without a path to the server."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from reconciler.application.assembly.reading import (
    open_tree,
    read_environment,
    read_live,
    sources_of,
)
from reconciler.application.exits import Exit, exit_of_findings
from reconciler.application.outputs import store_output
from reconciler.application.refusals import Refusal
from reconciler.application.servers import match_servers
from reconciler.desired.storing import store
from reconciler.live.recorded.recording import encode_snapshot
from reconciler.live.recorded.result import Recorded
from reconciler.model.findings import Finding
from reconciler.model.nodes import Plain
from reconciler.model.snapshots import Snapshot
from reconciler.plan.encoding import encode_finding
from reconciler.plan.policy import roles_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording:
    """Where the recordings went, by server, and whether they changed."""

    files: tuple[tuple[str, bool], ...]
    findings: tuple[Finding, ...] = ()

    @property
    def exit_code(self) -> Exit:
        """Return 0; a damaged source was refused before."""
        return exit_of_findings(self.findings)

    def encode(self) -> dict[str, Plain]:
        """Return the members of the JSON result."""
        return {
            "findings": [encode_finding(finding) for finding in self.findings],
            "files": [{"path": path, "changed": changed} for path, changed in self.files],
        }


def snapshot(folder: str, environment: str, source: str, out: str | None) -> Recording:
    """
    Record a source; without `out` into the environment's own folder `recorded/`.

    Raises Refusal: 64 for a source of no declared server, 6 for a damaged one (nothing is written).
    """
    tree = open_tree(folder)
    loaded = read_environment(tree, environment)
    recorded = read_sound(source)
    declared = tuple(roles_of(loaded.estate))
    found = [(None, server) for server in recorded.snapshot.servers]
    matched = match_servers(found, declared, environment=environment)
    if out is not None:
        changed = store_output(out, encode_snapshot(recorded.snapshot), is_private=True)
        return Recording(files=((out, changed),), findings=recorded.findings)
    files = {
        f"recorded/{item.name}.json": encode_snapshot(Snapshot(servers=(item.server,)))
        for item in matched
    }
    stored = store(Path(folder) / environment, files, is_private=True)
    return Recording(
        files=tuple(
            (f"{tree.label}/{environment}/{path}", path in stored) for path in sorted(files)
        ),
        findings=recorded.findings,
    )


def read_sound(source: str) -> Recorded:
    """Return what a source holds. Raises Refusal: 64 for no source, 6 for a damaged one."""
    recorded = read_live(sources_of((source,))[0])
    if exit_of_findings(recorded.findings) is Exit.INCOMPLETE:
        raise Refusal(Exit.INCOMPLETE, *recorded.findings)
    return recorded
