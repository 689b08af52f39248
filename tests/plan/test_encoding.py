"""Plans as JSON and back; what comes back from outside is believed in nothing."""

from __future__ import annotations

import copy
import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reconciler.model.nodes import Plain
from reconciler.model.plans import Plan
from reconciler.plan.decoding import PlanUnreadableError, decode_plan
from reconciler.plan.encoding import encode_finding, encode_plan
from reconciler.plan.fingerprints import canonical_bytes
from tests.plan.estates import estate, live, live_rule, plan, rule
from tests.plan.plans import findings, plans

EXAMPLE = plan(estate(rule(), rule("B", moved_from="C")), live(live_rule(rule("C"))))


@settings(deadline=None)
@given(plans())
def test_a_plan_comes_back_from_its_text(found: Plan) -> None:
    text = json.dumps(encode_plan(found))

    assert decode_plan(json.loads(text)) == found


@settings(deadline=None)
@given(plans())
def test_the_same_plan_is_the_same_bytes(found: Plan) -> None:
    again = decode_plan(json.loads(json.dumps(encode_plan(found))))

    assert canonical_bytes(encode_plan(again)) == canonical_bytes(encode_plan(found))


@settings(deadline=None)
@given(findings())
def test_a_finding_is_plain_values(found: object) -> None:
    value = encode_finding(found)  # type: ignore[arg-type]

    assert json.loads(json.dumps(value)) == value


def test_the_members_are_those_of_the_format() -> None:
    assert [*encode_plan(EXAMPLE)] == [
        "format_version",
        "environment",
        "selection",
        "servers",
        "fingerprints",
        "content_hash",
        "summary",
        "changes",
        "unmanaged",
        "findings",
        "coverage",
        "blocked",
        "impact",
    ]


def test_the_summary_counts_changes_by_hand_once() -> None:
    assert encode_plan(EXAMPLE)["summary"] == {"create": 1, "update": 1, "delete": 0, "manual": 0}


@pytest.mark.parametrize("value", [None, [], "plan", 1, {}, {"format_version": 2}])
def test_what_is_no_plan_of_this_format_is_refused(value: object) -> None:
    with pytest.raises(PlanUnreadableError, match="format version 1"):
        decode_plan(value)


def test_a_missing_member_is_named() -> None:
    value = encode_plan(EXAMPLE)
    del value["coverage"]

    with pytest.raises(PlanUnreadableError, match='a member is missing: "coverage"'):
        decode_plan(value)


def example() -> dict[str, Any]:
    return copy.deepcopy(encode_plan(EXAMPLE))


def test_a_plan_whose_changes_were_edited_is_refused() -> None:
    value = example()
    value["changes"][0]["operations"][0]["value"]["precedence"] = 1

    with pytest.raises(PlanUnreadableError, match="content hash"):
        decode_plan(value)


def test_a_plan_of_which_a_change_was_taken_out_is_refused() -> None:
    value = example()
    value["changes"].pop()

    with pytest.raises(PlanUnreadableError, match="content hash"):
        decode_plan(value)


def places(value: Plain, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Return the path of every value inside a value."""
    if isinstance(value, dict):
        inner = [place for name, item in value.items() for place in places(item, (*path, name))]
    elif isinstance(value, list):
        inner = [place for at, item in enumerate(value) for place in places(item, (*path, at))]
    else:
        inner = []
    return [path, *inner] if path else inner


STRANGE: st.SearchStrategy[Any] = st.sampled_from(
    [None, True, 0, -1, 1.5, "", "x", "a//b", [], [None], [[]], {}, {"a": 1}, {"file": "x"}]
)


@settings(deadline=None, max_examples=300)
@given(st.sampled_from(places(encode_plan(EXAMPLE))), STRANGE)
def test_a_strange_value_anywhere_is_refused_or_makes_another_sound_plan(
    path: tuple[str | int, ...], strange: object
) -> None:
    value = example()
    place: Any = value
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = strange

    with suppress(PlanUnreadableError):
        found = decode_plan(value)
        assert decode_plan(json.loads(json.dumps(encode_plan(found)))) == found
