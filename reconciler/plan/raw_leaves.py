"""
Leaves that no kind models: what changed in them between a recording and a reading.

deepdiff compares them, for nobody knows their meaning; each difference is only *potential* drift.
Which leaves there are is `unmodelled`'s.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from reconciler.model.findings import Concern, Finding, Severity, quoted
from reconciler.model.snapshots import Server
from reconciler.plan.unmodelled import leaves_of, schemas_of

RAW_LEAF_DIFFERS = "RC3302"  # potential drift: a setting that no kind models differs

_MOST_OF_A_SCHEMA = 20  # findings; an upgrade of a forest brings hundreds of attributes at once


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
    remedy="no kind models this setting; "
    "`reconciler import ENV --from SOURCE` records it as it is now",
)
PARITY = Words(
    what="{path} differs; no kind models this setting", before="in A", after="in B", remedy=""
)


def raw_findings(first: Server, second: Server, words: Words = DRIFT) -> tuple[Finding, ...]:
    """
    Return a finding for each unmodelled leaf that differs, by path.

    Attributes and classes of a schema are leaves; many of one schema are one finding.
    """
    before, after = leaves_of(first, second)
    found = [
        _finding(words, second.name, path, before.get(path), after.get(path))
        for path in _differing(before, after)
    ]
    for path, (old, new) in schemas_of(first, second).items():
        found.extend(_schema_findings(words, second.name, path, (old, new)))
    return tuple(sorted(found, key=lambda finding: finding.what))


def _differing(before: Mapping[str, str], after: Mapping[str, str]) -> list[str]:
    if before == after:
        return []
    from deepdiff import DeepDiff

    found = DeepDiff(before, after, verbose_level=0, view="tree", threshold_to_diff_deeper=0)
    paths = {
        str(item.path(output_format="list")[0]) for changes in found.values() for item in changes
    }
    return sorted(paths)


def _schema_findings(
    words: Words, server: str, path: str, sides: tuple[Mapping[str, str], Mapping[str, str]]
) -> Iterator[Finding]:
    old, new = sides
    names = sorted(name for name in old.keys() | new.keys() if old.get(name) != new.get(name))
    if len(names) <= _MOST_OF_A_SCHEMA:
        for name in names:
            yield _finding(words, server, f"{path}/{name}", old.get(name), new.get(name))
        return
    come, gone = len(new.keys() - old.keys()), len(old.keys() - new.keys())
    yield _worded(
        words,
        server,
        path,
        (
            (
                f"{len(names)} attributes and classes differ: {come} came, {gone} went, "
                f"{len(names) - come - gone} changed"
            ),
            f"the first are {', '.join(names[:3])}",
        ),
    )


def _finding(
    words: Words, server: str, path: str, before: str | None, after: str | None
) -> Finding:
    lines = (f"{words.before:<9} {_shown(before)}", f"{words.after:<9} {_shown(after)}")
    return _worded(words, server, path, lines)


def _worded(words: Words, server: str, path: str, expected: tuple[str, ...]) -> Finding:
    return Finding(
        code=RAW_LEAF_DIFFERS,
        severity=Severity.NOTE,
        concern=Concern.LIVE,
        what=words.what.format(path=path),
        server=server,
        expected=expected,
        remedy=words.remedy,
    )


def _shown(value: str | None) -> str:
    return "(not there)" if value is None else quoted(value)
