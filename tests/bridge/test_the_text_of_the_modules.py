"""
What the bridge's files contain: Windows PowerShell 5.1 and nothing newer, only cmdlets of the
contract, and in the read module nothing that writes.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.bridge.counterpart import (
    HERE,
    MODULES,
    STUB,
    StubServer,
    export_of,
    require_pwsh,
    run_script,
)
from tests.bridge.once import once
from tests.counterparts import require_shared

pytestmark = pytest.mark.slow

Tree = dict[str, Any]

INSPECT = HERE / "inspect.ps1"
PRODUCT = "ADSync"

# Cmdlets and parameters that both PowerShells have, beside the product's.
HARMLESS: dict[str, set[str]] = {
    "Export-ModuleMember": {"Function"},
    "ForEach-Object": set(),
    "Get-Command": {"Name", "ErrorAction"},
    "Get-ItemProperty": {"Path", "ErrorAction"},
    "Get-Module": {"Name", "ListAvailable"},
    "Get-Process": {"Name", "ErrorAction"},
    "Import-Module": {"Name", "ErrorAction", "WarningAction"},
    "Join-Path": {"Path", "ChildPath"},
    "New-Object": {"TypeName", "ArgumentList"},
    "Set-StrictMode": {"Version"},
    "Where-Object": set(),
}
OF_APPLY: dict[str, set[str]] = {
    **HARMLESS,
    "Get-Variable": {"Name", "Scope", "ErrorAction"},
    "Out-Null": set(),
    "Set-ItemProperty": {"Path", "Name", "Value", "ErrorAction"},
    "Sort-Object": set(),
    "Split-Path": {"Path", "Parent"},
    "Write-EventLog": {
        "LogName",
        "Source",
        "EventId",
        "EntryType",
        "Message",
        "ErrorAction",
    },
}
OF_ENTRIES: dict[str, set[str]] = {
    **HARMLESS,
    "Split-Path": {"Path", "Parent"},
    "Test-Path": {"LiteralPath"},
}

FILES_THAT_ARE_READ = {"System.IO.File::Exists", "System.IO.File::ReadAllText"}


NEWER = ("$a ? 1 : 2", "$a ?? 1", "$a ??= 1", "${a}?.b", "${a}?[0]", "Get-Item x && y", "x &")


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Tree:
    """Return what the modules, the stub, the Pester suite and a sample of the new contain."""

    def inspect(folder: Path) -> Tree:
        (folder / "newer").mkdir()
        lines = "\n".join([*NEWER, "class C { }"])
        (folder / "newer" / "newer.ps1").write_text(lines, "utf-8")
        places = {
            "modules": MODULES,
            "stub": STUB,
            "pester": HERE / "pester",
            "newer": folder / "newer",
        }
        stub = StubServer(export_of("example"), folder / "server")
        listed = ", ".join(f"'{place}'" for place in places.values())
        found = json.loads(run_script(f"& '{INSPECT}' -Folders {listed}", stub.environment()))
        files = {name: found["folders"][str(place)] for name, place in places.items()}
        return {**found, "folders": files}

    require_pwsh()
    return once(tmp_path_factory, "inspected", inspect)


@pytest.fixture(scope="module")
def inspected(everything: Tree) -> Tree:
    return {**everything, "files": everything["folders"]["modules"]}


@pytest.fixture(scope="module")
def contract() -> Tree:
    path = require_shared() / "contracts" / "adsync-cmdlets.json"
    found: Tree = json.loads(path.read_text("utf-8"))
    return found


def is_entry(file: Tree) -> bool:
    """Whether the file belongs to the process entries, which are no part of a module."""
    return "tdio" in file["path"]


def files(inspected: Tree, folder: str = "Reconciler") -> list[Tree]:
    """Return the files of the modules, of one of them, or (`stdio`) those of the entries."""
    found = [
        file
        for file in inspected["files"]
        if (is_entry(file) if folder == "stdio" else file["path"].startswith(folder))
        and (folder == "stdio" or not is_entry(file))
    ]
    assert found
    return found


def calls(inspected: Tree, folder: str = "Reconciler") -> list[Tree]:
    return [
        {**call, "at": f"{file['path']}:{call['line']}"}
        for file in files(inspected, folder)
        for call in file["calls"]
    ]


def own_functions(inspected: Tree) -> set[str]:
    return {name for file in inspected["files"] for name in file["functions"]}


def test_every_file_is_parsed_and_has_nothing_newer_than_windows_powershell(
    inspected: Tree,
) -> None:
    names = {Path(file["path"]).name for file in inspected["files"]}
    assert names >= {"stdio-read.ps1", "stdio-apply.ps1", "Install-ReconcilerBridge.ps1"}
    for file in inspected["files"]:
        assert file["errors"] == [], file["path"]
        assert file["newer"] == [], file["path"]


def test_what_is_newer_is_noticed(everything: Tree) -> None:
    (file,) = everything["folders"]["newer"]

    numbers = {int(text.partition(":")[0]) for text in file["newer"]}
    assert numbers == set(range(1, len(NEWER) + 2))


def test_the_stub_and_the_pester_suite_run_in_windows_powershell_too(everything: Tree) -> None:
    for file in (*everything["folders"]["stub"], *everything["folders"]["pester"]):
        newer = [text for text in file["newer"] if "using namespace" not in text]
        assert (file["errors"], newer) == ([], []), file["path"]


def test_files_are_ascii_so_that_no_code_page_matters() -> None:
    for path in MODULES.rglob("*.ps*1"):
        assert path.read_bytes().isascii(), path.name


def test_every_cmdlet_of_the_product_is_called_as_the_contract_says(
    inspected: Tree, contract: Tree
) -> None:
    found = [call for call in calls(inspected) if f"-{PRODUCT}" in call["name"]]
    assert len(found) > 20
    for call in found:
        assert call["name"] in contract["cmdlets"], call["at"]
        known = {*contract["cmdlets"][call["name"]]["parameters"], "ErrorAction"}
        given = {*call["parameters"], *call["splatted"]}
        assert given <= known, call["at"]
        # in full, never by position, and never going on after an error
        assert call["positional"] == 0, call["at"]
        assert "ErrorAction" in given, call["at"]
        assert not call["splats"] or call["splatted"], call["at"]


def test_the_cmdlets_that_are_probed_are_those_that_are_called(inspected: Tree) -> None:
    text = (MODULES / "ReconcilerRead" / "Product.ps1").read_text("ascii")
    called = {call["name"] for call in calls(inspected) if f"-{PRODUCT}" in call["name"]}

    probed = set(re.findall(r"'(\w+-ADSync\w+)'", text))
    assert probed == called


@pytest.mark.parametrize(
    ("folder", "allowed"),
    [
        ("ReconcilerRead/", HARMLESS),
        ("ReconcilerApply/", OF_APPLY),
        ("ReconcilerUnsupported/", OF_APPLY),
        ("stdio", OF_ENTRIES),
    ],
)
def test_no_other_cmdlet_is_called(
    inspected: Tree, folder: str, allowed: dict[str, set[str]]
) -> None:
    own = own_functions(inspected)
    for call in calls(inspected, folder):
        name = call["name"]
        if name in own or f"-{PRODUCT}" in name or not name[0].isalpha():
            continue
        assert name in allowed, call["at"]
        assert set(call["parameters"]) <= allowed[name], call["at"]


def test_the_read_module_only_reads(inspected: Tree, contract: Tree) -> None:
    for call in calls(inspected, "ReconcilerRead/"):
        if f"-{PRODUCT}" in call["name"]:
            assert contract["cmdlets"][call["name"]]["effect"] == "read", call["at"]
            assert call["name"].startswith("Get-"), call["at"]
        # the parts are loaded by name, and nothing is called by a name in a variable
        assert call["name"][0] != "$", call["at"]
    statics = {name for file in files(inspected, "ReconcilerRead/") for name in file["statics"]}
    assert {name for name in statics if name.startswith("System.IO.File:")} == FILES_THAT_ARE_READ
    assert not [name for name in statics if "Directory" in name or "Process" in name]


def test_nothing_is_called_by_a_name_that_a_request_chose(inspected: Tree) -> None:
    every = [*calls(inspected), *calls(inspected, "stdio")]
    found = {call["name"] for call in every if not call["name"][0].isalpha()}

    assert {name for name in found if "Join-Path" not in name} == {
        # names from tables of the file, chosen by a word that was looked up in them
        "('New-' + $kind + 'Work')",
        "('Invoke-' + $Kind + 'Work')",
        "('Test-' + $Kind + 'Work')",
        "$Action",
        "$name",
    }


def test_the_stub_has_the_parameters_of_the_contract(inspected: Tree, contract: Tree) -> None:
    called = {call["name"] for call in calls(inspected) if f"-{PRODUCT}" in call["name"]}
    stub = {cmdlet["name"]: cmdlet for cmdlet in inspected["cmdlets"]}

    assert set(stub) >= called
    for name, cmdlet in stub.items():
        wanted = contract["cmdlets"][name]["parameters"]
        wanted = {key: value for key, value in wanted.items() if "since" not in value}
        found = {parameter["name"]: parameter for parameter in cmdlet["parameters"]}
        assert set(found) == set(wanted), name
        for key, value in wanted.items():
            sets = {own: bool(item.get("mandatory")) for own, item in value["sets"].items()}
            assert found[key]["mandatory"] == sets, (name, key)
            assert found[key]["type"] in {value["type"], "Object"}, (name, key)


def test_the_stub_has_the_types_of_the_contract(inspected: Tree, contract: Tree) -> None:
    types = {found["name"]: found for found in inspected["types"]}
    properties = contract["types"]["properties"]
    checked = set(types) & set(properties)
    assert len(checked) > 20
    for name in checked:
        for found in types[name]["properties"]:
            assert found["name"] in properties[name], (name, found["name"])
            wanted = properties[name][found["name"]]
            assert found["type"] == wanted["type"], (name, found["name"])
            assert found["settable"] == wanted["settable"], (name, found["name"])
    for name, values in contract["enums"].items():
        if name in types:
            numbers = {value["name"]: value["number"] for value in types[name]["values"]}
            assert numbers == values, name


def test_every_method_of_a_live_object_that_is_called_is_in_the_contract(contract: Tree) -> None:
    text = (MODULES / "ReconcilerUnsupported" / "ReconcilerUnsupported.psm1").read_text("ascii")
    known = " ".join(
        method for methods in contract["types"]["methods"].values() for method in methods
    )

    for method in (
        "EnablePartition",
        "DisablePartition",
        "UpdateHierarchyNodeSelection",
        "AddAttributeInclusionList",
        "RemoveAttributeInclusionList",
        "AddObjectInclusionList",
        "RemoveObjectInclusionList",
    ):
        assert f".{method}(" in text
        assert f"{method}(" in known
