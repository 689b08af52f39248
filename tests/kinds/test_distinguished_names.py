"""Distinguished names: one spelling for each, nesting, relative and full names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reconciler.kinds.distinguished_names import (
    MalformedNameError,
    absolute,
    domain_dn,
    is_within,
    normal_dn,
    parse_dn,
    relative_to,
    tidy_dn,
)

VALUES = st.text(
    st.sampled_from(' ,+"\\<>;=#aÄßü.-') | st.characters(exclude_categories=("Cs", "Cc")),
    min_size=1,
    max_size=6,
)
TYPES = st.sampled_from(["OU", "ou", "CN", "DC", "2.5.4.11"])
PARTS = st.lists(st.tuples(TYPES, VALUES), min_size=1, max_size=4)


def spelled(parts: list[tuple[str, str]], *, blank: str = "") -> str:
    """Return a name with every special character escaped, and blanks around its parts."""
    return f",{blank}".join(f"{type_}{blank}={blank}{escaped(value)}" for type_, value in parts)


def escaped(value: str) -> str:
    return "".join(f"\\{one}" if one in ' ,+"\\<>;=#' else one for one in value)


@given(PARTS)
def test_a_name_gives_back_the_values_that_it_was_made_of(parts: list[tuple[str, str]]) -> None:
    assert [*parse_dn(spelled(parts))] == parts


@given(st.text(max_size=20) | PARTS.map(spelled))
def test_the_normal_form_of_a_normal_form_is_itself(text: str) -> None:
    assert normal_dn(normal_dn(text)) == normal_dn(text)


@given(PARTS)
def test_blanks_around_the_parts_and_case_mean_nothing(parts: list[tuple[str, str]]) -> None:
    plain = spelled(parts)

    assert normal_dn(spelled(parts, blank=" ")) == normal_dn(plain)
    assert normal_dn(spelled([(type_.swapcase(), value) for type_, value in parts])) == (
        normal_dn(plain)
    )


@given(PARTS, PARTS)
def test_names_of_different_values_have_different_normal_forms(
    one: list[tuple[str, str]], other: list[tuple[str, str]]
) -> None:
    def folded(parts: list[tuple[str, str]]) -> list[tuple[str, str]]:
        return [(type_.lower(), value.casefold()) for type_, value in parts]

    same = normal_dn(spelled(one)) == normal_dn(spelled(other))

    assert same is (folded(one) == folded(other))


@given(PARTS)
def test_a_tidy_name_is_the_same_name(parts: list[tuple[str, str]]) -> None:
    assert normal_dn(tidy_dn(spelled(parts, blank=" "))) == normal_dn(spelled(parts))


@given(PARTS, PARTS)
def test_a_name_is_within_every_ancestor_and_itself(
    below: list[tuple[str, str]], above: list[tuple[str, str]]
) -> None:
    name, root = spelled([*below, *above]), spelled(above)

    assert is_within(name, root)
    assert is_within(root, root)
    assert not is_within(root, name)


@given(PARTS)
def test_a_relative_name_made_full_is_the_name(parts: list[tuple[str, str]]) -> None:
    root = domain_dn("corp.contoso.com")
    name = f"{spelled([('OU', 'Employees'), *parts])},{root}"
    is_relative = all(type_.upper() != "DC" for type_, _ in parts)

    short = relative_to(name, root)

    if is_relative:
        assert normal_dn(absolute(short, root)) == normal_dn(name)
    assert "corp" not in short.split(",")[-1] or not is_relative


def test_a_name_outside_the_domain_stays_in_full() -> None:
    assert relative_to("OU=A,DC=fabrikam,DC=com", "DC=contoso,DC=com") == "OU=A,DC=fabrikam,DC=com"
    assert absolute("OU=A,DC=fabrikam,DC=com", "DC=contoso,DC=com") == "OU=A,DC=fabrikam,DC=com"


def test_a_unit_is_not_within_one_whose_name_only_begins_alike() -> None:
    assert not is_within("OU=Employees2,DC=contoso", "OU=Employees,DC=contoso")
    assert not is_within(r"OU=x\,OU=Employees,DC=contoso", "OU=Employees,DC=contoso")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (r"OU=R\, D,DC=contoso", r'OU="R, D",DC=contoso'),
        (r"OU=R\, D,DC=contoso", r"OU=R\2C D;DC=contoso"),
        ("OU=Büro,DC=contoso", r"OU=B\C3\BCro,DC=contoso"),
        (r"OU=a\ ,DC=contoso", r"OU=a\20,DC=contoso"),
    ],
)
def test_two_spellings_of_one_name_are_equal(one: str, other: str) -> None:
    assert normal_dn(one) == normal_dn(other)


def test_a_blank_that_belongs_to_the_name_counts() -> None:
    assert normal_dn(r"OU=a\ ,DC=contoso") != normal_dn("OU=a ,DC=contoso")
    assert relative_to(r"OU=a\ ,DC=contoso", "DC=contoso") == r"OU=a\ "


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "an empty name"),
        ("  ", "an empty name"),
        ("Employees", '"Employees" has no "="'),
        ("OU=A,,DC=contoso", '"" has no "="'),
        ("O U=A", '"O U" is no attribute type such as OU, CN or DC'),
        ("OU=,DC=contoso", '"OU=" has no value'),
    ],
)
def test_a_malformed_name_says_which_part_is_wrong(text: str, why: str) -> None:
    with pytest.raises(MalformedNameError) as caught:
        parse_dn(text)

    assert str(caught.value) == why


def test_half_a_character_pair_is_no_reason_to_fail() -> None:
    assert normal_dn("OU=\ud800\\,,DC=contoso").startswith("ou=")


def test_what_is_no_name_is_compared_as_text_and_kept_as_it_is() -> None:
    assert normal_dn(" Employees ") == "employees"
    assert tidy_dn("Employees") == "Employees"
    assert absolute("Employees", "DC=contoso") == "Employees,DC=contoso"
