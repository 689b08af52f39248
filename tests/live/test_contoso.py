"""The real export of the reference material, and the export of the example estate."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from reconciler.live.recorded.export import read_export
from reconciler.live.recorded.recording import encode_snapshot, read_recording
from reconciler.live.recorded.result import Recorded
from reconciler.model.nodes import Plain
from reconciler.model.snapshots import Part, Server, State
from tests.counterparts import ROOT, require_counterpart, require_shared
from tests.live.exports import elements_of

EXAMPLE = ROOT / "desired-state" / "prod" / "export" / "sync01"
GUID = re.compile(r"\{?([0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})\}?")

# What the reading leaves out, spelled again here: a leaf that vanishes must be on these lists.
NOISE = re.compile(
    r"""
    ^/synchronizationRule/(internal-id|version)$
    | ^/saved-mv-configuration/mv-data/(format-version|version)$
    | ^/saved-mv-configuration/@export-date$
    | ^/ma-data/(format-version|version|internal-version|creation-time|last-modification-time)$
    | /partition/(id|version|creation-time|last-modification-time)$
    | /run-configuration/(id|version)$
    | /(last-dc|cookie|water-mark|modified-timestamp)$
    """,
    re.VERBOSE,
)
NOISE_PARAMETERS = {"cookie", "last-dc", "Microsoft.Synchronize.NextStartTime"}
USUAL_ATTRIBUTES = {("type", "string"), ("dataType", "String")}


@cache
def contoso() -> Recorded:
    return read_export(require_shared() / "data" / "contoso-export")


def server() -> Server:
    (found,) = contoso().snapshot.servers
    return found


def test_the_whole_export_is_read_without_a_finding() -> None:
    assert contoso().findings == ()
    assert {entry.part for entry in server().coverage if entry.state is State.READ} == {
        Part.GLOBAL_SETTINGS,
        Part.CONNECTORS,
        Part.RULES,
        Part.SCHEMAS,
    }
    assert (server().name, server().build) == ("CONTOSO-SYNC01", "1.1.130.0")
    assert server().read_at == "2016-05-03T14:28:09.784"


def test_every_rule_flow_group_and_condition_is_there() -> None:
    rules = server().tree["rules"]

    flows = [flow for rule in rules for flow in rule["flows"]]
    assert (len(rules), len(flows)) == (62, 1200)
    assert Counter(flow["type"] for flow in flows) == {
        "Direct": 802,
        "Expression": 391,
        "Constant": 7,
    }
    assert sum(len(rule["scope"]) for rule in rules) == 48
    assert sum(len(group) for rule in rules for group in rule["scope"]) == 92
    assert sum(len(rule["join"]) for rule in rules) == 40
    assert sum(flow["execute_once"] for flow in flows) == 2
    assert [rule["precedence"] for rule in rules] == list(range(100, 162))


def test_both_connectors_and_all_schemas_are_there() -> None:
    tree = server().tree

    assert [connector["name"] for connector in tree["connectors"]] == [
        "contoso.com",
        "contoso.onmicrosoft.com - AAD",
    ]
    assert [len(connector["attributes"]) for connector in tree["connectors"]] == [132, 161]
    assert [len(connector["partitions"]) for connector in tree["connectors"]] == [1, 1]
    sizes = {key: len(schema["attributes"]) for key, schema in tree["schemas"].items()}
    assert sorted(sizes.values()) == [185, 219, 3391]
    assert sizes["metaverse"] == 219
    words = {word for schema in tree["schemas"].values() for word in schema["attributes"].values()}
    assert not [word for word in words if word.startswith("syntax:")]


def test_the_active_directory_connector_has_its_settings() -> None:
    connector = server().tree["connectors"][0]

    assert (connector["type"], connector["subtype"]) == ("AD", "")
    assert connector["password_hash_sync"] == {
        "enabled": False,
        "target": "b891884f-051e-4a83-95af-2544101c9083",
    }
    (partition,) = connector["partitions"]
    assert partition["inclusions"] == ["OU=CORP,DC=contoso,DC=com"]
    assert partition["exclusions"] == ["DC=contoso,DC=com"]
    assert len(partition["object_classes"]) == 10
    assert set(connector["parameters"]) == {"connectivity", "global"}
    assert "password" not in connector["parameters"]["connectivity"]


def test_every_leaf_of_the_export_has_a_place_or_a_reason() -> None:
    folder = require_shared() / "data" / "contoso-export"
    kept = Counter(kept_values())

    wanted: Counter[str] = Counter()
    for path in sorted(folder.glob("*/*.xml")):
        wanted += Counter(
            normal(text) for text in leaves(elements_of(path.read_bytes())) if text.strip()
        )

    missing = wanted - kept
    assert missing == Counter()


def kept_values() -> Iterator[str]:
    """Yield every value of the snapshot but the schemas, as often as it stands there."""
    tree = dict(server().tree)
    tree.pop("schemas")
    yield from values(tree)  # type: ignore[arg-type] # the tree is JSON by definition
    yield server().name
    # the settings that the vendor writes twice, as a parameter and as an element of that name
    for connector in server().tree["connectors"]:
        for partition in connector["partitions"]:
            yield from map(normal, [*partition["parameters"].values(), partition["dn"]])
            yield normal(partition["name"])
            yield from ["partition"] * len(partition["parameters"])
        for use, parameters in connector["parameters"].items():
            yield from [use] * len(parameters)
        yield from map(normal, connector["parameters"].get("connectivity", {}).values())


def values(tree: Plain) -> Iterator[str]:
    if isinstance(tree, dict):
        for key, value in tree.items():
            yield normal(key)  # names of parameters and uses
            yield from values(value)
    elif isinstance(tree, list):
        for value in tree:
            yield from values(value)
    else:
        yield normal(str(tree))


def normal(text: str) -> str:
    guid = GUID.fullmatch(text.strip())
    if guid:
        return names().get(guid[1].lower(), guid[1].lower())
    return {"true": "true", "false": "false", "1": "true", "0": "false"}.get(text.lower(), text)


@cache
def names() -> dict[str, str]:
    """Return the names behind identifiers of connectors and partitions, as raw leaves show them."""
    found = {}
    for path in (require_shared() / "data" / "contoso-export" / "Connectors").iterdir():
        root = elements_of(path.read_bytes())
        for element in (root, *root.iter("partition")):
            identifier, name = element.findtext("id"), element.findtext("name")
            if identifier and name:
                found[identifier.strip("{}").lower()] = name
    return found


def leaves(element: ET.Element, path: str = "") -> Iterator[str]:
    here = f"{path}/{element.tag}"
    if element.tag == "schema" or NOISE.search(here):
        return
    if element.get("encrypted") == "1" or element.get("name") in NOISE_PARAMETERS:
        return
    if element.text and not len(element):
        yield element.text
    for name, value in element.attrib.items():
        is_usual = element.tag == "parameter" and (name, value) in USUAL_ATTRIBUTES
        is_usual |= element.tag == "parameter" and name == "use" and "Global" in value
        if not is_usual and not NOISE.search(f"{here}/@{name}"):
            yield value
    for child in element:
        yield from leaves(child, here)


@pytest.mark.parametrize("what", ["cookie", "water-mark", "last-dc"])
def test_no_noise_of_the_export_is_in_the_snapshot(what: str) -> None:
    folder = require_shared() / "data" / "contoso-export"
    texts = [
        element.text
        for path in folder.glob("Connectors/*.xml")
        for element in elements_of(path.read_bytes()).iter(what)
        if element.text
    ]

    recording = encode_snapshot(contoso().snapshot)

    assert texts
    assert not [text for text in texts if text in recording]


def test_the_recording_of_the_export_is_the_export() -> None:
    recording = encode_snapshot(contoso().snapshot)

    again = read_recording(recording.encode(), label="contoso.json")

    assert again.findings == ()
    assert again.snapshot == contoso().snapshot
    assert encode_snapshot(again.snapshot) == recording


def test_the_example_estate_is_read_with_its_oddities() -> None:
    require_counterpart("example", is_present=EXAMPLE.is_dir(), reason="no export in the estate")

    recorded = read_export(EXAMPLE)

    (example,) = recorded.snapshot.servers
    assert recorded.findings == ()
    assert len(example.tree["connectors"]) == 3
    assert len(example.tree["rules"]) >= 40
    assert len(list(Path(EXAMPLE, "SynchronizationRules").iterdir())) == len(example.tree["rules"])
    assert any("rule-category" in path for path in example.tree["raw"])
