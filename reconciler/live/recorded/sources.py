"""
Sources as people name them: `[SERVER=]export:FOLDER` or `[SERVER=]snapshot:FILE`.

Reading picks the reader; which server of the environment a source belongs to is the application's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from reconciler.live.recorded.codes import Code
from reconciler.live.recorded.inspection import source_finding
from reconciler.live.recorded.result import Recorded
from reconciler.model.findings import Finding, quoted
from reconciler.model.snapshots import Snapshot

_EXPECTED = (
    "export:FOLDER or snapshot:FILE, with SERVER= in front where it is needed",
    "for example  sync02=export:exports/sync02",
)
_TEXT = re.compile(r"(?:(?P<server>[^=:/\\]*)=)?(?P<kind>[^:=]*):(?P<path>.*)", re.DOTALL)


class SourceKind(StrEnum):
    """The sources that lie on disk."""

    EXPORT = "export"
    SNAPSHOT = "snapshot"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A source by kind and path; `server` where the text says whose it is."""

    kind: SourceKind
    path: Path
    server: str | None = None


class SourceTextError(ValueError):
    """The text names no source; `finding` says why."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.what)
        self.finding = finding


def parse_source(text: str) -> Source:
    """
    Return the source that the text names; nothing is looked up.

    Raises SourceTextError.

    >>> parse_source("sync02=snapshot:recorded/sync02.json").server
    'sync02'
    """
    found = _TEXT.fullmatch(text)
    if found is None or (len(found["kind"]) == 1 and found["kind"].isalpha()):
        # a bare path, perhaps with a drive letter
        raise _error(f"{quoted(text)} does not say what kind of source it is", text)
    kind = found["kind"].strip().lower()
    if kind not in set(SourceKind):
        raise _error(f"{quoted(found['kind'])} is no kind of source", text)
    if found["server"] is not None and not found["server"].strip():
        raise _error("the server's name before = is empty", text)
    if not found["path"].strip() or "\0" in text:
        raise _error(f"{quoted(text)} names no path", text)
    server = found["server"].strip() if found["server"] else None
    return Source(kind=SourceKind(kind), path=Path(found["path"]), server=server)


def read_source(source: Source) -> Recorded:
    """Return what the source holds; another thing at its path is named, with the way from there."""
    from reconciler.live.recorded.recognition import recognise

    other = recognise(source.path, wanted=source.kind.value)
    if other is not None:
        recorded = Recorded(snapshot=Snapshot(), findings=(other,))
    elif source.kind is SourceKind.EXPORT:
        from reconciler.live.recorded.export import read_export

        recorded = read_export(source.path)
    else:
        from reconciler.live.recorded.recording import read_recording

        recorded = read_recording(source.path, label=source.path.name)
    findings = (replace(finding, server=source.server) for finding in recorded.findings)
    return replace(recorded, findings=tuple(findings))


def _error(what: str, text: str) -> SourceTextError:
    kind = "snapshot" if text.lower().endswith(".json") else "export"
    remedy = f"write {kind}: in front of the path" if ":" not in text[2:] else ""
    return SourceTextError(
        source_finding(Code.SOURCE_TEXT, what, expected=_EXPECTED, remedy=remedy)
    )
