"""Expressions: the very character, and what default rules excuse."""

from __future__ import annotations

from reconciler.checks.expressions.syntax import ExpressionSyntax
from reconciler.checks.expressions.undocumented_function import UndocumentedFunction
from reconciler.checks.expressions.unknown_function import UnknownFunction
from reconciler.model.estates import Document
from reconciler.model.findings import Severity
from reconciler.model.nodes import Plain
from tests.checks.estates import default_rule, rule, run


def flowing(text: str) -> Document:
    return rule(flows={"department": {"expression": text}})


def vendor(text: str) -> Document:
    flows: Plain = {"department": {"expression": text}}
    return default_rule(flows=flows)


def test_a_problem_is_told_at_its_column() -> None:
    (start,) = run(ExpressionSyntax(), flowing("+ Trim([a])"))
    (later,) = run(ExpressionSyntax(), flowing("Trim([a] +)"))

    assert start.place is not None
    assert later.place == start.place.shifted(9)


def test_a_problem_in_a_block_is_told_at_its_line() -> None:
    (first,) = run(ExpressionSyntax(), flowing("Trim(\n  “a”)"))

    assert first.place is not None
    assert first.place.file == "rules/in-from-ad---user---hr.yaml"
    assert first.place.line > 2


def test_a_typographic_quote_is_named() -> None:
    (finding,) = run(ExpressionSyntax(), flowing("Trim(“abc”)"))

    assert "typographic quote pasted from a web page" in finding.what
    assert "U+201C" in finding.what


def test_the_specimen_is_answered_word_for_word() -> None:
    (finding,) = run(UnknownFunction(), flowing("iif(IsPresent([mail]), [mail], NULL)"))

    assert finding.what == 'unknown function "iif"'
    assert 'did you mean "IIF"' in finding.remedy


def test_a_function_that_a_default_rule_calls_exists() -> None:
    assert run(UnknownFunction(), flowing("Brandnew([a])"), vendor('Brandnew([b], "x")')) == []
    assert run(UnknownFunction(), flowing("Brandnwe([a])"), vendor("Brandnew([b])"))


def test_an_undocumented_function_is_only_a_note() -> None:
    (finding,) = run(UndocumentedFunction(), flowing("CBin(1, 4)"))

    assert finding.severity is Severity.NOTE


def test_the_very_expression_of_a_default_rule_is_accepted_and_no_other() -> None:
    assert run(UndocumentedFunction(), flowing("CBin( 1,4 )"), vendor("CBin(1, 4)")) == []
    assert run(UndocumentedFunction(), flowing("CBin(2, 4)"), vendor("CBin(1, 4)"))


def test_expressions_of_default_rules_are_the_vendors_business() -> None:
    assert run(ExpressionSyntax(), vendor("Trim(")) == []
