"""
1,000 damaged exports: each is imported and planned, or refused, and nothing ever breaks.

In process, from the command line to the exit code, on a small export; some on the example's own.
"""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fuzz.mutations import damaged
from tests.fuzz.rounds import chances, chunks
from tests.live.exports import (
    ENTRA,
    OTHER_RULE,
    RULE,
    Files,
    attribute_xml,
    connector_xml,
    export,
    flow_xml,
    mv_xml,
    parameter_xml,
    rule_file,
    rule_xml,
    schema_xml,
    scope_xml,
    write,
)
from tests.scenarios.outcomes import Outcome, run

TOTAL, CHUNK = 1_000, 50
EXAMPLE_TOTAL, EXAMPLE_CHUNK = 16, 4

SOUND = (0, 2, 6, 64, 65)
SCHEMA = schema_xml(*(attribute_xml(name) for name in ("mail", "department", "title")))


def _export() -> Files:
    """Return a small export with something of everything."""
    staging = parameter_xml(
        "Microsoft.Synchronize.StagingMode", "False", use="SynchronizationGlobal"
    )
    interval = parameter_xml(
        "Microsoft.Synchronize.TimeInterval", "00:30:00", use="SynchronizationGlobal"
    )
    files = export(
        mv=mv_xml(parameters=staging + interval, schema=SCHEMA),
        connector=connector_xml(schema=SCHEMA),
        entra=connector_xml(identifier=ENTRA, name="contoso.onmicrosoft.com - AAD", schema=SCHEMA),
        rule=rule_xml(
            identifier=RULE,
            flows=flow_xml() + flow_xml("title", expression='Left([title], 448) & "x"'),
            scope=f"<conditions>{scope_xml()}{scope_xml('title', 'ISNOTNULL', '')}</conditions>",
            join="<conditions><condition><csAttribute>mail</csAttribute><ilmAttribute>mail"
            "</ilmAttribute></condition></conditions>",
        ),
    )
    tagged = rule_xml(
        identifier=OTHER_RULE,
        name="In from AD - User Join",
        precedence="100",
        **{"immutable-tag": "Microsoft.InfromADUserJoin.003"},
    )
    return {**files, rule_file(OTHER_RULE): tagged.encode()}


@pytest.mark.parametrize("chunk", chunks(TOTAL, CHUNK))
def test_a_damaged_export_is_imported_or_refused_and_never_breaks(
    chunk: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    whole = _export()
    write(whole, tmp_path / "whole")
    assert run("import", "prod", "--from", "export:whole").code == 0
    for name, files, what in _damaged(chunk, whole):
        folder = tmp_path / name
        write(files, folder)
        _assert_sound(folder, f"{name}: {what}")
        shutil.rmtree(folder)


def _damaged(chunk: int, whole: Files) -> Iterator[tuple[str, Files, str]]:
    for name, chance in chances("export", chunk, CHUNK):
        files = dict(whole)
        path = chance.choice(sorted(files))
        way = chance.random()
        if way < 0.05:
            del files[path]
        elif way < 0.1:
            files[path] = b""
        elif way < 0.15:
            files[path.replace(".xml", " - Copy.xml")] = files[path]
        elif way < 0.2:
            files[path] = files[chance.choice(sorted(files))]
        elif way < 0.25:
            text = files[path].decode()
            files[path] = text.encode(chance.choice(("utf-16", "utf-16-le", "utf-8-sig", "utf-32")))
        else:
            files[path] = damaged(chance, files[path])
        yield name, files, f"{path}: {files.get(path)!r}"


def _assert_sound(folder: Path, what: str) -> None:
    fresh = folder / "fresh"
    imported = run("import", "prod", "--from", f"export:{folder}", "--desired-state", fresh)
    assert imported.code in SOUND, f"{imported.err}\n{what}"
    _assert_words(imported)
    if imported.code and "Imported" not in imported.out:
        assert not fresh.exists(), f"written although refused\n{what}"
    elif not imported.code:
        again = run("plan", "prod", "--live", f"export:{folder}", "--desired-state", fresh)
        assert again.code in SOUND, f"{again.err}\n{what}"
        assert "Traceback" not in again.text
    options = ("--json", "--detailed-exitcode")
    planned = run("plan", "prod", "--live", f"export:{folder}", *options)
    assert planned.code in SOUND, f"{planned.err}\n{what}"
    assert planned.json["exit_code"] == planned.code
    _assert_words(planned)


def _assert_words(outcome: Outcome) -> None:
    for text in (outcome.out, outcome.err):
        assert "Traceback" not in text
        assert all(character.isprintable() or character == "\n" for character in text)
    if outcome.code not in (0, 2):
        told = outcome.err or "RC4" in outcome.out
        assert told or outcome.json["plan"]["findings"] or outcome.json["plan"]["coverage"]


@pytest.mark.parametrize("chunk", chunks(EXAMPLE_TOTAL, EXAMPLE_CHUNK))
def test_the_example_export_damaged_is_imported_or_refused_and_never_breaks(
    chunk: int, checkout: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    source = checkout / "desired-state" / "prod" / "export" / "sync01"
    shutil.copytree(source, tmp_path / "whole")
    assert run("import", "prod", "--from", "export:whole").code == 0
    files = sorted(path.relative_to(source) for path in source.rglob("*.xml"))
    for name, chance in chances("example", chunk, EXAMPLE_CHUNK):
        folder = tmp_path / name
        shutil.copytree(source, folder)
        path = folder / chance.choice(files)
        path.write_bytes(damaged(chance, path.read_bytes()))
        _assert_sound(folder, f"{name}: {path.name}")
        shutil.rmtree(folder)


@pytest.mark.parametrize("chunk", chunks(80, 40))
def test_a_damaged_recording_is_planned_or_refused_and_never_breaks(
    chunk: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write(_export(), tmp_path / "whole")
    assert run("import", "prod", "--from", "export:whole").code == 0
    recording = Path("desired-state/prod/recorded/sync01.json")
    sound = recording.read_bytes()
    for name, chance in chances("recording", chunk, 40):
        data = damaged(chance, sound)
        Path("damaged.json").write_bytes(data)
        live = run("drift", "prod", "--live", "snapshot:damaged.json", "--detailed-exitcode")
        recording.write_bytes(data)
        for outcome in (live, run("validate"), run("plan", "prod")):
            assert outcome.code in SOUND, f"{outcome.err}\n{name}: {data!r}"
        recording.write_bytes(sound)


def test_damage_is_the_same_for_the_same_seed() -> None:
    data = _export()[rule_file()]
    first, second = (damaged(random.Random("same"), data) for _ in range(2))  # noqa: S311
    assert first == second != data
