"""What means nothing gives nothing: no change, no drift, and the same content hash."""

from __future__ import annotations

import re
from collections.abc import Callable
from xml.etree import ElementTree as ET

import pytest

from tests.scenarios.exports import CONNECTORS, Export
from tests.scenarios.outcomes import run
from tests.scenarios.turns import (
    CORP,
    COST_CENTRE,
    COST_CENTRE_ADDRESS,
    LIVE_COST_CENTRE,
    PAYROLL,
)
from tests.scenarios.world import World

UNORDERED = {
    "attribute-inclusion",
    "attribute-mappings",
    "exclusions",
    "inclusions",
    "ma-partition-data",
    "object-classes",
    "parameter-values",
    "src",
    "synchronizationCriteria",
}
"""Elements whose children have no order that means anything."""


def _in_every_file(export: Export, change: Callable[[str], str]) -> None:
    for path in export.files:
        text = path.read_bytes().decode("utf-8")
        path.write_bytes(change(text).encode("utf-8"))


def _blanks_in_expressions(export: Export) -> None:
    export.replace(LIVE_COST_CENTRE, "IIF(IsPresent([division])", "IIF(  IsPresent( [division] )")
    common = "rule:corp/In from AD - User Common"
    text = export.file(common).read_text(encoding="utf-8")
    spread = re.sub(r"<expression>Trim\(\[(\w+)\]\)<", r"<expression>Trim( [\1]\n )<", text)
    assert spread != text
    export.file(common).write_text(spread, encoding="utf-8")


def _versions(export: Export) -> None:
    _in_every_file(export, lambda text: re.sub(r"<version>\d+<", "<version>4711<", text))


def _shifted_defaults(export: Export) -> None:
    def shifted(found: re.Match[str]) -> str:
        number = int(found[1])
        return f"<precedence>{number + 17 if number >= 100 else number}<"

    _in_every_file(export, lambda text: re.sub(r"<precedence>(\d+)<", shifted, text))


def _gaps_between_defaults(export: Export) -> None:
    def spread(found: re.Match[str]) -> str:
        number = int(found[1])
        return f"<precedence>{number if number < 105 else number * 3}<"

    _in_every_file(export, lambda text: re.sub(r"<precedence>(\d+)<", spread, text))


def _names_of_files(export: Export) -> None:
    for number, path in enumerate(reversed(export.rules)):
        path.rename(path.with_name(f"{number:02}.xml"))
    for number, path in enumerate(reversed(export.connectors)):
        path.rename(path.with_name(f"{number}.xml"))


def _order_of_elements(export: Export) -> None:
    for path in export.files:
        root = ET.parse(path).getroot()  # noqa: S314 - our own file
        for element in list(root.iter()):
            if element.tag in UNORDERED:
                element[:] = reversed(list(element))
            if element.tag == "synchronizationRule":
                element[:] = sorted(element, key=lambda child: child.tag)
        path.write_bytes(ET.tostring(root, encoding="utf-8"))


def _spelling_of_names(export: Export) -> None:
    export.replace(
        "connector:corp",
        "<inclusion>OU=Employees,DC=corp,DC=contoso,DC=com</inclusion>",
        "<inclusion>ou=EMPLOYEES, dc=Corp,DC=contoso, DC=com</inclusion>",
    )


def _case_of_guids(export: Export) -> None:
    for guid in CONNECTORS.values():
        _in_every_file(export, lambda text, guid=guid: text.replace(guid, guid.upper()))  # type: ignore[misc]


def _line_ends(export: Export) -> None:
    _in_every_file(export, lambda text: text.replace("\n", "\r\n"))


def _byte_order_mark(export: Export) -> None:
    _in_every_file(export, lambda text: "\ufeff" + text)


def _cookies_and_times(export: Export) -> None:
    def later(text: str) -> str:
        text = re.sub(r"<cookie>[^<]*<", "<cookie>bmV3IGNvb2tpZQ==<", text)
        text = re.sub(r'(name="cookie"[^>]*)>[^<]*<', r"\1>bmV3IGNvb2tpZQ==<", text)
        text = re.sub(r"<last-dc>[^<]*<", "<last-dc>CORP-DC09.corp.contoso.com<", text)
        text = re.sub(r'(name="last-dc"[^>]*)>[^<]*<', r"\1>CORP-DC09.corp.contoso.com<", text)
        text = re.sub(
            r"<last-modification-time>[^<]*<",
            "<last-modification-time>2026-11-05 01:02:03.004<",
            text,
        )
        return re.sub(r'(NextStartTime"[^>]*)>[^<]*<', r"\1>Thu, 05 Nov 2026 09:00:00 GMT<", text)

    _in_every_file(export, later)


def _time_of_the_export(export: Export) -> None:
    export.replace("settings", "2026-11-02 06:15:00.000", "2026-11-09 06:15:00.000")


