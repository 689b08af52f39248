"""
Recorded snapshots: a snapshot as canonical JSON, and back.

The tree is written as it is; `recording_shape` checks what comes back before anybody trusts it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import NoReturn, cast

from reconciler.live.recorded.codes import RECORD_AGAIN, Code
from reconciler.live.recorded.files import read_file
from reconciler.live.recorded.inspection import source_finding
from reconciler.live.recorded.recording_shape import Steps, shape_problems
from reconciler.live.recorded.result import Recorded
from reconciler.live.recorded.withholding import shown, without_secrets
from reconciler.live.recorded.words import is_server_name
from reconciler.model.findings import Finding, Severity, in_order
from reconciler.model.places import Place
from reconciler.model.snapshots import Coverage, Part, Server, ServerTree, Snapshot, State

FORMAT_VERSION = 1
MOST_FINDINGS = 40

_PART_OF_MEMBER = {
    "parameters": Part.GLOBAL_SETTINGS,
    "connectors": Part.CONNECTORS,
    "rules": Part.RULES,
    "schemas": Part.SCHEMAS,
    "audit_logging": Part.AUDIT_LOGGING,
    "raw": Part.GLOBAL_SETTINGS,
}
_NEEDED = {part: member for member, part in reversed(_PART_OF_MEMBER.items())}
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")


def encode_snapshot(snapshot: Snapshot) -> str:
    """
    Return the snapshot as JSON: members, servers and coverage sorted, two blanks, LF at the end.

    Equal snapshots give equal text. The order of servers and of coverage is not kept.
    """
    servers = sorted(map(_encoded, snapshot.servers), key=lambda server: str(server["name"]))
    document = {"format_version": FORMAT_VERSION, "servers": servers}
    return json.dumps(document, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def read_recording(source: Path | bytes, *, label: str) -> Recorded:
    """
    Return the snapshot in a recording as far as it is sound; `label` names the file in findings.

    Never raises for what the file holds. A part with a problem is left out and marked as damaged, a
    server without a sound frame is left out as a whole.
    """
    content = read_file(source, name=label).content if isinstance(source, Path) else source
    if isinstance(content, Finding):
        return Recorded(snapshot=Snapshot(), findings=(content,))
    document = _parsed(content, label)
    if isinstance(document, Finding):
        return Recorded(snapshot=Snapshot(), findings=(document,))
    return _decoded(document, label)


def _encoded(server: Server) -> dict[str, object]:
    coverage = {
        entry.part.value: {"state": entry.state.value}
        | ({"note": entry.note} if entry.note else {})
        for entry in server.coverage
    }
    return {
        "name": server.name,
        "kind_of_source": server.kind_of_source,
        "read_at": server.read_at,
        "build": server.build,
        "instance": server.instance,
        "coverage": coverage,
        "tree": server.tree,
    }


def _parsed(content: bytes, label: str) -> object:
    try:
        text = content.decode("utf-8-sig")
        document: object = json.loads(
            text, object_pairs_hook=_without_repeats, parse_constant=_refuse_constant
        )
        if _SURROGATE.search(text):
            json.dumps(document, ensure_ascii=False).encode()
    except json.JSONDecodeError as error:
        place = Place(label, error.lineno, error.colno)
        return _problem(Code.NOT_JSON, f"not JSON: {error.msg.lower()}", place=place)
    except UnicodeError:
        return _problem(Code.NOT_JSON, "not UTF-8 text", place=Place(label))
    except RecursionError:
        return _problem(Code.NOT_JSON, "nested too deeply", place=Place(label))
    except ValueError as error:
        return _problem(Code.NOT_JSON, f"not JSON: {error}", place=Place(label))
    return document


def _without_repeats(pairs: list[tuple[str, object]]) -> dict[str, object]:
    result = dict(pairs)
    if len(result) != len(pairs):
        names = [name for name, _ in pairs]
        repeated = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"the member {shown(repeated)} stands twice in one object")
    return result


def _refuse_constant(text: str) -> NoReturn:
    raise ValueError(f"{text} is no number")


def _decoded(document: object, label: str) -> Recorded:
    members = document if isinstance(document, dict) else {}
    version, servers = members.get("format_version"), members.get("servers")
    if type(version) is not int or not isinstance(servers, list) or len(members) != 2:
        what = "not a recorded snapshot"
        expected = 'an object with "format_version" and "servers" and nothing else'
        problem = _problem(Code.WRONG_SHAPE, what, place=Place(label), expected=expected)
        return Recorded(snapshot=Snapshot(), findings=(problem,))
    if version != FORMAT_VERSION:
        problem = _problem(
            Code.FORMAT_VERSION,
            f"format version {version}",
            place=Place(label, element="format_version"),
            expected=f"format version {FORMAT_VERSION}, the only one that this version reads",
        )
        return Recorded(snapshot=Snapshot(), findings=(problem,))
    findings: list[Finding] = []
    read = [_server(entry, number, findings, label) for number, entry in enumerate(servers)]
    kept = [server for server in read if server is not None]
    findings.extend(_between(kept, label))
    if not servers:
        findings.append(
            _problem(Code.EMPTY_LIST, "no server", place=Place(label, element="servers"))
        )
    findings.sort(key=lambda finding: finding.severity is not Severity.ERROR)
    return Recorded(
        snapshot=Snapshot(servers=tuple(kept)), findings=in_order(findings[:MOST_FINDINGS])
    )


def _server(entry: object, number: int, findings: list[Finding], label: str) -> Server | None:
    path: Steps = ("servers", number)
    damaged: dict[Part, str] = {}
    for at, expected in shape_problems(entry, path):
        what = f"{shown(_shown(at[2:]))} is not as expected" if at[2:] else "not a server"
        place = Place(label, element=_shown(at))
        findings.append(_problem(Code.WRONG_SHAPE, what, place=place, expected=expected))
        member = at[3] if len(at) > 3 and at[2] == "tree" else ""
        if at[2:3] != ("tree",) or at[2:] == ("tree",):
            damaged = dict.fromkeys(Part, "")
            break
        if part := _PART_OF_MEMBER.get(str(member)):
            damaged.setdefault(part, what)
    if len(damaged) == len(Part):
        return None
    # the shape was checked just above
    server = _with_damage(_built(cast("dict[str, object]", entry), damaged), damaged)
    for what, part in _contradictions(server):
        place = Place(label, element=_shown(path))
        findings.append(_problem(Code.CONTRADICTION, what, place=place))
        damaged.setdefault(part, what)
    steps = _shown((*path, "tree"))
    tree, withheld = without_secrets(
        server.tree, lambda member: Place(label, element=f"{steps}.{member}")
    )
    findings.extend(withheld)
    return replace(_with_damage(server, damaged), tree=tree)


def _built(entry: dict[str, object], damaged: dict[Part, str]) -> Server:
    tree = cast("dict[str, object]", entry["tree"])
    coverage = cast("dict[str, dict[str, str]]", entry["coverage"])
    sound = {
        member: value
        for member, value in tree.items()
        if member in _PART_OF_MEMBER and _PART_OF_MEMBER[member] not in damaged
    }
    return Server(
        name=cast("str", entry["name"]),
        kind_of_source=cast("str", entry["kind_of_source"]),
        read_at=cast("str | None", entry["read_at"]),
        build=cast("str | None", entry["build"]),
        instance=cast("str | None", entry["instance"]),
        tree=cast("ServerTree", sound),
        coverage=tuple(
            Coverage(
                part=part,
                state=State(coverage[part.value]["state"]),
                note=coverage[part.value].get("note", ""),
            )
            for part in Part
            if part.value in coverage
        ),
    )


def _with_damage(server: Server, damaged: dict[Part, str]) -> Server:
    if not damaged:
        return server
    others = {entry.part: entry for entry in server.coverage if entry.part not in damaged}
    broken = {
        part: Coverage(part=part, state=State.DAMAGED, note=note) for part, note in damaged.items()
    }
    name = server.name if is_server_name(server.name) else ""
    entries = {**others, **broken}
    coverage = tuple(entries[part] for part in Part if part in entries)
    return replace(server, name=name, coverage=coverage)


def _contradictions(server: Server) -> Iterator[tuple[str, Part]]:
    if not is_server_name(server.name):
        yield f"{shown(server.name)} is no server name", Part.GLOBAL_SETTINGS
    tree = server.tree
    for part, member in _NEEDED.items():
        value = tree.get(member)
        if server.state_of(part) is State.READ and (value is None or value in ([], {})):
            yield f"{part.value} is marked as read and not there", part
        if server.state_of(part) is State.ABSENT and value is not None:
            yield f"{part.value} is there and not marked as read", part
    identifiers = [connector["identifier"] for connector in tree.get("connectors", [])]
    if len(identifiers) != len(set(identifiers)):
        yield "two connectors with one identifier", Part.CONNECTORS
    rules = tree.get("rules", [])
    if len(rules) != len({rule["identifier"] for rule in rules}):
        yield "two rules with one identifier", Part.RULES
    unknown = {rule["connector"] for rule in rules}.difference(identifiers)
    if unknown and server.state_of(Part.CONNECTORS) is State.READ:
        yield "a rule belongs to a connector that is not there", Part.RULES


def _between(servers: list[Server], label: str) -> Iterator[Finding]:
    names = [server.name.lower() for server in servers]
    if len(names) != len(set(names)):
        place = Place(label, element="servers")
        yield _problem(Code.CONTRADICTION, "two servers of one name", place=place)


def _shown(path: Steps) -> str:
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{step}"
    return text.removeprefix(".")


def _problem(code: Code, what: str, *, place: Place, expected: str = "") -> Finding:
    return source_finding(
        code,
        what,
        place=place,
        expected=(expected or "a recording as the tool wrote it",),
        remedy=RECORD_AGAIN,
    )
