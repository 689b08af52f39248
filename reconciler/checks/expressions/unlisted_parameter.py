"""Parameters in expressions are those that every server provides, or known to be added."""

from __future__ import annotations

from reconciler.checks.expressions.expression_check import ExpressionCheck
from reconciler.expressions.problems import ProblemKind
from reconciler.model.findings import Severity


class UnlistedParameter(ExpressionCheck):
    """Parameters in expressions are those that every server provides, or known to be added."""

    code = "RC1416"
    title = "parameter that no server provides by itself"
    severity = Severity.WARNING
    authority = "declarative-provisioning.md 2.6"
    description = (
        "An administrator can add parameters of his own to a connector, so this is a warning "
        "only; a misspelled name is nothing on the server."
    )
    example = "expression: '\"cn=\" & %ForestLDAP%'"
    problem = ProblemKind.UNLISTED_PARAMETER
    is_about_name = True
