"""What an import changes in documents that exist: only fields whose meaning differs."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reconciler.application.adopting import Adoption, Terms, adopt
from reconciler.application.documents import documents_of, pieces_of, shorten
from reconciler.desired.editing import MISSING
from reconciler.model.addresses import Address
from reconciler.model.estates import DocumentType
from reconciler.model.nodes import Plain
from reconciler.model.snapshots import RuleTree, Server
from reconciler.plan.sides import sides_of
from tests.kinds import trees
from tests.plan.estates import (
    CORP_DOCUMENT,
    DOMAIN,
    ENTRA_DOCUMENT,
    NAME,
    Fields,
    estate,
    live,
    live_rule,
    root,
    rule,
)

TERMS = Terms(folder="desired-state/prod")
RULE_FILE = "sync-rule-corp-A.yaml"
TAG = "Microsoft.InfromADUserJoin"


def edits(adoption: Adoption, file: str) -> dict[tuple[str | int, ...], object]:
    return {edit.path: edit.value for edit in adoption.edits.get(file, [])}


def test_equal_meaning_is_not_edited() -> None:
    flows: Fields = {"title": {"expression": "Trim( [title] )"}}
    there: Fields = {"title": {"expression": "Trim([title])"}}

    found = adopt(estate(rule(flows=flows)), live(live_rule(rule(flows=there))), NAME, TERMS)

    assert (found.edits, found.surplus) == ({}, ())


@pytest.mark.parametrize(
    ("there", "path", "value"),
    [
        ({"disabled": True}, ("disabled",), True),
        ({"precedence": 51}, ("precedence",), 51),
        ({"link": "provision"}, ("link",), "provision"),
        ({"description": "x"}, ("description",), "x"),
        ({"flows": {"title": {"from": "title"}}}, ("flows", "title"), {"from": "title"}),
    ],
)
def test_a_field_that_differs_is_edited_alone(
    there: Fields, path: tuple[str, ...], value: Plain
) -> None:
    server = live(live_rule({**rule(), **there}))

    found = adopt(estate(rule()), server, NAME, TERMS)

    assert edits(found, RULE_FILE) == {path: value}
    assert found.changed_fields == {RULE_FILE: (".".join(path),)}


def test_a_field_that_is_at_its_default_on_the_server_is_taken_out() -> None:
    found = adopt(estate(rule(disabled=True)), live(live_rule(rule())), NAME, TERMS)

    assert edits(found, RULE_FILE) == {("disabled",): MISSING}


def test_flows_are_edited_one_by_one() -> None:
    flows: Fields = {"a": {"from": "a"}, "b": {"from": "b"}, "c": {"from": "c"}}
    there: Fields = {"a": {"from": "a"}, "b": {"constant": "x"}, "d": {"from": "d"}}

    found = adopt(estate(rule(flows=flows)), live(live_rule(rule(flows=there))), NAME, TERMS)

    assert edits(found, RULE_FILE) == {
        ("flows", "b"): {"constant": "x"},
        ("flows", "c"): MISSING,
        ("flows", "d"): {"from": "d"},
    }


def test_a_satisfied_relative_precedence_is_kept() -> None:
    documents = (rule(), rule("B", precedence={"after": "A"}))
    server = live(live_rule(rule()), live_rule(rule("B", precedence=77)))

    assert adopt(estate(*documents), server, NAME, TERMS).edits == {}


def test_what_git_does_not_mention_stays_unmentioned() -> None:
    corp = {name: value for name, value in CORP_DOCUMENT.items() if name != "attributes"}

    found = adopt(estate(connectors=(corp, ENTRA_DOCUMENT)), live(), NAME, TERMS)

    assert found.edits == {}


def test_a_new_rule_is_a_new_file_and_equal_slugs_get_a_suffix() -> None:
    server = live(live_rule(rule("A b")), live_rule(rule("A/b", precedence=51)))

    found = adopt(estate(), server, NAME, TERMS)

    assert {
        path: document["rule"]
        for path, (_, document) in found.created.items()
        if "rule" in document
    } == {
        "rules/a-b.yaml": "A b",
        "rules/a-b-2.yaml": "A/b",
    }


def test_a_rule_that_waits_for_its_rename_is_neither_new_nor_surplus() -> None:
    found = adopt(estate(rule("B", moved_from="A")), live(live_rule(rule())), NAME, TERMS)

    assert [path for path in found.created if path.startswith("rules/")] == []
    assert found.surplus == ()


def test_a_rule_that_the_server_does_not_have_is_surplus() -> None:
    assert adopt(estate(rule()), live(), NAME, TERMS).surplus == (RULE_FILE,)


def test_a_rule_that_could_not_be_read_is_not_surplus() -> None:
    twins = live(live_rule(rule()), live_rule(rule(precedence=51)))

    found = adopt(estate(rule()), twins, NAME, TERMS)

    assert found.surplus == ()
    assert [finding.code for finding in found.findings] == ["RC4202"]


def test_a_domain_that_is_cleared_on_the_server_leaves_its_list() -> None:
    partition = {**trees.partition(DOMAIN), "selected": False}
    server = live(connectors=[trees.ad_connector(partition), trees.entra_connector()])  # type: ignore[arg-type]

    found = adopt(estate(), server, NAME, TERMS)

    assert edits(found, "connector-corp-.yaml")["domains", DOMAIN] is MISSING


def test_an_organizational_unit_is_edited_in_its_list() -> None:
    units = (f"OU=Leavers,{root()}", f"OU=Alumni,{root()}")
    partition = trees.partition(DOMAIN, inclusions=(root(),), exclusions=units)
    server = live(connectors=[trees.ad_connector(partition), trees.entra_connector()])

    found = adopt(estate(), server, NAME, TERMS)

    path = ("domains", DOMAIN, "organizational_units", "exclude")
    assert edits(found, "connector-corp-.yaml") == {path: ["OU=Alumni", "OU=Leavers"]}


def default(*, tag: int = 1, **changed: Plain) -> RuleTree:
    return live_rule(rule("In", precedence=101, **changed), tag=f"{TAG}.{tag:03d}")


def imported(server: Server) -> Fields:
    """Return the document of the server's one default rule."""
    created = adopt(estate(), server, NAME, TERMS).created
    (document,) = [value for type_, value in created.values() if type_ is DocumentType.DEFAULT_RULE]
    return document


