"""The table of functions, alone and against the contract beside the checkout."""

from __future__ import annotations

import pytest
import yaml

from reconciler.expressions.functions import FUNCTIONS, Category, Description
from tests.counterparts import require_shared


def test_there_are_89_functions() -> None:
    assert len(FUNCTIONS) == 89


@pytest.mark.parametrize(
    ("name", "accepted", "refused"),
    [
        ("Now", [0], [1]),
        ("Trim", [1], [0, 2]),
        ("IIF", [3], [2, 4]),
        ("Mid", [2, 3], [1, 4]),
        ("InStr", [2, 3, 4], [1, 5]),
        ("Switch", [2, 4, 40], [0, 1, 3, 41]),
    ],
)
def test_a_function_accepts_its_numbers_of_arguments(
    name: str, accepted: list[int], refused: list[int]
) -> None:
    function = FUNCTIONS[name]

    assert [function.accepts(count) for count in accepted] == [True] * len(accepted)
    assert [function.accepts(count) for count in refused] == [False] * len(refused)


def test_two_functions_of_standard_rules_are_documented_nowhere() -> None:
    undocumented = {name for name, function in FUNCTIONS.items() if not function.documented}

    assert undocumented == {"CBin", "Thumbprint"}
    assert FUNCTIONS["ValueCount"].description is Description.EXAMPLE_ONLY


def test_every_category_is_used() -> None:
    assert {function.category for function in FUNCTIONS.values()} == set(Category)


def test_the_table_agrees_with_the_contract() -> None:
    contract = yaml.safe_load(
        (require_shared() / "contracts" / "functions.yaml").read_text("utf-8")
    )

    expected = {
        entry["name"]: (entry["category"], tuple(entry["signatures"]))
        for entry in contract["functions"]
    }
    assert {
        name: (function.category.value, function.signatures) for name, function in FUNCTIONS.items()
    } == expected