LIVE: dict[str, Callable[[Export], None]] = {
    "blanks outside literals": _blanks_in_expressions,
    "version numbers": _versions,
    "all default precedences shifted": _shifted_defaults,
    "wider gaps between default rules": _gaps_between_defaults,
    "names and order of files": _names_of_files,
    "order of elements": _order_of_elements,
    "case and blanks of distinguished names": _spelling_of_names,
    "case of identifiers": _case_of_guids,
    "line ends": _line_ends,
    "a byte order mark": _byte_order_mark,
    "cookies and times": _cookies_and_times,
    "the time of the export": _time_of_the_export,
}

on_the_server = pytest.mark.parametrize("disturb", LIVE.values(), ids=LIVE.keys())


@on_the_server
def test_on_the_server_it_is_neither_a_change_nor_drift(
    world: World, disturb: Callable[[Export], None]
) -> None:
    disturb(world.live)
    world.assert_in_sync()
    live = ("--live", world.live.source)
    drift = run("drift", "prod", *live, "--json", "--detailed-exitcode")
    assert drift.code == 0, drift.json["plan"]["findings"]


@on_the_server
def test_on_the_server_it_leaves_the_content_hash_of_a_plan_alone(
    world: World, disturb: Callable[[Export], None]
) -> None:
    world.replace(COST_CENTRE, "precedence: 40\n", "precedence: 41\n")
    world.replace(CORP, "        - OU=Partners\n", "")
    before = world.plan()
    disturb(world.live)
    after = world.plan()
    assert after["content_hash"] == before["content_hash"]
    assert after["changes"] == before["changes"]


@on_the_server
def test_on_the_server_it_makes_no_import_change_a_document(
    world: World, disturb: Callable[[Export], None]
) -> None:
    before = world.files()
    disturb(world.live)
    assert "nothing changed" in world.import_().out
    recording = "prod/recorded/sync01.json"
    assert {**world.files(), recording: b""} == {**before, recording: b""}


GIT = {
    "blanks in an expression": (
        COST_CENTRE,
        "IIF(IsPresent([division])",
        "IIF( IsPresent ([division])",
    ),
    "the order of scope groups": (
        COST_CENTRE,
        (
            "  - - {attribute: extensionAttribute7, operator: ISNOTNULL}\n"
            "  - - {attribute: department, operator: CONTAINS, value: F&E}\n"
        ),
        (
            "  - - {attribute: department, operator: CONTAINS, value: F&E}\n"
            "  - - {attribute: extensionAttribute7, operator: ISNOTNULL}\n"
        ),
    ),
    "a default that is written out": (
        COST_CENTRE,
        "precedence: 40\n",
        "precedence: 40\ndisabled: false\npassword_sync: false\nsoft_delete_expiry: '00:00:00'\n",
    ),
    "a comment": (COST_CENTRE, "precedence: 40\n", "# the payroll asked\nprecedence: 40  # free\n"),
    "block style": (
        COST_CENTRE,
        "{from: otherMobile, merge: merge}",
        "\n    merge: 'merge'\n    from:\n      - otherMobile",
    ),
    "the order of keys": (
        PAYROLL,
        "direction: inbound\nsource: inetOrgPerson\n",
        "source: inetOrgPerson\ndirection: inbound\n",
    ),
    "case and blanks of a distinguished name": (
        CORP,
        "- OU=Leavers,OU=Employees\n",
        "- 'ou=LEAVERS, ou=employees'\n",
    ),
    "a distinguished name in full": (
        CORP,
        "- OU=Partners\n",
        "- OU=Partners,DC=corp,DC=contoso,DC=com\n",
    ),
    "the order of a list": (
        CORP,
        "  - adminDescription\n  - assistant\n",
        "  - assistant\n  - adminDescription\n",
    ),
    "another spelling of a span": ("server.yaml", "7.00:00:00", "'7.00:00:00.0000000'"),
}


@pytest.mark.parametrize("edit", GIT.values(), ids=GIT.keys())
def test_in_git_it_is_no_change_and_no_import_undoes_it(
    world: World, edit: tuple[str, str, str]
) -> None:
    before = world.plan()
    world.replace(*edit)
    world.assert_in_sync()
    assert world.plan()["content_hash"] == before["content_hash"]
    written = world.files()
    assert "nothing changed" in world.import_().out
    assert world.files() == written


def test_a_blank_inside_a_literal_counts(world: World) -> None:
    world.replace(COST_CENTRE, '"ohne Bereich"', '"ohne  Bereich"')
    change = world.one_change()
    assert change["address"] == COST_CENTRE_ADDRESS
    assert [item["path"] for item in change["fields"]] == ["flows.division.expression"]


def test_the_order_of_join_groups_counts(world: World) -> None:
    world.replace(
        PAYROLL,
        "  - - {cs: objectSid, mv: objectSid}\n  - - {cs: msExchMasterAccountSid, mv: objectSid}\n",
        "  - - {cs: msExchMasterAccountSid, mv: objectSid}\n  - - {cs: objectSid, mv: objectSid}\n",
    )
    assert {item["path"][:4] for item in world.one_change()["fields"]} == {"join"}
