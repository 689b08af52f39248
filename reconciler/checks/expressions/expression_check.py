"""What the checks of expressions share: each reports one kind of problem, at its very character."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from reconciler.checks.rule_check import RuleCheck, Violation
from reconciler.checks.subject import CheckedRule, Subject
from reconciler.checks.text_places import place_in_text
from reconciler.expressions.canonical import canonical
from reconciler.expressions.problems import Problem, ProblemKind, problems
from reconciler.model.places import Place
from reconciler.model.rules import Flow, FlowType


class ExpressionCheck(RuleCheck):
    """
    A check of all expressions for one kind of problem.

    A default rule with the same expression excuses it; where `is_about_name`, any default rule
    with the same problem does, since what the vendor's rules call exists.
    """

    problem: ClassVar[ProblemKind]
    is_about_name: ClassVar[bool] = False

    def judge(self, rule: CheckedRule, subject: Subject) -> Iterator[Violation]:
        """Yield the problems of the rule's expressions."""
        for flow in rule.rule.flows:
            if flow.type is not FlowType.EXPRESSION:
                continue
            for found in problems(flow.expression):
                if found.kind is self.problem:
                    yield Violation(
                        what=found.what,
                        path=f"flows.{flow.target}.expression",
                        expected=(found.expected,),
                        remedy=found.remedy,
                        place=_place(rule, flow, found, subject),
                        key="" if self.is_about_name else canonical(flow.expression),
                    )


def _place(rule: CheckedRule, flow: Flow, found: Problem, subject: Subject) -> Place | None:
    node = subject.node(rule.resource, "flows", flow.target, "expression")
    if node is None:
        return None
    return place_in_text(node.text, flow.expression, found.offset, whole=node.place)
