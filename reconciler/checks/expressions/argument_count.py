"""A function is given as many arguments as it takes."""

from __future__ import annotations

from reconciler.checks.expressions.expression_check import ExpressionCheck
from reconciler.expressions.problems import ProblemKind


class ArgumentCount(ExpressionCheck):
    """A function is given as many arguments as it takes."""

    code = "RC1413"
    title = "wrong number of arguments"
    authority = "declarative-provisioning.md 3"
    description = (
        "Every function throws an error when it is called with another number of arguments than "
        "it has, and an error blocks the whole object."
    )
    example = "expression: Left([displayName])"
    problem = ProblemKind.ARITY
