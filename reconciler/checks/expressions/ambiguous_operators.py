"""Brackets say what belongs together wherever the documentation leaves it open."""

from __future__ import annotations

from reconciler.checks.expressions.expression_check import ExpressionCheck
from reconciler.expressions.problems import ProblemKind
from reconciler.model.findings import Severity


class AmbiguousOperators(ExpressionCheck):
    """Brackets say what belongs together wherever the documentation leaves it open."""

    code = "RC1417"
    title = "operators whose order is disputed"
    severity = Severity.NOTE
    authority = "declarative-provisioning.md 2.3 and A01"
    description = (
        "The vendor documents one priority for all operators, and its own rules contradict "
        "that. Where the readings differ, brackets make sure that the server and every reader "
        "mean the same."
    )
    example = 'expression: IsPresent([mail]) || [employeeType] = "Staff"'
    problem = ProblemKind.AMBIGUOUS
