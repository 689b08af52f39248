"""Small values: places, estates, snapshots, and what a plan says about itself."""

from __future__ import annotations

import dataclasses

import pytest

from reconciler.model.addresses import Address
from reconciler.model.estates import Document, DocumentType, Estate
from reconciler.model.findings import Concern, Finding, Severity
from reconciler.model.nodes import node_of
from reconciler.model.places import Place
from reconciler.model.plans import Plan, Selection, Unmanaged
from reconciler.model.resources import Reading, Resource
from reconciler.model.rules import OPERATORS
from reconciler.model.snapshots import (
    Coverage,
    Part,
    Server,
    State,
)


@pytest.mark.parametrize(
    ("place", "text"),
    [
        (Place("a.yaml"), "a.yaml"),
        (Place("a.yaml", 3), "a.yaml:3"),
        (Place("a.yaml", 3, 7), "a.yaml:3:7"),
        (Place("a.yaml", 0, 7), "a.yaml"),
        (Place("MV.xml", 3, 7, "mv-data/schema"), "MV.xml:3:7 (mv-data/schema)"),
        (Place("MV.xml", element="mv-data"), "MV.xml (mv-data)"),
    ],
)
def test_a_place_says_only_what_is_known(place: Place, text: str) -> None:
    assert str(place) == text


def test_a_shifted_place_is_on_the_same_line() -> None:
    assert Place("a.yaml", 3, 7, "x").shifted(4) == Place("a.yaml", 3, 11, "x")


def test_a_part_that_nobody_mentions_is_absent() -> None:
    coverage = (Coverage(part=Part.RULES, state=State.DAMAGED),)
    server = Server(
        name="sync01",
        kind_of_source="export",
        read_at=None,
        build=None,
        tree={},
        coverage=coverage,
    )

    assert server.state_of(Part.RULES) is State.DAMAGED
    assert server.state_of(Part.CONNECTORS) is State.ABSENT


def test_documents_are_found_by_type() -> None:
    documents = tuple(
        Document(type=type_, file=f"{number}.yaml", root=node_of({}, Place("")))
        for number, type_ in enumerate([DocumentType.SYNC_RULE] * 2 + [DocumentType.SERVER])
    )
    estate = Estate(environment="prod", documents=documents)

    assert [*estate.of_type(DocumentType.SYNC_RULE)] == [*documents[:2]]
    assert estate.only(DocumentType.SERVER) == documents[2]
    assert estate.only(DocumentType.ENVIRONMENT) is None


def test_a_field_without_a_place_stands_where_its_thing_stands() -> None:
    resource = Resource(
        address=Address("scheduler"),
        name="scheduler",
        fields={},
        place=Place("server.yaml", 1),
        places={"interval": Place("server.yaml", 2)},
    )

    assert resource.place_of("interval") == Place("server.yaml", 2)
    assert resource.place_of("cycle_enabled") == Place("server.yaml", 1)
    assert Reading(resources=(resource,)).by_address() == {Address("scheduler"): resource}


def plan(**changed: object) -> Plan:
    values: dict[str, object] = {
        "environment": "prod",
        "selection": Selection(server="sync01"),
        "servers": (),
        "desired_fingerprint": "",
        "commit": None,
        "live_fingerprints": {},
        "content_hash": "",
        "changes": (),
    }
    return Plan(**{**values, **changed})  # type: ignore[arg-type]


def finding(concern: Concern) -> Finding:
    return Finding(code="RC3101", severity=Severity.WARNING, concern=concern, what="x")


@pytest.mark.parametrize(
    ("found", "differs"),
    [
        (plan(), False),
        (plan(findings=(finding(Concern.LIVE),)), True),
        (plan(findings=(finding(Concern.ADVICE), finding(Concern.SOURCE))), False),
        (plan(unmanaged=(Unmanaged(address=Address("a"), name="a", server="s"),)), True),
    ],
)
def test_a_plan_differs_by_what_is_live_and_not_by_advice(found: Plan, *, differs: bool) -> None:
    assert found.has_differences is differs


def test_the_vendor_has_twenty_operators() -> None:
    assert len({*OPERATORS}) == len(OPERATORS) == 20
    assert "ISBITNOTSET" in OPERATORS
    assert "ISNOTBITSET" not in OPERATORS


def test_values_cannot_be_changed() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        plan().environment = "test"  # type: ignore[misc]
