"""Promises of `desired.scalars`: what is more than text, for us and for others."""

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from reconciler.desired.scalars import is_text_everywhere, resolved
from reconciler.model.nodes import Scalar


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("true", True),
        ("false", False),
        ("null", None),
        ("0", 0),
        ("-12", -12),
        ("1.50", 1.5),
        ("-0.25", -0.25),
        ("True", "True"),
        ("NULL", "NULL"),
        ("no", "no"),
        ("on", "on"),
        ("01", "01"),
        ("+1", "+1"),
        ("1.", "1."),
        (".5", ".5"),
        ("1e5", "1e5"),
        ("0x2", "0x2"),
        ("1_000", "1_000"),
        ("1.2.3", "1.2.3"),
        ("12:30:00", "12:30:00"),
        ("2026-02-03", "2026-02-03"),
        ("٣", "٣"),
        ("9" * 5000, "9" * 5000),
        ("9" * 390 + ".0", "9" * 390 + ".0"),
    ],
)
def test_only_lower_case_words_and_plain_numbers_resolve(text: str, value: Scalar) -> None:
    assert repr(resolved(text)) == repr(value)


@given(st.text(alphabet="0123456789_.:-+eExob~=<truefalsnyoTNYO /", max_size=12))
def test_what_is_text_everywhere_is_text_for_yaml_1_1(text: str) -> None:
    loader = yaml.SafeLoader("")
    resolves_to_text = loader.resolve(  # type: ignore[no-untyped-call]
        yaml.ScalarNode, text, (True, False)
    ).endswith(":str")

    assert resolves_to_text or not is_text_everywhere(text)


@pytest.mark.parametrize(
    "text", ["user", "2.5.190.0", "00:30:00", "User_", "1.2.3.4", "x-1", "a=b"]
)
def test_ordinary_words_need_no_quotes(text: str) -> None:
    assert is_text_everywhere(text)


@pytest.mark.parametrize("text", ["", "~", "y", "NO", "0o7", "1e5", "1E5", ".5", ".inf", "<<", "="])
def test_words_that_any_yaml_reader_resolves_are_no_text_everywhere(text: str) -> None:
    assert not is_text_everywhere(text)
