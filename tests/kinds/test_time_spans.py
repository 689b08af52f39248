"""Time spans: what is one, and one spelling for each."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reconciler.kinds.time_spans import normal_span, parse_span
from tests.schemas.files import document_schemas

SPANS = st.builds(timedelta, days=st.integers(0, 99999), seconds=st.integers(0, 24 * 3600 - 1))


@given(SPANS)
def test_every_span_has_a_spelling_that_is_read_back(span: timedelta) -> None:
    text = normal_span(f"{span.days}.00:00:00" if not span.seconds else spelled(span))

    assert parse_span(text) == span
    assert normal_span(text) == text


@given(st.text(st.sampled_from("0123456789.:"), max_size=12))
def test_spans_are_equal_exactly_when_their_spellings_are(text: str) -> None:
    span = parse_span(text)

    if span is None:
        assert normal_span(text) == text
    else:
        assert parse_span(normal_span(text)) == span
        assert normal_span(text) == normal_span(f" {text} ")


@given(st.text(st.sampled_from("0123456789.:"), max_size=12))
def test_documents_accept_exactly_the_spans_that_can_be_read(text: str) -> None:
    pattern = document_schemas()["sync-rule"]["properties"]
    assert isinstance(pattern, dict)
    expiry = pattern["soft_delete_expiry"]
    assert isinstance(expiry, dict)

    assert bool(re.search(str(expiry["pattern"]), text)) is (parse_span(text) is not None)


@pytest.mark.parametrize("text", ["", "30", "24:00:00", "00:60:00", "-00:30:00", "٠٠:٣٠:٠٠", "7"])
def test_other_texts_are_no_span(text: str) -> None:
    assert parse_span(text) is None


@pytest.mark.parametrize("text", ["00:30", "0:30:00", "0.00:30:00", "00:30:00.0000000"])
def test_several_spellings_mean_half_an_hour(text: str) -> None:
    assert normal_span(text) == "00:30:00"


def spelled(span: timedelta) -> str:
    hours, rest = divmod(span.seconds, 3600)
    return f"{span.days}.{hours}:{rest // 60}:{rest % 60}"
