"""
An exported server configuration (adsync-server.md 7.1) as a snapshot of one server.

Puts the files together and checks what no file can know alone; `export_file` decodes each of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path, PurePosixPath

from reconciler.live.recorded.codes import EXPORT_AGAIN, Code
from reconciler.live.recorded.export_file import (
    PARTS_OF_FOLDER,
    ExportFile,
    decode_file,
    is_metaverse_file,
)
from reconciler.live.recorded.files import SourceFile, export_files
from reconciler.live.recorded.inspection import source_finding
from reconciler.live.recorded.leaves import Leaf, named, rooted, step_in_path
from reconciler.live.recorded.result import Recorded
from reconciler.live.recorded.withholding import shown
from reconciler.model.findings import Finding, in_order, quoted
from reconciler.model.places import Place
from reconciler.model.snapshots import (
    Coverage,
    Part,
    SchemaTree,
    Server,
    ServerTree,
    Snapshot,
    State,
)

FOLDERS = ("GlobalSettings", "Connectors", "SynchronizationRules")
"""The folders that an export has (adsync-server.md 7.1)."""

_NEVER_EXPORTED = (Part.PREFERRED_DOMAIN_CONTROLLERS, Part.AUDIT_LOGGING)
_WITHOUT = {
    "Connectors": "no connector",
    "SynchronizationRules": "no synchronization rule",
}


def read_export(folder: Path) -> Recorded:
    """
    Return what an exported configuration folder holds, as far as it can be read.

    Never raises for what the folder holds; findings name files relative to it.
    """
    return assemble_export(export_files(folder, FOLDERS))


def assemble_export(files: Iterable[SourceFile]) -> Recorded:
    """Return the snapshot of the server whose export these files are, in any order."""
    decoded = sorted(map(decode_file, files), key=lambda file: file.name)
    damaged: dict[Part, list[str]] = defaultdict(list)
    findings = [*_missing(decoded), *_repeated(decoded), *_unknown_connectors(decoded)]
    for finding in findings:
        for part in _parts_of(finding):
            damaged[part].append(finding.what)
    for file in decoded:
        findings.extend(file.findings)
        for part, notes in file.damaged.items():
            damaged[part].extend(notes)
    server = _server(decoded, damaged)
    return Recorded(snapshot=Snapshot(servers=(server,)), findings=in_order(findings))


def _server(files: list[ExportFile], damaged: dict[Part, list[str]]) -> Server:
    settings = next((file.settings for file in files if file.settings), None)
    return Server(
        name=settings.name if settings else "",
        kind_of_source="export",
        read_at=settings.read_at if settings else None,
        build=settings.build if settings else None,
        tree=_tree(files),
        coverage=tuple(_coverage(part, damaged) for part in Part),
    )


def _coverage(part: Part, damaged: dict[Part, list[str]]) -> Coverage:
    if part in _NEVER_EXPORTED:
        return Coverage(part=part, state=State.ABSENT, note="an export never holds them")
    notes = damaged.get(part)
    if not notes:
        return Coverage(part=part, state=State.READ)
    note = notes[0] if len(notes) == 1 else f"{notes[0]}, and {len(notes) - 1} more"
    return Coverage(part=part, state=State.DAMAGED, note=note)


def _tree(files: list[ExportFile]) -> ServerTree:
    tree = ServerTree(raw=named(_raw(files), _names(files)))
    parameters = next((file.settings.parameters for file in files if file.settings), None)
    connectors = [file.connector.tree for file in files if file.connector]
    rules = [file.rule for file in files if file.rule]
    schemas = dict(_schemas(files))
    if parameters is not None:
        tree["parameters"] = parameters
    if connectors:
        tree["connectors"] = sorted(connectors, key=lambda item: (item["name"], item["identifier"]))
    if rules:
        tree["rules"] = sorted(
            rules, key=lambda item: (item["precedence"], item["name"], item["identifier"])
        )
    if schemas:
        tree["schemas"] = dict(sorted(schemas.items()))
    return tree


def _schemas(files: list[ExportFile]) -> Iterator[tuple[str, SchemaTree]]:
    for file in files:
        key = "metaverse" if file.settings else file.connector and file.connector.tree["identifier"]
        if key and file.schema:
            yield key, file.schema


def _names(files: list[ExportFile]) -> dict[str, str]:
    return {
        guid: name
        for file in files
        if file.connector
        for guid, name in file.connector.names.items()
    }


def _raw(files: list[ExportFile]) -> Iterator[Leaf]:
    names = _names(files)
    for file in files:
        if file.settings:
            yield from rooted("global-settings", file.leaves)
        elif file.connector:
            name = file.connector.tree["name"]
            yield from rooted(f"connectors/{step_in_path(name)}", file.leaves)
        elif file.rule:
            connector = names.get(file.rule["connector"], file.rule["connector"])
            path = f"rules/{step_in_path(connector)}/{step_in_path(file.rule['name'])}"
            yield from rooted(path, file.leaves)


def _missing(files: list[ExportFile]) -> Iterator[Finding]:
    if not any(is_metaverse_file(file.name) for file in files):
        yield _broken(
            Code.MISSING_PART,
            "the file with the global settings is missing",
            place=Place("GlobalSettings/MV.xml"),
            expected="GlobalSettings/MV.xml, as every export has it",
        )
    for folder, what in _WITHOUT.items():
        part = PARTS_OF_FOLDER[folder.lower()][0]
        if not any(file.part is part and file.name.lower().endswith(".xml") for file in files):
            yield _broken(
                Code.EMPTY_LIST,
                f"the export holds {what}",
                place=Place(folder),
                expected=f"the folder {folder} with its XML files",
            )


def _repeated(files: list[ExportFile]) -> Iterator[Finding]:
    """Yield a finding for each connector and rule that occurs again, and drop all of its kind."""
    yield from _twice(
        [file for file in files if file.rule],
        lambda file: file.rule["identifier"] if file.rule else "",
    )
    connectors = [file for file in files if file.connector]
    yield from _twice(
        connectors, lambda file: file.connector.tree["identifier"] if file.connector else ""
    )
    yield from _twice(
        [file for file in connectors if file.connector],
        lambda file: file.connector.tree["name"].lower() if file.connector else "",
        tag="name",
    )


def _twice(
    files: list[ExportFile], key: Callable[[ExportFile], str], *, tag: str = "id"
) -> Iterator[Finding]:
    groups: dict[str, list[ExportFile]] = defaultdict(list)
    for file in files:
        groups[key(file)].append(file)
    for same in (group for group in groups.values() if len(group) > 1):
        first = quoted(PurePosixPath(same[0].name).name)
        for file in same[1:]:
            yield _broken(
                Code.REPEATED,
                f"the same {'identifier' if tag == 'id' else tag} as in {first}",
                place=file.place_of(tag),
                expected="one file for each connector and rule",
            )
        for file in same:
            file.rule, file.connector, file.schema = None, None, None


def _unknown_connectors(files: list[ExportFile]) -> Iterator[Finding]:
    known = {file.identifier for file in files if file.part is Part.CONNECTORS}
    known |= {file.connector.tree["identifier"] for file in files if file.connector}
    for file in files:
        if file.rule and file.rule["connector"] not in known:
            yield _broken(
                Code.UNKNOWN_CONNECTOR,
                f"the connector of the rule {shown(file.rule['name'])} is not in the export",
                place=file.place_of("connector"),
                expected=f"a file for connector {file.rule['connector']} in the folder Connectors",
            )
            file.rule = None


def _broken(code: Code, what: str, *, place: Place, expected: str) -> Finding:
    return source_finding(code, what, place=place, expected=(expected,), remedy=EXPORT_AGAIN)


def _parts_of(finding: Finding) -> tuple[Part, ...]:
    folder = finding.place.file.partition("/")[0].lower() if finding.place else ""
    return PARTS_OF_FOLDER.get(folder, ())
