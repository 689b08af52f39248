"""The conformance cases beside the checkout, as far as they can be told without evaluating."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import yaml

from reconciler.expressions.problems import ProblemKind, problems
from tests.counterparts import require_shared

# What the cases call the errors that can be seen in the text alone.
KINDS = {
    "parse": ProblemKind.SYNTAX,
    "unknown-function": ProblemKind.UNKNOWN_FUNCTION,
    "arity": ProblemKind.ARITY,
    "unknown-variable": ProblemKind.UNKNOWN_VARIABLE,
}

NOTES = {ProblemKind.AMBIGUOUS, ProblemKind.UNDOCUMENTED, ProblemKind.UNLISTED_PARAMETER}


def iter_cases(node: object) -> Iterator[tuple[str, str | None]]:
    """Yield each expression of the contract with the name of its error."""
    if isinstance(node, dict):
        if isinstance(node.get("expr"), str):
            yield node["expr"], node.get("error")
        for child in node.values():
            yield from iter_cases(child)
    elif isinstance(node, list):
        for child in node:
            yield from iter_cases(child)


@pytest.fixture(scope="module")
def cases() -> list[tuple[str, str | None]]:
    path = require_shared() / "contracts" / "functions.yaml"
    return list(iter_cases(yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)))


def test_the_contract_has_hundreds_of_cases(cases: list[tuple[str, str | None]]) -> None:
    assert len(cases) > 500


def test_errors_in_the_text_are_found_as_what_they_are(cases: list[tuple[str, str | None]]) -> None:
    textual = [(text, error) for text, error in cases if error in KINDS]

    missed = [
        (text, error)
        for text, error in textual
        if {problem.kind for problem in problems(text)} != {KINDS[str(error)]}
    ]

    assert len(textual) > 30
    assert missed == []


def test_all_other_cases_have_nothing_but_notes(cases: list[tuple[str, str | None]]) -> None:
    wrong = {
        text: found
        for text, error in cases
        if error not in KINDS
        and (found := [item for item in problems(text) if item.kind not in NOTES])
    }

    assert wrong == {}
