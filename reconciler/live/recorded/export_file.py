"""
One file of an export on its own: what it holds, what is damaged, and the leaves that nobody took.

How the files fit together is `export`'s.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from reconciler.live.recorded.codes import Code
from reconciler.live.recorded.connectors import ExportedConnector, decode_connector
from reconciler.live.recorded.elements import Element
from reconciler.live.recorded.files import SourceFile
from reconciler.live.recorded.global_settings import GlobalSettings, decode_global_settings
from reconciler.live.recorded.inspection import Inspection, source_finding
from reconciler.live.recorded.leaves import Leaf, leaves_below
from reconciler.live.recorded.rules import decode_rule
from reconciler.live.recorded.withholding import secrets_in_rule, shown
from reconciler.live.recorded.words import guid_in
from reconciler.live.recorded.xml_reading import read_xml, require_root
from reconciler.model.findings import Finding, Severity
from reconciler.model.places import Place
from reconciler.model.snapshots import Part, RuleTree, SchemaTree

PARTS_OF_FOLDER = {
    "globalsettings": (Part.GLOBAL_SETTINGS, Part.SCHEMAS),
    "connectors": (Part.CONNECTORS, Part.SCHEMAS),
    "synchronizationrules": (Part.RULES,),
    "": (Part.GLOBAL_SETTINGS, Part.CONNECTORS, Part.RULES, Part.SCHEMAS),
}
"""
What is lost when a file of the folder, or the export as a whole (`""`), cannot be read at all.

The first is the folder's own part.
"""

_ROOTS = {
    Part.GLOBAL_SETTINGS: "saved-mv-configuration",
    Part.CONNECTORS: "ma-data",
    Part.RULES: "synchronizationRule",
}
_GUID_IN_NAME = re.compile(r"\{[0-9a-fA-F-]{36}\}")


@dataclass(slots=True, kw_only=True)
class ExportFile:
    """What one file gave; exactly one of settings, connector and rule where it is not damaged."""

    name: str
    part: Part
    findings: list[Finding] = field(default_factory=list)
    damaged: dict[Part, list[str]] = field(default_factory=dict)
    settings: GlobalSettings | None = None
    connector: ExportedConnector | None = None
    rule: RuleTree | None = None
    schema: SchemaTree | None = None
    leaves: tuple[Leaf, ...] = ()
    places: dict[str, Place] = field(default_factory=dict)

    @property
    def identifier(self) -> str | None:
        """Return the GUID in the file's name, or None where it holds none."""
        found = _GUID_IN_NAME.search(PurePosixPath(self.name).name)
        return guid_in(found[0]) if found else None

    def place_of(self, tag: str) -> Place:
        """Return the place of a child of the root that cross-checks speak about."""
        return self.places.get(tag, Place(self.name))


def decode_file(file: SourceFile) -> ExportFile:
    """Return what a file of an export holds."""
    parts = PARTS_OF_FOLDER[file.name.partition("/")[0].lower()]
    result = ExportFile(name=file.name, part=parts[0])
    if isinstance(file.content, Finding):
        result.findings.append(file.content)
        if file.content.severity is Severity.ERROR:
            result.damaged = {part: [file.content.what] for part in parts}
        return result
    if result.part is Part.GLOBAL_SETTINGS and not is_metaverse_file(file.name):
        result.findings.append(_not_read(file.name))
        return result
    inspection = Inspection(
        file=file.name, part=parts[0], findings=result.findings, damaged=result.damaged
    )
    document = read_xml(file.content, inspection, parts=parts)
    if document and require_root(document, _ROOTS[result.part], inspection, parts=parts):
        result.schema = document.schema
        _decode(document.root, inspection, result)
    if result.rule:
        for finding in secrets_in_rule(result.rule, Place(result.name)):
            inspection.advise(finding)
    return result


def is_metaverse_file(name: str) -> bool:
    """Tell whether the file is the one that holds the global settings."""
    return PurePosixPath(name).name.lower() == "mv.xml"


def _decode(root: Element, inspection: Inspection, result: ExportFile) -> None:
    identifier: str | None = None
    if result.part is Part.GLOBAL_SETTINGS:
        result.settings = decode_global_settings(root, inspection)
    elif result.part is Part.CONNECTORS:
        result.connector = decode_connector(root, inspection)
        identifier = result.connector.tree["identifier"] if result.connector else None
    else:
        result.rule = decode_rule(root, inspection)
        identifier = result.rule["identifier"] if result.rule else None
    if result.schema is not None and not result.schema["attributes"]:
        inspection.damage(
            Code.EMPTY_LIST,
            "the schema has no attribute",
            expected="attribute types below <schema>",
            parts=(Part.SCHEMAS,),
        )
        result.schema = None
    if result.settings or identifier:
        result.leaves = leaves_below(root, inspection)
    for tag in ("id", "connector", "name"):
        child = root.first(tag)
        if child is not None:
            result.places[tag] = child.place(result.name)
    if identifier and result.identifier not in {None, identifier}:
        _other_identifier(identifier, inspection, result)


def _other_identifier(identifier: str, inspection: Inspection, result: ExportFile) -> None:
    inspection.damage(
        Code.OTHER_IDENTIFIER,
        f"the identifier is {shown(identifier)}, not the one in the file's name",
        place=result.place_of("id"),
        expected="the same identifier in the file and in its name",
    )
    result.connector, result.rule, result.schema = None, None, None


def _not_read(name: str) -> Finding:
    return source_finding(
        Code.NOT_READ,
        "a file that this version does not know; it was not read",
        place=Place(name),
        expected=("GlobalSettings/MV.xml",),
        severity=Severity.WARNING,
    )
