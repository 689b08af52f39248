"""Nodes: a document as a tree of values that remember where they stood."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reconciler.model.nodes import Node, Plain, node_of
from reconciler.model.places import Place

PLACE = Place("rules/a.yaml", 3, 5)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)
ROOT = node_of({"a": {"b": [1, {"c": "x"}]}, "d": None}, PLACE)


@settings(deadline=None)
@given(JSON)
def test_a_value_comes_back_from_its_tree(value: Plain) -> None:
    assert node_of(value, PLACE).plain() == value


def test_every_node_of_a_value_without_a_file_has_the_one_place() -> None:
    node = ROOT.at("a", "b", 1, "c")

    assert node is not None
    assert node.place == PLACE


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ((), {"a": {"b": [1, {"c": "x"}]}, "d": None}),
        (("a", "b", 0), 1),
        (("a", "b", 1, "c"), "x"),
        (("d",), None),
    ],
)
def test_a_path_leads_to_its_node(path: tuple[str | int, ...], value: Plain) -> None:
    node = ROOT.at(*path)

    assert node is not None
    assert node.plain() == value


@pytest.mark.parametrize(
    "path", [("x",), ("a", "x"), ("a", "b", 2), ("a", "b", -1), ("a", 0), ("d", "x"), ("x", "y")]
)
def test_a_path_that_ends_early_leads_nowhere(path: tuple[str | int, ...]) -> None:
    assert ROOT.at(*path) is None


@pytest.mark.parametrize(
    ("path", "length"),
    [((), 0), (("x",), 0), (("a", "x", "y"), 1), (("a", "b", 9), 2), (("a", "b", 1, "c"), 4)],
)
def test_the_nearest_node_is_the_last_one_on_the_way(
    path: tuple[str | int, ...], length: int
) -> None:
    assert ROOT.nearest(*path) is ROOT.at(*path[:length])


def test_only_mappings_have_members_and_only_lists_have_items() -> None:
    text, empty = Node(value="x", place=PLACE), Node(value=(), place=PLACE)

    assert (text.member("a"), [*text.members()], text.items()) == (None, [], ())
    assert (empty.member("a"), [*empty.members()], empty.items()) == (None, [], ())
    assert [name for name, _ in ROOT.members()] == ["a", "d"]
    assert ROOT.items() == ()
