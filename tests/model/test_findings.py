"""Findings: quoting what users wrote, and one order without repeats."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reconciler.model.addresses import Address
from reconciler.model.findings import Concern, Finding, Severity, in_order, quoted
from reconciler.model.places import Place


def finding(what: str = "it is wrong", **changed: object) -> Finding:
    values = {"code": "RC1001", "severity": Severity.ERROR, "concern": Concern.DESIRED}
    return Finding(what=what, **{**values, **changed})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("", '""'),
        ("EQUALS", '"EQUALS"'),
        ("a\tb\n", r'"a\tb\n"'),
        ("\x1b[2J", r'"\x1b[2J"'),
        ("\u202egnp", r'"\u202egnp"'),
        ("\ud800", r'"\ud800"'),
        ("Kostenträger 給与", '"Kostenträger 給与"'),
        ("x" * 80, f'"{"x" * 80}"'),
        ("x" * 81, f'"{"x" * 79}…"'),
    ],
)
def test_quoted_text_is_visible_and_short(text: str, shown: str) -> None:
    assert quoted(text) == shown


@settings(deadline=None)
@given(st.text(st.characters()), st.integers(2, 100))
def test_quoted_text_never_acts_on_a_terminal_and_never_grows(text: str, longest: int) -> None:
    shown = quoted(text, longest=longest)

    assert shown.isprintable()
    assert len(shown) <= longest + 2
    assert shown[0] == shown[-1] == '"'


def test_findings_are_sorted_by_place_then_address_then_code() -> None:
    ordered = [
        finding("nowhere"),
        finding(address=Address("a")),
        finding(code="RC1000", address=Address("b")),
        finding(code="RC1001", address=Address("b")),
        finding(place=Place("a.yaml", 2, 9)),
        finding(place=Place("a.yaml", 10, 1)),
        finding(place=Place("a.yaml", 10, 2)),
        finding(place=Place("b.yaml", 1, 1)),
    ]

    assert in_order(reversed(ordered)) == tuple(ordered)


def test_a_finding_is_told_once() -> None:
    assert in_order([finding(), finding("another"), finding()]) == (
        finding("another"),
        finding(),
    )


@settings(deadline=None)
@given(st.lists(st.sampled_from([finding(str(number)) for number in range(4)])))
def test_the_order_of_discovery_does_not_matter(found: list[Finding]) -> None:
    assert in_order(found) == in_order(reversed(found)) == in_order([*found, *found])
