"""The words that reports share: numbers, ages, names of things, values as people write them."""

from __future__ import annotations

import doctest
from importlib import import_module

import pytest

from reconciler.model.addresses import Address
from reconciler.model.changes import FollowUp, Step, Support
from reconciler.model.nodes import Plain
from reconciler.report.markdown_text import code, fenced
from reconciler.report.outline.titles import titles_of
from reconciler.report.outline.values import member_text, value_text
from reconciler.report.outline.word_diff import LONGEST, whole_text, word_difference
from reconciler.report.visible import columns, padded, visible
from reconciler.report.wording import age, follow_up_words, support_words
from reconciler.report.wrapping import wrapped
from tests.report.estates import change, full_synchronization, rule

NOON = "2026-02-03T12:00:00+00:00"


@pytest.mark.parametrize(
    "name",
    [
        "markdown_text",
        "outline.titles",
        "outline.values",
        "visible",
        "wording",
        "wrapping",
    ],
)
def test_the_examples_in_the_code_are_true(name: str) -> None:
    result = doctest.testmod(import_module(f"reconciler.report.{name}"))

    assert result.attempted > 0
    assert result.failed == 0


@pytest.mark.parametrize(
    ("read_at", "words"),
    [
        ("2026-02-03T11:59:30Z", "just now"),
        ("2026-02-03T11:15:00Z", "45 min ago"),
        ("2026-02-03T12:00:00+09:00", "9 h ago"),
        ("2026-02-01T13:00:00Z", "47 h ago"),
        ("2026-01-24T12:00:00.1234567Z", "9 days ago"),
        ("2026-02-03T15:00:00Z", "3 h ahead of the clock"),
        ("2026-02-03T08:00:00", "less than 2 days ago"),
        ("2026-01-24T08:00:00", "about 10 days ago"),
        ("2026-03-03T08:00:00", "27 days ahead of the clock"),
        ("yesterday", ""),
        ("", ""),
    ],
)
def test_an_age_says_no_more_than_is_known(read_at: str, words: str) -> None:
    assert age(read_at, NOON) == words


def test_connectors_that_need_the_same_steps_share_a_line() -> None:
    import_then_delta = tuple(
        FollowUp(connector="emea", step=step)
        for step in (Step.FULL_IMPORT, Step.DELTA_SYNCHRONIZATION)
    )
    needing = change(
        rule("A"), follow_ups=(*full_synchronization("corp", "fabrikam"), *import_then_delta)
    )

    assert follow_up_words(needing) == (
        "full synchronization of corp and fabrikam (not applied by this version)",
        "full import, then delta synchronization of emea (not applied by this version)",
    )


def test_what_follows_a_step_by_hand_is_told_and_never_promised() -> None:
    started = FollowUp(connector="corp", step=Step.FULL_IMPORT, by="wizard")
    by_wizard = change(rule("A"), is_manual=True, follow_ups=(started,))
    by_person = change(rule("A"), is_manual=True, follow_ups=full_synchronization("corp"))

    assert follow_up_words(by_wizard) == ("the wizard starts a full import of corp",)
    assert follow_up_words(by_person) == ("needs a full synchronization of corp",)


@pytest.mark.parametrize(
    ("support", "is_manual", "words"),
    [
        (Support.SUPPORTED, False, "supported"),
        (Support.SUPPORTED, True, "by hand"),
        (Support.UNSUPPORTED, True, "wizard only"),
        (Support.UNSUPPORTED, False, "unsupported, allowed by policy"),
        (Support.MANUAL, True, "by hand"),
    ],
)
def test_support_says_who_makes_the_change(
    support: Support, *, is_manual: bool, words: str
) -> None:
    assert support_words(change(rule("A"), support=support, is_manual=is_manual)) == words


def test_two_rules_of_one_name_are_told_apart_by_their_connectors() -> None:
    things = [(rule("A"), "A"), (rule("A", "fabrikam"), "A"), (rule("B"), "B")]

    assert list(titles_of(things).values()) == [
        'rule "A" on corp',
        'rule "A" on fabrikam',
        'rule "B"',
    ]


