"""
No leaf of an export and no value of a document is lost: whoever changes one, it is seen.

Each leaf is changed on its own. It must be damage, a difference of the plan or of two servers, or
potential drift; what may mean nothing stands on a written list with its reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import cast
from xml.etree import ElementTree as ET

import pytest

from reconciler.application.assembly.reading import assess_environment, working_tree
from reconciler.application.assessing import Assessment
from reconciler.live.recorded import export
from reconciler.live.recorded.export import FOLDERS, assemble_export
from reconciler.live.recorded.export_file import ExportFile, decode_file
from reconciler.live.recorded.files import SourceFile, export_files
from reconciler.model.findings import Concern, Severity
from reconciler.model.plans import Plan
from reconciler.model.snapshots import Server
from reconciler.plan.building import Request, build_plan
from reconciler.plan.parity import build_parity
from reconciler.plan.raw_leaves import raw_findings
from tests.counterparts import ROOT

SERVER = "sync01.corp.contoso.com"
FOLDER = ROOT / "desired-state" / "prod" / "export" / "sync01"

RULES = (
    "In from AD - User Exchange",
    "In from AD - User Join Cloned - 10/14/2025 11:09:04 AM",
    "In from AD - User - Externals and certificates [before Common]",
)
"""A default rule, a clone, and one inserted among the default rules: they have every element."""

EACH_SHAPE = 2
"""Elements at one path are of one shape: so many, evenly spread, are changed; parameters all."""

NOISE: Mapping[str, str] = {
    r"/(creation-time|last-modification-time|modified-timestamp)$": "when, not what",
    r"/(version|internal-version|format-version|internal-id)$": "counters of the server",
    r"/(cookie|last-dc|water-mark)$": "how far the last import came, and where it read",
    r"/parameter\[(cookie|last-dc)\]": "how far the last import came, and where it read",
    r"/parameter\[Microsoft.Synchronize.NextStartTime\]": "changes with every cycle",
    r"/parameter\[Microsoft.Synchronize.SynchronizationPolicy\]$": "returns to Delta by itself",
    r"/(partition|run-configuration)\[[^]]*\]/id$": "every server invents its own",
    r"/encrypted-attributes$": "a secret never enters a snapshot",
    r"/parameter\[(password|Password)\]": "a secret never enters a snapshot",
    r"parameter-definitions/parameter\[Password\]/default-value$": "the default of a secret",
    r"/directory-schema/class/attribute(/@ref|/@required)?$": "content rules are not kept (B2)",
    r"/directory-schema/dit-content-rule/": "content rules are not kept (B2)",
    r"/directory-schema/class/@(id|type|superior)$": "a class is its name (B2)",
    r"/directory-schema/attribute-type/@(id|range-lower|range-upper)$": "an attribute is its name,"
    " type and flags (B2)",
    r"/directory-schema/@no-objectclass-validation$": "of the file's format, not of the directory",
    r"/parameter\[Microsoft.Synchronize.ServerConfigurationVersion\]$": (
        "the build stands at the head of every plan; how old it may be is minimum_build's"
    ),
    r"^saved-mv-configuration/@server$": "which server it is: a source of another one is refused",
    r"^saved-mv-configuration/@export-date$": "how old it is: a fact about the source",
}
"""Leaves that may change unseen, by their paths, and why."""

SWAPPED = {
    "true": "false",
    "false": "true",
    "0": "1",
    "1": "0",
    "inbound": "Outbound",
    "outbound": "Inbound",
    "provision": "Join",
    "join": "StickyJoin",
    "update": "Merge",
    "merge": "Update",
    "enabled": "Disabled",
    "disabled": "Enabled",
    "equal": "NOTEQUAL",
    "": "z",
}
"""Another word that the vendor has at the same place."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """One text or attribute of an exported file, by the number of its element."""

    file: str
    path: str
    number: int
    attribute: str | None


@cache
def exported() -> dict[str, SourceFile]:
    return {file.name: file for file in export_files(FOLDER, FOLDERS)}


@cache
def assessed() -> Assessment:
    return assess_environment(working_tree(str(ROOT / "desired-state")), "prod")


@cache
def unchanged() -> Server:
    return assemble_export(exported().values()).snapshot.servers[0]


@pytest.fixture(autouse=True)
def each_file_is_decoded_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Decode again what changed only: an export has fifty files, and a change is in one of them."""
    decoded = {file: decode_file(file) for file in exported().values()}

    def known(file: SourceFile) -> ExportFile:
        return decoded.get(file) or decode_file(file)

    monkeypatch.setattr(export, "decode_file", known)


def test_the_export_of_the_example_is_as_declared() -> None:
    assert planned(unchanged()) == planned(recorded())
    assert unseen(exported()) is True


