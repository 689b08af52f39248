"""Sources by name, and what people have at hand instead."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest

from reconciler.live.recorded.codes import Code
from reconciler.live.recorded.export import read_export
from reconciler.live.recorded.files import LARGEST
from reconciler.live.recorded.recording import encode_snapshot
from reconciler.live.recorded.sources import (
    Source,
    SourceKind,
    SourceTextError,
    parse_source,
    read_source,
)
from reconciler.model.findings import Concern, Finding
from reconciler.model.snapshots import Part, Snapshot
from tests.counterparts import require_shared
from tests.live.exports import CONNECTOR, MV, damaged_parts, export, read, rule_file, write

SETTINGS = json.dumps(
    {
        "policyMetadata": {"type": "x", "azureADConnectVersion": "2.5.190.0"},
        "deploymentMetadata": {"hostName": "SYNC01"},
    }
)
COMMAND = r"Get-ADSyncServerConfiguration -Path C:\Export"


def finding_of(path: Path, kind: SourceKind = SourceKind.EXPORT) -> Finding:
    recorded = read_source(Source(kind=kind, path=path))
    (finding,) = recorded.findings
    assert recorded.snapshot == Snapshot()
    assert finding.concern is Concern.SOURCE
    assert finding.expected
    assert finding.remedy
    assert str(path.parent) not in str(finding)
    return finding


@pytest.mark.parametrize(
    ("text", "kind", "path", "server"),
    [
        ("export:exports/sync01", SourceKind.EXPORT, "exports/sync01", None),
        ("snapshot:x.json", SourceKind.SNAPSHOT, "x.json", None),
        ("sync02=export:a=b:c", SourceKind.EXPORT, "a=b:c", "sync02"),
        (r"export:C:\Export", SourceKind.EXPORT, r"C:\Export", None),
        ("Snapshot:x", SourceKind.SNAPSHOT, "x", None),
    ],
)
def test_a_source_is_read_from_its_text(
    text: str, kind: SourceKind, path: str, server: str | None
) -> None:
    assert parse_source(text) == Source(kind=kind, path=Path(path), server=server)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("exports/sync01", '"exports/sync01" does not say what kind of source it is'),
        (r"C:\Export", r'"C:\Export" does not say what kind of source it is'),
        ("", '"" does not say what kind of source it is'),
        ("folder:x", '"folder" is no kind of source'),
        ("=export:x", "the server's name before = is empty"),
        ("export:", '"export:" names no path'),
        ("export:a\0b", r'"export:a\x00b" names no path'),
    ],
)
def test_a_text_that_names_no_source_is_answered(text: str, what: str) -> None:
    with pytest.raises(SourceTextError) as raised:
        parse_source(text)

    assert raised.value.finding.code == "RC4001"
    assert raised.value.finding.what == what
    assert "export:FOLDER or snapshot:FILE" in raised.value.finding.expected[0]


def test_an_export_and_its_recording_read_alike(tmp_path: Path) -> None:
    folder = write(export(), tmp_path / "sync01")
    file = tmp_path / "sync01.json"
    file.write_text(encode_snapshot(read(export()).snapshot), encoding="utf-8")

    exported = read_source(Source(kind=SourceKind.EXPORT, path=folder))
    recorded = read_source(Source(kind=SourceKind.SNAPSHOT, path=file))

    assert exported == recorded == read(export())


def test_findings_of_a_named_source_name_its_server(tmp_path: Path) -> None:
    source = Source(kind=SourceKind.EXPORT, path=tmp_path / "none", server="sync02")

    assert [finding.server for finding in read_source(source).findings] == ["sync02"]


@pytest.mark.parametrize("kind", SourceKind)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
@pytest.mark.parametrize(
    "name", ["Applied-SynchronizationPolicy-2026.JSON", "MigratedPolicy.json", "renamed.txt"]
)
def test_the_settings_of_the_wizard_are_recognised(
    tmp_path: Path, kind: SourceKind, encoding: str, name: str
) -> None:
    file = tmp_path / name
    file.write_bytes(SETTINGS.encode(encoding))

    finding = finding_of(file, kind)

    assert finding.code == "RC4003"
    assert COMMAND in finding.remedy
    assert "--from export:FOLDER" in finding.remedy


@pytest.mark.parametrize(
    ("content", "code", "words"),
    [
        (b"PK\x03\x04 and more", "RC4004", "archive"),
        (export()[rule_file()], "RC4005", "one synchronization rule"),
        (export()[rule_file()].decode().encode("utf-16"), "RC4005", "one synchronization rule"),
        (export()[MV], "RC4005", "one file"),
        (export()[CONNECTOR], "RC4005", "one file"),
        (b"New-ADSyncRule  `\n-Name 'x'", "RC4005", "script"),
        (b'{"content_hash": "x"}', "RC4007", "saved plan"),
        (b"<html/>", "RC4007", "another kind"),
        (b"hello", "RC4007", "another kind"),
        (b"", "RC4007", "another kind"),
        (encode_snapshot(read(export()).snapshot).encode(), "RC4006", "recorded snapshot"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_file_in_place_of_an_export_is_named_for_what_it_is(
    tmp_path: Path, content: bytes, code: str, words: str
) -> None:
    file = tmp_path / "thing"
    file.write_bytes(content)

    finding = finding_of(file)

    assert finding.code == code
    assert words in finding.what


@pytest.mark.parametrize("content", [b"PK\x03\x04", export()[rule_file()], b'{"content_hash": 1}'])
def test_a_file_in_place_of_a_recording_is_named_for_what_it_is(
    tmp_path: Path, content: bytes
) -> None:
    file = tmp_path / "thing.json"
    file.write_bytes(content)

    assert finding_of(file, SourceKind.SNAPSHOT).code in {"RC4004", "RC4005", "RC4007"}


def test_a_folder_in_place_of_a_recording_is_answered(tmp_path: Path) -> None:
    write(export(), tmp_path / "sync01")

    finding = finding_of(tmp_path / "sync01", SourceKind.SNAPSHOT)

    assert (finding.code, finding.remedy) == ("RC4006", "use export:FOLDER")
    assert finding_of(tmp_path, SourceKind.SNAPSHOT).code == "RC4007"


@pytest.mark.parametrize("below", ["Production", "a/b"])
def test_an_export_further_down_is_found(tmp_path: Path, below: str) -> None:
    write(export(), tmp_path / below)

    finding = finding_of(tmp_path)

    assert (finding.code, finding.remedy) == ("RC4006", f"use export:FOLDER/{below}")


@pytest.mark.parametrize(
    ("files", "code"),
    [
        ({}, "RC4007"),
        ({"readme.txt": b"x"}, "RC4007"),
        ({"MigratedPolicy.json": b"{}"}, "RC4003"),
        ({"sync01.zip": b"PK"}, "RC4004"),
        ({rule_file().partition("/")[2]: b"<x/>"}, "RC4006"),
    ],
)
def test_a_folder_without_an_export_is_answered(
    tmp_path: Path, files: dict[str, bytes], code: str
) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()

    finding = finding_of(write(files, folder))

    assert finding.code == code
    assert COMMAND in finding.remedy


def test_the_folder_of_the_rules_alone_is_answered(tmp_path: Path) -> None:
    write(export(), tmp_path)

    assert finding_of(tmp_path / "SynchronizationRules").code == "RC4006"


def test_a_path_with_nothing_at_it_is_answered(tmp_path: Path) -> None:
    for kind in SourceKind:
        assert finding_of(tmp_path / "nothing", kind).code == "RC4002"


def test_folders_of_an_export_may_be_written_in_any_letter_case(tmp_path: Path) -> None:
    files = {name.lower(): data for name, data in export().items()}

    recorded = read_source(Source(kind=SourceKind.EXPORT, path=write(files, tmp_path)))

    assert recorded.findings == ()
    assert recorded.snapshot == read(export()).snapshot


def test_other_files_beside_and_in_the_folders_are_not_read(tmp_path: Path) -> None:
    files = {**export(), "LICENSE.txt": b"x", "Connectors/notes.txt": b"x"}

    recorded = read_source(Source(kind=SourceKind.EXPORT, path=write(files, tmp_path)))

    assert [finding.code for finding in recorded.findings] == ["RC4011"]
    assert recorded.snapshot == read(export()).snapshot


def test_links_and_pipes_in_an_export_are_damage(tmp_path: Path) -> None:
    folder = write(export(), tmp_path / "export")
    (tmp_path / "secret.xml").write_bytes(export()[rule_file()])
    (folder / "SynchronizationRules" / "link.xml").symlink_to(tmp_path / "secret.xml")
    os.mkfifo(folder / "SynchronizationRules" / "pipe.xml")

    recorded = read_source(Source(kind=SourceKind.EXPORT, path=folder))

    assert [
        (finding.code, finding.place and finding.place.file) for finding in recorded.findings
    ] == [
        ("RC4008", "SynchronizationRules/link.xml"),
        ("RC4008", "SynchronizationRules/pipe.xml"),
    ]
    assert damaged_parts(recorded) == {Part.RULES}


def test_a_linked_folder_of_an_export_is_damage(tmp_path: Path) -> None:
    folder = write(export(rule=None), tmp_path / "export")
    other = write(export(), tmp_path / "other")
    (folder / "SynchronizationRules").symlink_to(other / "SynchronizationRules")

    recorded = read_source(Source(kind=SourceKind.EXPORT, path=folder))

    assert "RC4008" in {finding.code for finding in recorded.findings}
    assert damaged_parts(recorded) == {Part.RULES}


def test_a_linked_recording_is_refused(tmp_path: Path) -> None:
    (tmp_path / "link.json").symlink_to(tmp_path / "gone.json")

    assert finding_of(tmp_path / "link.json", SourceKind.SNAPSHOT).code == "RC4008"


def test_a_device_is_refused_without_reading_it() -> None:
    device = Path("/dev/zero")
    if not device.exists():
        pytest.skip("needs a device: this system has no /dev/zero")

    recorded = read_source(Source(kind=SourceKind.SNAPSHOT, path=device))

    assert [finding.code for finding in recorded.findings] == ["RC4008"]


def test_a_file_larger_than_any_real_one_is_damage(tmp_path: Path) -> None:
    folder = write(export(), tmp_path)
    with (folder / rule_file()).open("wb") as stream:
        stream.truncate(LARGEST + 1)

    recorded = read_source(Source(kind=SourceKind.EXPORT, path=folder))

    assert [finding.code for finding in recorded.findings] == ["RC4010"]


def test_a_folder_in_place_of_a_file_is_damage(tmp_path: Path) -> None:
    folder = write(export(), tmp_path)
    path = folder / rule_file()
    path.unlink()
    path.mkdir()

    recorded = read_source(Source(kind=SourceKind.EXPORT, path=folder))

    assert [finding.code for finding in recorded.findings] == ["RC4008"]
    assert damaged_parts(recorded) == {Part.RULES}


def test_a_file_in_place_of_a_folder_is_damage(tmp_path: Path) -> None:
    folder = write(export(rule=None), tmp_path / "export")
    (folder / "SynchronizationRules").write_bytes(b"")

    recorded = read_export(folder)

    assert [finding.code for finding in recorded.findings] == ["RC4009", "RC4037"]
    assert damaged_parts(recorded) == {Part.RULES}


def test_an_export_that_is_no_folder_is_damaged_as_a_whole(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")

    recorded = read_export(tmp_path / "file")

    assert "RC4009" in {finding.code for finding in recorded.findings}
    assert damaged_parts(recorded) == {
        Part.GLOBAL_SETTINGS,
        Part.SCHEMAS,
        Part.CONNECTORS,
        Part.RULES,
    }
    assert str(tmp_path) not in str(recorded)


def test_a_path_that_the_system_refuses_is_answered(tmp_path: Path) -> None:
    assert finding_of(tmp_path / ("x" * 5000)).code in {"RC4002", "RC4009"}


def test_every_code_of_recorded_sources_is_provoked_by_a_test() -> None:
    texts = "".join(path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("*.py"))

    assert [code for code in Code if code.value not in texts] == []


def test_the_advice_uses_no_parameter_that_the_cmdlet_lacks(tmp_path: Path) -> None:
    contract = json.loads((require_shared() / "contracts" / "adsync-cmdlets.json").read_text())
    command = contract["cmdlets"]["Get-ADSyncServerConfiguration"]

    used = re.findall(r" (-[A-Za-z]+)", COMMAND)

    assert COMMAND in finding_of(tmp_path / "none").remedy
    assert {name.lstrip("-") for name in used} <= set(command["parameters"])
