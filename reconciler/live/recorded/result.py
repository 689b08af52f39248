"""What reading a source on disk gives: a snapshot as far as it could be read, and why not all."""

from __future__ import annotations

from dataclasses import dataclass

from reconciler.model.findings import Finding
from reconciler.model.snapshots import Snapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """A snapshot and the findings of its reading; its coverage says the same by part."""

    snapshot: Snapshot
    findings: tuple[Finding, ...] = ()
