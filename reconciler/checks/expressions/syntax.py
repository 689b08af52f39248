"""The text of an expression follows the language of sync rules."""

from __future__ import annotations

from reconciler.checks.expressions.expression_check import ExpressionCheck
from reconciler.expressions.problems import ProblemKind


class ExpressionSyntax(ExpressionCheck):
    """The text of an expression follows the language of sync rules."""

    code = "RC1411"
    title = "expression that cannot be read"
    authority = "declarative-provisioning.md 2.1"
    description = (
        "An expression is one value made of nested function calls, attributes in square "
        "brackets, texts in straight quotes, numbers and operators. The server refuses anything "
        "else; quotes pasted from a web page are the most frequent reason."
    )
    example = "expression: Trim(“abc”)"
    problem = ProblemKind.SYNTAX
