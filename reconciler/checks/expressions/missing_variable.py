"""Select, Where and With begin with the name of a variable."""

from __future__ import annotations

from reconciler.checks.expressions.expression_check import ExpressionCheck
from reconciler.expressions.problems import ProblemKind


class MissingVariable(ExpressionCheck):
    """Select, Where and With begin with the name of a variable."""

    code = "RC1415"
    title = "Select, Where or With without its variable"
    authority = "declarative-provisioning.md 2.5 and 3.6"
    description = (
        "The first argument of these functions is a variable such as $item, which stands for "
        "one value at a time."
    )
    example = "expression: Where([proxyAddresses], [proxyAddresses], True)"
    problem = ProblemKind.MISSING_VARIABLE
