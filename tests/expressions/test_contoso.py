"""The expressions of a real configuration."""

from __future__ import annotations

import pytest

from reconciler.expressions.canonical import canonical
from reconciler.expressions.parsing import parse, read
from reconciler.expressions.problems import ProblemKind, problems
from reconciler.expressions.readings import FLAT, TWO_LEVELS, VISUAL_BASIC
from reconciler.expressions.references import functions, parameters
from tests.expressions.contoso import Flow, read_flows


@pytest.fixture(scope="module")
def flows() -> tuple[Flow, ...]:
    return read_flows()


def test_all_391_flows_are_read(flows: tuple[Flow, ...]) -> None:
    assert len([parse(flow.expression) for flow in flows]) == 391
    assert len({flow.expression for flow in flows}) == 86


def test_three_flows_ask_for_brackets_and_nothing_else_is_wrong(flows: tuple[Flow, ...]) -> None:
    found = {
        (problem.kind, flow.precedence, flow.target)
        for flow in flows
        for problem in problems(flow.expression)
    }

    assert found == {
        (ProblemKind.AMBIGUOUS, 100, "cloudFiltered"),
        (ProblemKind.AMBIGUOUS, 101, "cloudFiltered"),
        (ProblemKind.AMBIGUOUS, 112, "cloudFiltered"),
        (ProblemKind.UNDOCUMENTED, 122, "deviceKey"),
    }


def test_only_the_flat_reading_differs(flows: tuple[Flow, ...]) -> None:
    differing = [
        sum(read(flow.expression, levels=levels) != parse(flow.expression) for flow in flows)
        for levels in (FLAT, TWO_LEVELS, VISUAL_BASIC)
    ]

    assert differing == [3, 0, 0]


def test_thirty_functions_and_five_parameters_are_used(flows: tuple[Flow, ...]) -> None:
    trees = [parse(flow.expression) for flow in flows]

    assert len({name for tree in trees for name in functions(tree)}) == 30
    assert {name for tree in trees for name in parameters(tree)} == {
        "Connector.ID",
        "Domain.FQDN",
        "Domain.Netbios",
        "Forest.FQDN",
        "Forest.Netbios",
    }


def test_idle_blanks_are_all_that_spellings_lose(flows: tuple[Flow, ...]) -> None:
    for flow in flows:
        assert parse(canonical(flow.expression)) == parse(flow.expression)

    assert len({canonical(flow.expression) for flow in flows}) <= 86
