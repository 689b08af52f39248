"""A variable is used where a function around it has named it."""

from __future__ import annotations

from reconciler.checks.expressions.expression_check import ExpressionCheck
from reconciler.expressions.problems import ProblemKind


class UnknownVariable(ExpressionCheck):
    """A variable is used where a function around it has named it."""

    code = "RC1414"
    title = "unknown variable"
    authority = "declarative-provisioning.md 2.5"
    description = (
        "Select, Where and With name a variable in their first argument; only their last "
        "argument knows it."
    )
    example = "expression: Select($item, [proxyAddresses], Trim($itm))"
    problem = ProblemKind.UNKNOWN_VARIABLE