def leaves(name: str) -> Iterator[Leaf]:
    root = parsed(name)
    parents = {child: parent for parent in root.iter() for child in parent}
    paths = {element: _path(element, parents) for element in root.iter()}
    sampled = _sampled(list(paths.values()), is_whole=name.endswith("/MV.xml"))
    for number, (element, path) in enumerate(paths.items()):
        if number in sampled:
            if len(element) == 0:
                yield Leaf(name, path, number, None)
            for attribute in element.attrib:
                yield Leaf(name, f"{path}/@{_local(attribute)}", number, attribute)


def parsed(name: str) -> ET.Element:
    content = cast("bytes", exported()[name].content)
    return ET.fromstring(content)  # noqa: S314 - the example estate is our own


def _sampled(paths: Sequence[str], *, is_whole: bool) -> set[int]:
    """Return the numbers of the elements to change; of `is_whole` only schemas are sampled."""
    shapes: dict[str, list[int]] = {}
    for number, path in enumerate(paths):
        is_kept = "/parameter[" in path or (is_whole and "/schema/" not in path)
        shape = path if is_kept else re.sub(r"\[.*?\](?=/|$)", "", path)
        shapes.setdefault(shape, []).append(number)
    chosen: set[int] = set()
    for numbers in shapes.values():
        step = max(1, len(numbers) // EACH_SHAPE)
        chosen.update(numbers[::step][:EACH_SHAPE])
    return chosen


def _local(name: str) -> str:
    return name.rpartition("}")[2]


def _path(element: ET.Element, parents: Mapping[ET.Element, ET.Element]) -> str:
    steps = []
    place: ET.Element | None = element
    while place is not None:
        name = place.get("name") or place.findtext("name") or place.findtext("dest") or ""
        steps.append(_local(place.tag) + (f"[{name.strip()}]" if name else ""))
        place = parents.get(place)
    return "/".join(reversed(steps))


def changed(leaf: Leaf) -> dict[str, SourceFile]:
    root = parsed(leaf.file)
    element = next(node for number, node in enumerate(root.iter()) if number == leaf.number)
    if leaf.attribute is None:
        element.text = another(element.text or "")
    else:
        element.set(leaf.attribute, another(element.get(leaf.attribute, "")))
    content = ET.tostring(root, encoding="utf-8")
    return {**exported(), leaf.file: SourceFile(name=leaf.file, content=content)}


def another(text: str) -> str:
    """Return another value of the same kind, so that it is a change and not just damage."""
    value = text.strip()
    if value.casefold() in SWAPPED:
        return SWAPPED[value.casefold()]
    if re.fullmatch(r"-?\d+", value):
        return str(int(value) + 1)
    if re.fullmatch(r"\{?[0-9a-fA-F-]{36}\}?", value):
        start = value.index("-") - 8
        return f"{value[:start]}deadbeef{value[start + 8 :]}"
    if re.fullmatch(r"(\d+\.)?\d\d:\d\d:\d\d", value):
        return "03:33:00"
    return f"{value}x"


def unseen(files: Mapping[str, SourceFile]) -> bool:
    """Tell whether nobody would notice what these files say anew."""
    read = assemble_export(files.values())
    if any(finding.severity is Severity.ERROR for finding in read.findings):
        return False
    (server,) = read.snapshot.servers
    return server == unchanged() or (
        planned(server) == planned(unchanged())
        and not raw_findings(recorded(), server)
        and not build_parity(unchanged(), server).has_differences
    )


def recorded() -> Server:
    return assessed().recordings[SERVER].server


def planned(server: Server) -> tuple[object, ...]:
    """Return what a plan shows of differences between git and the server."""
    plan = build_plan(Request(estate=assessed().estate, server=SERVER, live=server))
    return _shown(plan)


def _shown(plan: Plan) -> tuple[object, ...]:
    about_live = [item for item in plan.findings if item.concern is not Concern.ADVICE]
    return (plan.changes, plan.unmanaged, tuple(about_live), plan.coverage, plan.blocked)


def rule_files() -> list[str]:
    first: dict[str | None, str] = {}
    for name in sorted(exported()):
        if name.startswith("SynchronizationRules/"):
            first.setdefault(parsed(name).findtext("name"), name)
    return [first[rule] for rule in RULES]


def sampled_files() -> list[str]:
    """Return the metaverse's file, a connector of each type, and the files of `RULES`."""
    by_type = {
        parsed(name).findtext("category"): name
        for name in sorted(exported(), reverse=True)
        if name.startswith("Connectors/")
    }
    return ["GlobalSettings/MV.xml", *by_type.values(), *rule_files()]


@pytest.mark.parametrize("name", sampled_files())
def test_whatever_changes_in_an_export_is_seen(name: str) -> None:
    lost = [leaf.path for leaf in leaves(name) if not noises(leaf.path) and unseen(changed(leaf))]

    assert lost == []


def test_every_noise_is_of_a_leaf_that_there_is() -> None:
    paths = [leaf.path for name in sampled_files() for leaf in leaves(name)]

    assert {noise for path in paths for noise in noises(path)} == NOISE.keys()


def noises(path: str) -> list[str]:
    return [noise for noise in NOISE if re.search(noise, path)]
