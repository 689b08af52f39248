"""Compare: two servers without desired state, each as it is (decision E16)."""

from __future__ import annotations

import re
import uuid
from typing import Any

import pytest

from tests.scenarios.exports import Export, rule_xml
from tests.scenarios.outcomes import Outcome, run
from tests.scenarios.turns import LIVE_COST_CENTRE, TURNS, Turn
from tests.scenarios.world import World

ROLE = "Microsoft.Synchronize.StagingMode"


@pytest.fixture
def twin(bare: World) -> Export:
    """Return the export of a staging server that was set up like the active one."""
    twin = bare.live.copy(bare.folder / "twin")
    twin.replace("settings", 'server="SYNC01"', 'server="SYNC02"')
    twin.set_parameter("settings", ROLE, "True")
    return twin


def _compare(bare: World, twin: Export, *options: str) -> Outcome:
    return run("compare", bare.live.source, twin.source, "--detailed-exitcode", *options)


def _plan(bare: World, twin: Export) -> dict[str, Any]:
    found: dict[str, Any] = _compare(bare, twin, "--json").json["plan"]
    return found


def test_two_servers_that_differ_in_name_and_role_are_equal(bare: World, twin: Export) -> None:
    outcome = _compare(bare, twin)
    assert outcome.code == 0
    assert "sync01" in outcome.flat.lower()
    assert "sync02" in outcome.flat.lower()
    assert "()" not in outcome.flat  # a source says no role


def test_identifiers_that_every_server_has_of_its_own_are_no_difference(
    bare: World, twin: Export
) -> None:
    texts = {path: path.read_text(encoding="utf-8") for path in twin.files}
    found = {guid.lower() for text in texts.values() for guid in re.findall(_GUID, text)}
    kept = {"b891884f-051e-4a83-95af-2544101c9083", "00000000-0000-0000-0000-000000000000"}
    others = {guid: str(uuid.uuid5(uuid.NAMESPACE_DNS, guid)) for guid in found - kept}
    for path, text in texts.items():
        renamed = re.sub(_GUID, lambda match: others.get(match[0].lower(), match[0]), text)
        path.unlink()
        name = re.sub(_GUID, lambda match: others.get(match[0].lower(), match[0]), path.name)
        path.with_name(name).write_text(renamed, encoding="utf-8")
    outcome = _compare(bare, twin, "--json")
    assert outcome.code == 0, outcome.json["plan"]["findings"]


_GUID = r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"


def test_what_was_left_out_of_a_comparison_is_not_called_different(
    bare: World, twin: Export
) -> None:
    assert bare.import_().code == 0
    recording = f"snapshot:{bare.path('recorded/sync01.json')}"
    assert run("compare", recording, twin.source, "--detailed-exitcode").code == 0


@pytest.mark.parametrize(
    "title",
    [
        "an included OU is taken out",
        "a domain is taken out",
        "an attribute is selected",
        "password hashes are no longer synchronized",
        "the deletion threshold is raised",
        "a default rule is switched off",
        "an expression is edited",
        "a rule stands elsewhere",
    ],
)
def test_one_difference_is_one_change(bare: World, twin: Export, title: str) -> None:
    turn: Turn = TURNS[title]
    turn.on_server(World(bare.folder, twin))
    outcome = _compare(bare, twin, "--json")
    assert outcome.code == 2
    plan = outcome.json["plan"]
    (change,) = plan["changes"]
    assert change["address"] == turn.address
    assert [
        (item["path"], item["before"], item["after"]) for item in change["fields"]
    ] == turn.fields


def test_a_rule_that_only_the_second_has_is_one_change(bare: World, twin: Export) -> None:
    twin.add_rule(rule_xml())
    (change,) = _plan(bare, twin)["changes"]
    assert (change["address"], change["action"]) == (
        "sync-rule/corp/In from AD - User - HR",
        "create",
    )


def test_a_rule_that_only_the_first_has_is_one_change(bare: World, twin: Export) -> None:
    twin.file(LIVE_COST_CENTRE).unlink()
    (change,) = _plan(bare, twin)["changes"]
    assert change["action"] == "delete"


def test_an_edited_default_rule_is_one_difference(bare: World, twin: Export) -> None:
    twin.replace(
        "rule:corp/In from AD - User Common",
        "<expression>Trim([department])<",
        "<expression>UCase([department])<",
    )
    outcome = _compare(bare, twin)
    assert outcome.code == 2
    assert "UCase([department])" in outcome.flat
    plan = _plan(bare, twin)
    assert len(plan["changes"]) + len([f for f in plan["findings"] if f["concern"] == "live"]) == 1


def test_a_parameter_that_no_kind_models_is_told(bare: World, twin: Export) -> None:
    twin.set_parameter("settings", "Microsoft.Contoso.Experimental", "off")
    outcome = _compare(bare, twin)
    assert outcome.code == 2
    assert "Microsoft.Contoso.Experimental" in outcome.flat


def test_without_the_detailed_code_a_difference_is_0(bare: World, twin: Export) -> None:
    twin.add_rule(rule_xml())
    assert run("compare", bare.live.source, twin.source).code == 0


def test_a_damaged_source_is_6(bare: World, twin: Export) -> None:
    twin.settings.write_text("<saved-mv-configuration", encoding="utf-8")
    outcome = _compare(bare, twin, "--json")
    assert outcome.code == 6
    assert outcome.json["exit_code"] == 6


@pytest.mark.parametrize("form", ["text", "markdown", "json"])
def test_every_form_names_the_difference(bare: World, twin: Export, form: str) -> None:
    twin.set_parameter("settings", "Microsoft.Synchronize.TimeInterval", "02:00:00")
    outcome = _compare(bare, twin, "--format", form)
    assert outcome.code == 2
    assert "02:00:00" in outcome.out
