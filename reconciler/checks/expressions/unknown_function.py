"""Expressions call functions that exist, in their exact spelling."""

from __future__ import annotations

from reconciler.checks.expressions.expression_check import ExpressionCheck
from reconciler.expressions.problems import ProblemKind


class UnknownFunction(ExpressionCheck):
    """Expressions call functions that exist, in their exact spelling."""

    code = "RC1412"
    title = "unknown function"
    authority = "declarative-provisioning.md 2.1 and 3"
    description = (
        "Function names are case-sensitive: trim is not Trim. A function that a default rule "
        "calls exists, even where this version does not know it."
    )
    example = "expression: iif(IsPresent([mail]), [mail], NULL)"
    problem = ProblemKind.UNKNOWN_FUNCTION
    is_about_name = True