def test_a_kind_of_a_later_version_is_called_by_its_name() -> None:
    address = Address("claim-rule", "adfs", "Issue")

    assert titles_of([(address, "Issue")]) == {address: 'claim rule "Issue"'}


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("Staff", "Staff"),
        ("", '""'),
        ("  ", '"  "'),
        ("true", '"true"'),
        ("50", '"50"'),
        ("a → b", '"a → b"'),
        (50, "50"),
        (1.5, "1.5"),
        (False, "false"),
        (None, "null"),
        ([], "[]"),
        (["a", "b, c", ""], '[a, "b, c", ""]'),
        ({"cs": "mail", "mv": "mail", "case_sensitive": False}, "{cs: mail, mv: mail}"),
        ({"constant": "", "merge": "update"}, '{constant: ""}'),
        ({"from": "mail", "merge": "merge"}, "{from: mail, merge: merge}"),
    ],
)
def test_a_value_reads_as_in_a_document(value: Plain, text: str) -> None:
    assert value_text(value) == text


def test_a_distinguished_name_in_a_list_stays_bare() -> None:
    assert member_text("OU=A, B,DC=corp") == "OU=A, B,DC=corp"
    assert member_text(" ") == '" "'


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\nb", "a\\nb"),
        ("\x1b[31m", "\\x1b[31m"),
        ("\u202etxt", "\\u202etxt"),
        ("a\u200bb\u00a0c", "a\\u200bb\\xa0c"),
        ("\ud800", "\\ud800"),
        ("\U000e0041", "\\U000e0041"),
        ("Ünïcode 給与", "Ünïcode 給与"),
    ],
)
def test_what_cannot_be_seen_is_written_out(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_wide_characters_take_two_columns() -> None:
    assert columns("給与") == 4
    assert columns("e\u0301") == 1
    assert padded("給", 4) == "給  "


def test_a_code_span_and_a_fence_outlast_what_they_hold() -> None:
    assert code("") == '`""`'
    assert code("``") == "``` `` ```"
    assert fenced(["````"], language="diff") == "`````diff\n````\n`````"


def test_lines_break_at_blanks_and_never_inside_a_name() -> None:
    text = "clear OU=Contractors,OU=Partners,DC=corp,DC=contoso,DC=com at once"

    lines = wrapped(text, 30)

    assert lines == ["clear", "OU=Contractors,OU=Partners,DC=corp,DC=contoso,DC=com", "at once"]


def changed(before: str, after: str, *, is_expression: bool = True) -> tuple[list[str], list[str]]:
    sides = word_difference(before, after, is_expression=is_expression)
    first, second = ([span.text for span in side if span.is_changed] for side in sides)
    return first, second


def test_only_the_words_that_differ_are_marked() -> None:
    assert changed("Left([a],  448)", "Left( [a],256 )") == (["448"], ["256"])
    assert changed("until the move", "until summer", is_expression=False) == (
        ["the move"],
        ["summer"],
    )


def test_blanks_inside_a_literal_are_a_difference_and_outside_none() -> None:
    assert changed('Trim( "a b" )', 'Trim("a  b")') == (['"a b"'], ['"a  b"'])
    assert changed("Trim( [a] )", "Trim([a])") == ([], [])


def test_long_equal_stretches_are_left_out_and_what_differs_is_kept() -> None:
    head, tail = ("[a] & " * 40, ' & "end"' * 40)

    before, after = word_difference(f"{head}[old]{tail}", f"{head}[new]{tail}", is_expression=True)

    texts = ["".join(span.text for span in side) for side in (before, after)]
    assert [text.strip("… ") for text in texts] == [
        '& [a] & [a] & [old] & "end" & "end" &',
        '& [a] & [a] & [new] & "end" & "end" &',
    ]


def test_texts_beyond_measure_are_cut_and_not_compared_word_by_word() -> None:
    before, after = word_difference("a " * 9000, "b " * 9000, is_expression=False)

    for side in (before, after, whole_text("c" * 9000, is_expression=True)):
        text = "".join(span.text for span in side)
        assert len(text) <= LONGEST
        assert text.endswith("…")


def test_a_side_without_words_is_shown_as_an_empty_text() -> None:
    before, after = word_difference("", "[mail]", is_expression=True)

    assert [span.text for span in (*before, *after)] == ['""', "[mail]"]
