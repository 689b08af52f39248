"""The words of the expression language are plain text in a constant flow."""

from __future__ import annotations

from collections.abc import Iterator

from reconciler.checks.rule_check import RuleCheck, Violation
from reconciler.checks.subject import CheckedRule, Subject
from reconciler.model.findings import Severity, quoted
from reconciler.model.rules import FlowType

_WORDS = {word.casefold(): word for word in ("NULL", "AuthoritativeNull", "IgnoreThisFlow", "CRLF")}


class LiteralConstant(RuleCheck):
    """A constant is no word of the language, unless this very text is meant."""

    code = "RC2108"
    title = "constant spelled like a word of the expression language"
    severity = Severity.WARNING
    authority = "declarative-provisioning.md 1.8; adsync-server.md 0.4, item 7"
    description = (
        "NULL, AuthoritativeNull and IgnoreThisFlow mean something in expressions only. A constant "
        "flow writes the text as it stands: people get a department called NULL."
    )
    example = "department: {constant: AuthoritativeNull}"

    def judge(self, rule: CheckedRule, subject: Subject) -> Iterator[Violation]:
        """Yield a violation for each constant that is such a word."""
        for flow in rule.rule.flows:
            word = _WORDS.get(flow.constant.strip().casefold())
            if flow.type is FlowType.CONSTANT and word:
                yield Violation(
                    what=f"the constant {quoted(flow.constant)} for {quoted(flow.target)}",
                    path=f"flows.{flow.target}.constant",
                    expected=("a text to write; words of the language work in expressions only",),
                    remedy=f"write expression: {word}",
                )
