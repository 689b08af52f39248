"""Addresses as text and back, whatever characters a name has."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reconciler.model.addresses import Address, parse_address

PARTS = st.text(min_size=1)
ADDRESSES = st.one_of(
    st.builds(Address, PARTS),
    st.builds(Address, PARTS, PARTS),
    st.builds(Address, PARTS, PARTS, PARTS),
)


@settings(deadline=None)
@given(ADDRESSES)
def test_an_address_comes_back_from_its_text(address: Address) -> None:
    assert parse_address(str(address)) == address


@settings(deadline=None)
@given(ADDRESSES)
def test_the_text_of_an_address_is_one_line_without_control_characters(address: Address) -> None:
    assert not {chr(code) for code in (*range(32), *range(127, 160))} & {*str(address)}


@settings(deadline=None)
@given(ADDRESSES, ADDRESSES)
def test_two_addresses_have_one_text_only_when_they_are_equal(one: Address, other: Address) -> None:
    assert (str(one) == str(other)) is (one == other)


@pytest.mark.parametrize(
    ("address", "text"),
    [
        (Address("scheduler"), "scheduler"),
        (Address("group-filter", "corp"), "group-filter/corp"),
        (Address("sync-rule", "corp", "In/Out 100%"), "sync-rule/corp/In%2FOut 100%25"),
        (Address("sync-rule", "corp", "a\tb\x85"), "sync-rule/corp/a%09b%C2%85"),
        (Address("sync-rule", "corp", "Kostenträger"), "sync-rule/corp/Kostenträger"),
    ],
)
def test_only_what_would_be_misread_is_encoded(address: Address, text: str) -> None:
    assert str(address) == text


@pytest.mark.parametrize("text", ["", "/", "a/", "a//b", "/a/b", "a/b/c/d"])
def test_a_text_with_an_empty_or_a_fourth_part_is_no_address(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        parse_address(text)


def test_addresses_are_sorted_by_kind_connector_and_name() -> None:
    texts = ["b", "a/z", "a/b/z", "a/b/a", "a"]

    assert [str(item) for item in sorted(map(parse_address, texts))] == [
        "a",
        "a/b/a",
        "a/b/z",
        "a/z",
        "b",
    ]
