"""
What people have at hand instead of a source: named for what it is, with the way from there.

Looks at names and at the first bytes only; reading a true source is left to its reader.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from reconciler.live.recorded.codes import EXPORT_INSTEAD, RECORD_AGAIN, Code
from reconciler.live.recorded.files import read_file
from reconciler.live.recorded.inspection import source_finding
from reconciler.model.findings import Finding, quoted
from reconciler.model.places import Place

_HEAD = 256 * 1024
_FOLDERS = frozenset({"globalsettings", "connectors", "synchronizationrules"})
_SETTINGS_NAME = re.compile(
    r"(applied|exported)-synchronizationpolicy.*\.json|migratedpolicy\.json", re.IGNORECASE
)
_RULE_NAME = re.compile(r"synchronizationrule_.*\.xml", re.IGNORECASE)
_SETTINGS_MEMBERS = ('"policyMetadata"', '"deploymentMetadata"', '"azureDirectoryPolicy"')
_MOST_ENTRIES = 500

_EXPECTED = {
    "export": "the folder that Get-ADSyncServerConfiguration wrote: Connectors, GlobalSettings, "
    "SynchronizationRules",
    "snapshot": "the file that reconciler snapshot wrote",
}


@dataclass(frozen=True, slots=True)
class _Thing:
    code: Code
    what: str
    remedy: str


_SETTINGS = _Thing(
    Code.SETTINGS_JSON,
    "a settings file of the wizard, which does not say what the server runs today",
    EXPORT_INSTEAD,
)
_ARCHIVE = _Thing(
    Code.ARCHIVE,
    "a packed archive",
    "unpack it; if Connectors and SynchronizationRules are in it, use --from export:FOLDER with "
    f"the folder that holds them; otherwise {EXPORT_INSTEAD}",
)
_RULE = _Thing(
    Code.SINGLE_FILE,
    "one synchronization rule of an exported configuration",
    "use --from export:FOLDER with the whole exported folder, two levels up; if you have no more "
    f"than this file, {EXPORT_INSTEAD}",
)
_PIECE = _Thing(
    Code.SINGLE_FILE,
    "one file of an exported configuration",
    "use --from export:FOLDER with the whole exported folder, two levels up; if you have no more "
    f"than this file, {EXPORT_INSTEAD}",
)
_SCRIPT = _Thing(
    Code.SINGLE_FILE,
    "a script of the Synchronization Rules Editor, which holds single rules",
    EXPORT_INSTEAD,
)
_PLAN = _Thing(Code.NOT_A_SOURCE, "a saved plan", "read it with: reconciler show FILE")
_RECORDING = _Thing(Code.ELSEWHERE, "a recorded snapshot", "use snapshot:FILE")
_EXPORT = _Thing(Code.ELSEWHERE, "a folder with an exported configuration", "use export:FOLDER")
_UNKNOWN_FILE = _Thing(Code.NOT_A_SOURCE, "a file of another kind", EXPORT_INSTEAD)
_UNKNOWN_FOLDER = _Thing(
    Code.NOT_A_SOURCE, "a folder without an exported configuration", EXPORT_INSTEAD
)
_EMPTY_FOLDER = _Thing(Code.NOT_A_SOURCE, "an empty folder", EXPORT_INSTEAD)
_NOTHING = _Thing(
    Code.NOT_FOUND,
    "there is no such file or folder",
    f"check the path; if there is no export yet, {EXPORT_INSTEAD}",
)
_LOOSE = _Thing(
    Code.ELSEWHERE,
    "files of an exported configuration without the folders around them",
    "use --from export:FOLDER with the folder that holds Connectors, GlobalSettings and "
    f"SynchronizationRules; if there is none, {EXPORT_INSTEAD}",
)
_FOLDER_FOR_FILE = _Thing(Code.NOT_A_SOURCE, "a folder, not a file", RECORD_AGAIN)


def recognise(path: Path, *, wanted: str) -> Finding | None:
    """
    Return what is at the path where it is no source of the wanted kind, `export` or `snapshot`.

    None says that the reader of that kind should have a look. Findings show the last part of the
    path alone.
    """
    name = f"{wanted}:{path.name}"
    try:
        thing = _folder(path, wanted) if path.is_dir() else _file(path, wanted, name)
    except OSError as error:
        reason = (error.strerror or "input/output error").lower()
        thing = _Thing(Code.UNREADABLE, f"cannot be read: {reason}", "check its permissions")
    if thing is None or isinstance(thing, Finding):
        return thing
    return source_finding(
        thing.code,
        thing.what,
        place=Place(name),
        expected=(_EXPECTED[wanted],),
        remedy=thing.remedy,
    )


def _file(path: Path, wanted: str, name: str) -> _Thing | Finding | None:
    if not path.is_symlink() and not path.exists():
        return _NOTHING
    content = read_file(path, name=name, head=_HEAD).content
    if isinstance(content, Finding):
        return content
    thing = _sniffed(content, path.name)
    if wanted == "snapshot" and thing in {_RECORDING, _UNKNOWN_FILE}:
        return None
    return thing


def _sniffed(head: bytes, name: str) -> _Thing:
    if head.startswith((b"PK", b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!")):
        return _ARCHIVE
    text = _text(head).lstrip("\ufeff \t\r\n")
    if text.startswith("<"):
        return _xml(text)
    if text.startswith("{"):
        return _json(text, name)
    if "New-ADSyncRule" in text:
        return _SCRIPT
    return _SETTINGS if _SETTINGS_NAME.fullmatch(name) else _UNKNOWN_FILE


def _xml(text: str) -> _Thing:
    if "<synchronizationRule" in text:
        return _RULE
    is_piece = "<ma-data" in text or "<saved-mv-configuration" in text
    return _PIECE if is_piece else _UNKNOWN_FILE


def _json(text: str, name: str) -> _Thing:
    if _SETTINGS_NAME.fullmatch(name) or any(member in text for member in _SETTINGS_MEMBERS):
        return _SETTINGS
    if '"content_hash"' in text:
        return _PLAN
    is_recording = '"format_version"' in text and '"servers"' in text
    return _RECORDING if is_recording else _UNKNOWN_FILE


def _text(head: bytes) -> str:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head.decode("utf-16", "replace")
    if head[1:2] == b"\0":
        return head.decode("utf-16-le", "replace")
    return head.decode("utf-8", "replace")


def _folder(path: Path, wanted: str) -> _Thing | None:
    if wanted == "snapshot":
        return _EXPORT if _is_export(path) else _FOLDER_FOR_FILE
    if _is_export(path):
        return None
    return _inside(path) or _near(path)


def _inside(path: Path) -> _Thing | None:
    for depth in ("*", "*/*"):
        for folder in sorted(islice(path.glob(depth), _MOST_ENTRIES)):
            if _may_look_into(folder) and _is_export(folder):
                relative = folder.relative_to(path).as_posix()
                return _Thing(
                    Code.ELSEWHERE,
                    f"the exported configuration is in {quoted(relative)} below",
                    f"use export:FOLDER/{relative}",
                )
    return None


def _near(path: Path) -> _Thing:
    names = [entry.name for entry in path.iterdir()]
    if path.resolve().name.lower() in _FOLDERS or any(map(_RULE_NAME.fullmatch, names)):
        return _LOOSE
    if any(map(_SETTINGS_NAME.fullmatch, names)):
        return _SETTINGS
    if any(name.lower().endswith(".zip") for name in names):
        return _ARCHIVE
    return _UNKNOWN_FOLDER if names else _EMPTY_FOLDER


def _may_look_into(path: Path) -> bool:
    return path.is_dir() and os.access(path, os.R_OK | os.X_OK)


def _is_export(path: Path) -> bool:
    found = (entry for entry in path.iterdir() if entry.name.lower() in _FOLDERS)
    return any(entry.is_dir() for entry in found)
