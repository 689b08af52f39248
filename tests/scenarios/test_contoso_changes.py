"""On a real export each of these gives exactly that change, too (issue 3, section 7)."""

from __future__ import annotations

from tests.scenarios.exports import Export
from tests.scenarios.outcomes import run
from tests.scenarios.world import World, fields_of, live_findings

CONNECTOR = "connectors/contoso.yaml"
COMPUTERS = "rules/default/contoso/in-from-ad-computer-join.yaml"
HR = "rules/in-from-ad-user-hr.yaml"
RULE = """\
rule: In from AD - User - HR
connector: contoso
direction: inbound
source: user
target: person
link: join
precedence: 45
flows:
  department:
    expression: |-
      Trim([department])
"""


def _carried_out(world: World) -> World:
    """Return the world with a server that has the custom rule: a recording of what git says."""
    text = RULE_XML.replace("CONNECTOR", _connector_of(world.live))
    world.live.add_rule(text)
    return world


def _connector_of(export: Export) -> str:
    (path,) = [path for path in export.connectors if "b891884f" not in path.name.lower()]
    return path.stem.partition("_")[2]


def test_one_organizational_unit(contoso: World) -> None:
    contoso.replace(CONNECTOR, "        - OU=CORP\n", "        - OU=CORP\n        - OU=Labs\n")
    change = contoso.one_change()
    assert change["address"] == "organizational-units/contoso/contoso.com"
    assert fields_of(change) == [("include", None, "OU=Labs,DC=contoso,DC=com")]
    assert change["risk"] == "scope-widening"


def test_one_attribute(contoso: World) -> None:
    contoso.replace(CONNECTOR, "  - adminDescription\n", "  - adminCount\n  - adminDescription\n")
    change = contoso.one_change()
    assert change["address"] == "attribute-selection/contoso"
    assert fields_of(change) == [("value", None, "adminCount")]


def test_disabling_a_default_rule(contoso: World) -> None:
    contoso.replace(COMPUTERS, "direction: inbound\n", "disabled: true\ndirection: inbound\n")
    change = contoso.one_change()
    assert change["kind"] == "default-rule"
    assert fields_of(change) == [("disabled", False, True)]
    assert [item["verb"] for item in change["operations"]] == ["set-rule-disabled"]


def test_adding_a_rule(contoso: World) -> None:
    contoso.write(HR, RULE)
    assert contoso.one_change()["action"] == "create"


def test_editing_a_rule(contoso: World) -> None:
    _carried_out(contoso).write(HR, RULE.replace("Trim([department])", "UCase([department])"))
    change = contoso.one_change()
    assert fields_of(change) == [
        ("flows.department.expression", "Trim([department])", "UCase([department])")
    ]


def test_renaming_a_rule(contoso: World) -> None:
    _carried_out(contoso).write(
        HR,
        RULE.replace("rule: In from AD - User - HR\n", "rule: HR\n")
        + "moved_from: In from AD - User - HR\n",
    )
    change = contoso.one_change()
    assert change["moved_from"] == "sync-rule/contoso/In from AD - User - HR"
    assert change["fields"] == []


def test_removing_a_rule(contoso: World) -> None:
    plan = _carried_out(contoso).plan()
    assert plan["changes"] == []
    assert [item["name"] for item in plan["unmanaged"]] == ["In from AD - User - HR"]
    contoso.replace("environment.yaml", "\n  prune: report", "\n  prune: delete")
    assert contoso.one_change()["action"] == "delete"


def test_an_edited_expression_of_a_default_rule_is_one_finding_with_both_texts(
    contoso: World,
) -> None:
    path = next(
        path
        for path in contoso.live.rules
        if "<name>In from AD - User Common</name>" in path.read_text(encoding="utf-8")
    )
    text = path.read_text(encoding="utf-8")
    assert text.count("<expression>Trim([city])") + text.count("<expression>Trim([co])") >= 1
    path.write_text(text.replace("<expression>Trim([co])", "<expression>UCase([co])"), "utf-8")
    finding = contoso.one_finding()
    lines = " ".join(finding["expected"])
    assert "Trim([co])" in lines
    assert "UCase([co])" in lines


def test_what_is_imported_twice_is_imported_once(contoso: World) -> None:
    _carried_out(contoso).import_()
    first = contoso.files()
    assert "nothing changed" in contoso.import_().out
    assert contoso.files() == first
    assert live_findings(contoso.plan()) == []
    assert run("validate").code == 0


RULE_XML = """<synchronizationRule>
  <id>{IDENTIFIER}</id>
  <internal-id>{IDENTIFIER}</internal-id>
  <version>1</version>
  <name>In from AD - User - HR</name>
  <description />
  <immutable-tag />
  <direction>Inbound</direction>
  <disabled>False</disabled>
  <connector>CONNECTOR</connector>
  <sourceObjectType>user</sourceObjectType>
  <targetObjectType>person</targetObjectType>
  <linkType>Join</linkType>
  <precedence>45</precedence>
  <precedence-after>{00000000-0000-0000-0000-000000000000}</precedence-after>
  <precedence-before>{00000000-0000-0000-0000-000000000000}</precedence-before>
  <softDeleteExpiryInterval>00:00:00</softDeleteExpiryInterval>
  <EnablePasswordSync>false</EnablePasswordSync>
  <attribute-mappings>
    <mapping>
      <dest>department</dest>
      <src>
        <attr>department</attr>
      </src>
      <expression>Trim([department])</expression>
      <valueMergeType>Update</valueMergeType>
    </mapping>
  </attribute-mappings>
  <relationshipCriteria />
  <synchronizationCriteria />
</synchronizationRule>
"""
