"""Lineage: who feeds an attribute, in which order and on which condition."""

from __future__ import annotations

from pathlib import Path

import pytest

from reconciler.application.exits import Exit
from reconciler.application.refusals import Refusal
from reconciler.application.tracing import lineages_of, trace
from reconciler.kinds.rules.normal_form import from_document, to_rule
from reconciler.model.addresses import Address
from reconciler.model.lineage import Lineage
from reconciler.model.nodes import Plain
from tests.application.folders import import_into, write_export
from tests.plan.estates import Fields, rule

SCOPE: list[Plain] = [
    [
        {"attribute": "mail", "operator": "ISNOTNULL"},
        {"attribute": "c", "operator": "EQUAL", "value": "DE"},
    ],
    [{"attribute": "sn", "operator": "ISNULL"}],
]


def lineages(*documents: Fields) -> tuple[Lineage, ...]:
    return lineages_of(
        (
            Address("sync-rule", "corp", str(document["rule"])),
            to_rule(from_document(document), name=str(document["rule"]), connector="corp"),
        )
        for document in documents
    )


def feeding(name: str, *, precedence: Plain = 50, **flow: Plain) -> Fields:
    return rule(name, precedence=precedence, flows={"title": flow or {"from": "title"}})


def test_contributions_stand_in_the_order_of_precedence() -> None:
    (found,) = lineages(
        feeding("B", precedence=9), feeding("A", precedence=51), feeding("C", precedence=1)
    )

    assert [item.rule for item in found.contributions] == ["C", "B", "A"]


def test_a_wish_that_only_a_plan_can_solve_stands_last() -> None:
    (found,) = lineages(feeding("A", precedence={"before": "B"}), feeding("B", precedence=200))

    assert [item.precedence for item in found.contributions] == [200, None]


@pytest.mark.parametrize(
    ("flow", "text"),
    [
        ({"from": "title"}, "title"),
        ({"from": ["title", "mail"]}, "title, mail"),
        ({"constant": "x y"}, '"x y"'),
        ({"expression": "Trim([title])"}, "Trim([title])"),
    ],
)
def test_a_flow_is_told_as_what_flows(flow: Fields, text: str) -> None:
    (found,) = lineages(feeding("A", **flow))

    assert [item.flow for item in found.contributions] == [text]


def test_scope_groups_are_alternatives_of_conditions() -> None:
    (found,) = lineages({**feeding("A"), "scope": SCOPE})

    assert found.contributions[0].scope == ("mail ISNOTNULL and c EQUAL DE", "sn ISNULL")


def test_directions_and_object_types_are_told_apart() -> None:
    documents = (
        feeding("A"),
        {
            **feeding("B", precedence=51),
            "direction": "outbound",
            "source": "person",
            "target": "user",
        },
        {**feeding("C", precedence=52), "target": "group"},
    )

    found = [(item.object_type, item.direction.value) for item in lineages(*documents)]

    assert found == [("group", "inbound"), ("person", "inbound"), ("user", "outbound")]


def test_attributes_are_sorted_without_case() -> None:
    flows: Fields = {name: {"from": "x"} for name in ("b", "A", "C", "a")}

    assert [item.attribute for item in lineages(rule(flows=flows))] == ["A", "a", "b", "C"]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    import_into(tmp_path / "ds", write_export(tmp_path / "export"))
    return tmp_path / "ds"


@pytest.mark.parametrize("is_recorded", [True, False])
def test_an_environment_is_traced_with_and_without_a_recording(
    root: Path, *, is_recorded: bool
) -> None:
    if not is_recorded:
        (root / "prod/recorded/sync01.json").unlink()
        path = next(root.glob("prod/connectors/corp.yaml"))
        assert path.is_file()

    found = trace(str(root), "prod", "department")

    (lineage,) = found.lineages
    assert [item.precedence for item in lineage.contributions] == [50]
    assert found.exit_code is Exit.DONE
    assert found.encode()["environment"] == "prod"


def test_an_attribute_that_nobody_feeds_is_wrong_usage(root: Path) -> None:
    with pytest.raises(Refusal) as refused:
        trace(str(root), "prod", "Department")

    assert refused.value.exit_code is Exit.USAGE


def test_an_invalid_tree_is_not_traced(root: Path) -> None:
    (root / "prod/server.yaml").write_text("scheduler: [", encoding="utf-8")

    with pytest.raises(Refusal) as refused:
        trace(str(root), "prod", None)

    assert refused.value.exit_code is Exit.INVALID