DEFAULT_FILE = "default-rule-corp-In.yaml"
ADDRESS = Address("default-rule", "corp", TAG)


def test_a_hand_edit_of_a_default_rule_stays_a_finding() -> None:
    baseline = imported(live(default()))

    assert adopt(estate(baseline), live(default(link="provision")), NAME, TERMS).edits == {}


def test_a_hand_edit_is_recorded_where_that_was_asked_for() -> None:
    baseline = imported(live(default()))
    terms = replace(TERMS, adopted=frozenset({ADDRESS}))

    found = adopt(estate(baseline), live(default(link="provision")), NAME, terms)

    assert edits(found, DEFAULT_FILE)[("link",)] == "provision"
    assert found.unknown_defaults == ()


@pytest.mark.parametrize("is_newer", [True, False])
def test_a_higher_tag_or_build_refreshes_the_baseline(*, is_newer: bool) -> None:
    baseline = imported(live(default()))
    newer = live(default(tag=2 if is_newer else 1, link="provision"))
    server = newer if is_newer else replace(newer, build="2.5.191.0")

    found = edits(adopt(estate(baseline), server, NAME, TERMS), DEFAULT_FILE)

    assert found[("link",)] == "provision"
    assert ("baseline",) in found


def test_a_switched_off_default_rule_is_adopted_without_its_baseline() -> None:
    baseline = imported(live(default()))

    found = adopt(estate(baseline), live(default(disabled=True)), NAME, TERMS)

    assert edits(found, DEFAULT_FILE) == {("disabled",): True}


def test_a_default_rule_that_is_not_there_cannot_be_adopted() -> None:
    terms = replace(TERMS, adopted=frozenset({ADDRESS}))

    assert adopt(estate(), live(), NAME, terms).unknown_defaults == (ADDRESS,)


def test_the_pieces_of_one_document_come_together() -> None:
    sides = sides_of(estate(), live(), name=NAME)
    documents = documents_of(pieces_of(sides.live, sides.world))

    (corp,) = [value for owner, value in documents.items() if owner.owner == "corp"]
    assert corp["forest"] == DOMAIN
    assert corp["attributes"] == ["displayName", "mail"]
    assert corp["domains"] == {
        DOMAIN: {"organizational_units": {"exclude": ["OU=Leavers"], "new": "included"}}
    }


def test_a_domain_of_which_everything_is_taken_is_written_as_all() -> None:
    document: Fields = {
        "domains": {
            "a": {"organizational_units": "all"},
            "b": {"organizational_units": "all", "preferred_domain_controllers": ["dc1"]},
        }
    }

    shorten(document)

    assert document["domains"] == {
        "a": "all",
        "b": {"organizational_units": "all", "preferred_domain_controllers": ["dc1"]},
    }
