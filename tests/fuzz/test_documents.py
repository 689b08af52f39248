"""
10,000 damaged documents: each is in order or refused with findings, and nothing ever breaks.

In memory and in process: load, check, plan where it is valid, and say it in words. Some go the
whole way through the command line. `rounds` says how to run more.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path, PurePosixPath

import pytest

from reconciler.application.assembly.shipped import schema
from reconciler.application.assessing import Assessment, assess
from reconciler.desired.loading import Loaded, load
from reconciler.desired.schema_checking import DocumentSchema
from reconciler.model.estates import DocumentType
from reconciler.model.findings import Severity
from reconciler.model.snapshots import Server
from reconciler.plan.building import Request, build_plan
from reconciler.plan.encoding import encode_finding, encode_plan
from reconciler.report.findings_text import render_findings
from reconciler.report.machine import to_json
from tests.fuzz.mutations import damaged
from tests.fuzz.rounds import chances, chunks
from tests.live.exports import export, read, server_of
from tests.scenarios.outcomes import run

TOTAL, CHUNK = 10_000, 250
THROUGH_THE_COMMAND_LINE = 25  # one of so many

CONNECTIONS = b"""\
servers:
  sync01:
    transport: winrm
    host: sync01.corp.contoso.com
    identity:
      read: {user: corp-svc-sync, password: {env: SYNC_READER_PASSWORD}}
"""

Files = dict[str, bytes]

COMPANIONS: Files = {
    "environment.yaml": b"environment: prod\nservers:\n  sync01: {role: active}\n",
    "connectors/corp.yaml": b"connector: corp\nforest: corp.contoso.com\n",
    "connectors/entra.yaml": b"connector: entra\ntenant: contoso.onmicrosoft.com\n",
    "connectors/fabrikam.yaml": b"connector: fabrikam\nforest: fabrikam.com\n",
}
"""Documents that the damaged one stands beside, so that checks across documents have work."""


@dataclass(frozen=True, slots=True)
class MemoryTree:
    """A tree of files in memory (see `desired.trees`)."""

    contents: Files
    label: str = "desired-state"

    def environments(self) -> tuple[str, ...]:
        return ("prod",)

    def files(self, environment: str) -> tuple[str, ...]:
        assert environment == "prod"
        return tuple(sorted(self.contents))

    def read(self, environment: str, path: str) -> bytes:
        assert environment == "prod"
        return self.contents[path]


SCHEMAS = {type_.value: schema(type_.value) for type_ in DocumentType}
SHARES = {
    "rules/*.yaml": 45,
    "connectors/*.yaml": 20,
    "default/*/*.yaml": 10,  # nearly every damage is the same finding: edited in git
    "server.yaml": 10,
    "environment.yaml": 10,
    "connections.yaml": 5,
}
"""How often in a hundred which documents are damaged."""


@pytest.fixture(scope="module")
def documents(checkout: Path) -> Files:
    """Return the documents of the example estate by path."""
    top = checkout / "desired-state" / "prod"
    found = {path.relative_to(top).as_posix(): path.read_bytes() for path in top.rglob("*.yaml")}
    return {**dict(sorted(found.items())), "connections.yaml": CONNECTIONS}


@cache
def _compiled(name: str) -> DocumentSchema:
    return DocumentSchema(SCHEMAS[name], name=name)


@pytest.fixture
def _schemas_compiled_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Compile each schema once for all documents: that is half of the time of a small estate."""
    monkeypatch.setattr(
        "reconciler.desired.loading.DocumentSchema", lambda _, *, name: _compiled(name)
    )


@pytest.fixture(scope="module")
def server() -> Server:
    """Return a small server that the valid ones are planned against."""
    return server_of(read(export()))


@pytest.mark.usefixtures("_schemas_compiled_once")
@pytest.mark.parametrize("chunk", chunks(TOTAL, CHUNK))
def test_a_damaged_document_is_valid_or_refused_and_never_breaks(
    chunk: int,
    documents: Files,
    server: Server,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    for number, (name, files, path) in enumerate(_damaged(chunk, documents)):
        try:
            _assert_judged(files, server)
            if number % THROUGH_THE_COMMAND_LINE == 0:
                _assert_told(tmp_path / "desired-state" / "prod", files)
        except Exception as error:
            raise AssertionError(f"{name}, {path}: {files[path]!r}") from error


def _damaged(chunk: int, documents: Files) -> Iterator[tuple[str, Files, str]]:
    groups = [
        [path for path in documents if PurePosixPath(path).match(pattern)] for pattern in SHARES
    ]
    for name, chance in chances("document", chunk, CHUNK):
        (group,) = chance.choices(groups, weights=[*SHARES.values()])
        path = chance.choice(group)
        yield name, {**COMPANIONS, path: _made(chance, documents, path)}, path


def _made(chance: random.Random, documents: Files, path: str) -> bytes:
    data = damaged(chance, documents[path])
    if chance.random() < 0.03:
        data += b"\n" + documents[chance.choice(sorted(documents))]
    return data


def _assert_judged(files: Files, server: Server) -> None:
    loaded = load(MemoryTree(files), "prod", schemas=SCHEMAS)
    assert isinstance(loaded, Loaded)
    assessment = assess(loaded, ())
    _assert_sound(assessment, files)
    if assessment.is_valid:
        plan = build_plan(Request(estate=assessment.estate, server="sync01", live=server))
        to_json(encode_plan(plan))


def _assert_sound(assessment: Assessment, files: Files) -> None:
    known = {f"desired-state/prod/{path}" for path in files}
    for finding in assessment.findings:
        assert finding.what
        assert "\n" not in finding.what
        if finding.severity is Severity.ERROR:
            assert finding.place is not None
            assert finding.place.file in known | {"desired-state/prod/environment.yaml"}
    text = render_findings(assessment.findings)
    assert all(character.isprintable() or character == "\n" for character in text)
    to_json({"findings": [encode_finding(finding) for finding in assessment.findings]})


def _assert_told(folder: Path, files: Files) -> None:
    for path, data in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    validated = run("validate", "--json")
    planned = run("plan", "prod")
    assert validated.code in (0, 65), validated.text
    assert planned.code in (6, 64, 65), planned.text  # there is no server to read
    for path in files:
        (folder / path).unlink()
