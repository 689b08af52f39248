"""Rules of one's own rest on documented functions."""

from __future__ import annotations

from reconciler.checks.expressions.expression_check import ExpressionCheck
from reconciler.expressions.problems import ProblemKind
from reconciler.model.findings import Severity


class UndocumentedFunction(ExpressionCheck):
    """Rules of one's own rest on documented functions."""

    code = "RC1418"
    title = "function that is documented nowhere"
    severity = Severity.NOTE
    authority = "declarative-provisioning.md 3.9; adsync-server.md 0.4, item 9"
    description = (
        "Some functions occur in default rules without a description anywhere. They work, but "
        "nobody promises that they go on working, and their effect cannot be predicted "
        "reliably."
    )
    example = "expression: CBin(1, 4)"
    problem = ProblemKind.UNDOCUMENTED
