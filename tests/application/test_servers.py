"""Which declared server a source belongs to: never a guess, never another environment's."""

from __future__ import annotations

import pytest

from reconciler.application.exits import Exit
from reconciler.application.refusals import Refusal
from reconciler.application.servers import (
    addressed_server,
    declared_name,
    first_label,
    match_servers,
    role_of,
)
from tests.application.folders import reading
from tests.plan.estates import live

FULL = "sync01.corp.contoso.com"
TWO = (FULL, "sync02.corp.contoso.com")
TWINS = ("sync01.corp.contoso.com", "sync01.fabrikam.com")


@pytest.mark.parametrize(
    ("source", "name"),
    [("SYNC01", FULL), (FULL, FULL), ("Sync01.elsewhere.com", FULL), ("sync1", None), ("", None)],
)
def test_a_source_is_matched_by_its_first_label_without_case(source: str, name: str | None) -> None:
    assert declared_name(reading(source), TWO) == name


def test_the_first_label_ends_at_the_first_dot() -> None:
    assert first_label("SYNC01.corp.contoso.com") == "sync01"


def test_two_matches_are_refused_unless_one_is_exact() -> None:
    assert declared_name(reading("SYNC01.fabrikam.com"), TWINS) == "sync01.fabrikam.com"
    with pytest.raises(Refusal) as refused:
        declared_name(reading("SYNC01"), TWINS)
    assert refused.value.exit_code is Exit.USAGE
    assert refused.value.findings[0].expected == TWINS


def test_every_source_gets_its_server() -> None:
    one, other = reading("SYNC02"), reading("SYNC01")
    matched = match_servers([(None, one), (None, other)], TWO, environment="prod")

    assert [(item.name, item.server) for item in matched] == [(TWO[1], one), (FULL, other)]


@pytest.mark.parametrize("name", ["TEST01", ""])
def test_a_source_of_no_declared_server_is_refused(name: str) -> None:
    with pytest.raises(Refusal, match="which prod does not have") as refused:
        match_servers([(None, reading(name))], TWO, environment="prod")
    assert refused.value.exit_code is Exit.USAGE
    assert refused.value.findings[0].expected == TWO


def test_a_source_is_refused_where_no_server_is_declared() -> None:
    with pytest.raises(Refusal) as refused:
        match_servers([(None, reading())], (), environment="prod")
    assert refused.value.findings[0].expected == ("environment.yaml declares no server",)


def test_two_sources_of_one_server_are_refused() -> None:
    sources = [(None, reading("SYNC01")), ("sync01", reading("SYNC01"))]

    with pytest.raises(Refusal, match="two sources for server"):
        match_servers(sources, TWO, environment="prod")


def test_the_name_given_with_a_source_tells_twins_apart() -> None:
    (matched,) = match_servers([(TWINS[1], reading("SYNC01"))], TWINS, environment="prod")

    assert matched.name == TWINS[1]


@pytest.mark.parametrize(("given", "what"), [("sync03", "is no declared"), ("sync02", "is of")])
def test_the_name_given_with_a_source_must_fit(given: str, what: str) -> None:
    with pytest.raises(Refusal, match=what):
        match_servers([(given, reading("SYNC01"))], TWO, environment="prod")


@pytest.mark.parametrize(
    ("roles", "wanted", "name"),
    [
        ({"a": "staging", "b": "active"}, None, "b"),
        ({"a": "staging"}, None, "a"),
        ({"a": "staging", "b": "active"}, "a", "a"),
        ({FULL: "active", "b": "staging"}, "SYNC01", FULL),
    ],
)
def test_a_plan_addresses_the_wanted_or_the_active_server(
    roles: dict[str, str], wanted: str | None, name: str
) -> None:
    assert addressed_server(roles, wanted) == name


@pytest.mark.parametrize(
    ("roles", "wanted"),
    [
        ({}, None),
        ({"a": "staging", "b": "staging"}, None),
        ({"a": "active", "b": "active"}, None),
        ({"a": "active"}, "b"),
        (dict.fromkeys(TWINS, "active"), "sync01"),
    ],
)
def test_without_one_answer_the_question_is_refused(
    roles: dict[str, str], wanted: str | None
) -> None:
    with pytest.raises(Refusal) as refused:
        addressed_server(roles, wanted)
    assert refused.value.exit_code is Exit.USAGE


@pytest.mark.parametrize(
    ("flag", "role"), [("True", "staging"), ("False", "active"), ("", "active")]
)
def test_a_new_server_has_the_role_that_it_believes_to_have(flag: str, role: str) -> None:
    server = live(parameters={"Microsoft.Synchronize.StagingMode": flag} if flag else {})

    assert role_of(server) == role
