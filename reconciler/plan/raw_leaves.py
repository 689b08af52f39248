"""
Leaves that no kind models: what changed in them between a recording and a reading.

deepdiff compares them, for nobody knows their meaning; each difference is only *potential* drift.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reconciler.kinds.naming import name_connectors
from reconciler.kinds.registry import KINDS
from reconciler.model.findings import Concern, Finding, Severity, quoted
from reconciler.model.snapshots import ConnectorTree, Server

RAW_LEAF_DIFFERS = "RC3302"  # potential drift: a setting that no kind models differs

_ELSEWHERE = frozenset({"Connector.GroupFilteringGroupDn", "Connector.ID", "guid"})
"""Compared by a kind, or an identifier that every server has of its own."""

_COMPARED = frozenset(name for kind in KINDS.values() for name in kind.global_parameters)


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """How a difference between two readings is told."""

    what: str
    before: str
    after: str
    remedy: str


DRIFT = Words(
    what="potential drift: {path} is not as it was recorded",
    before="recorded",
    after="on server",
    remedy="no kind models this setting; `reconciler import` records it as it is now",
)
PARITY = Words(
    what="{path} differs; no kind models this setting", before="in A", after="in B", remedy=""
)


def raw_findings(first: Server, second: Server, words: Words = DRIFT) -> tuple[Finding, ...]:
    """Return a finding for each unmodelled leaf that differs, by path."""
    before, after = dict(_leaves(first)), dict(_leaves(second))
    if before == after:
        return ()
    from deepdiff import DeepDiff

    found = DeepDiff(before, after, verbose_level=0, view="tree", threshold_to_diff_deeper=0)
    paths = {
        str(item.path(output_format="list")[0]) for changes in found.values() for item in changes
    }
    return tuple(
        Finding(
            code=RAW_LEAF_DIFFERS,
            severity=Severity.NOTE,
            concern=Concern.LIVE,
            what=words.what.format(path=path),
            server=second.name,
            expected=(
                f"{words.before:<9} {_shown(before.get(path))}",
                f"{words.after:<9} {_shown(after.get(path))}",
            ),
            remedy=words.remedy,
        )
        for path in sorted(paths)
    )


def _leaves(server: Server) -> Iterator[tuple[str, str]]:
    """Yield path and text of every leaf that nothing else compares."""
    for name, value in server.tree.get("parameters", {}).items():
        if name not in _COMPARED:
            yield f"global-settings/{name}", value
    for alias, connector in name_connectors(server, None).connectors.items():
        yield from _connector_leaves(f"connectors/{alias}", connector)
    yield from server.tree.get("raw", {}).items()


def _connector_leaves(path: str, connector: ConnectorTree) -> Iterator[tuple[str, str]]:
    holders = {f"{path}/{name}": held for name, held in connector["parameters"].items()}
    for partition in connector["partitions"]:
        holders[f"{path}/partitions/{partition['name']}"] = partition["parameters"]
    for holder, parameters in holders.items():
        for name, value in parameters.items():
            if name not in _ELSEWHERE:
                yield f"{holder}/{name}", value


def _shown(value: str | None) -> str:
    return "(not there)" if value is None else quoted(value)
