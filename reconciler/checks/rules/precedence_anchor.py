"""A relative precedence names another custom rule that git has."""

from __future__ import annotations

from collections.abc import Iterator

from reconciler.checks.check import Check
from reconciler.checks.rules.wishes import anchor_text
from reconciler.checks.subject import CheckedRule, Subject
from reconciler.checks.suggestions import did_you_mean
from reconciler.kinds.rules.settling import find_rule
from reconciler.model.findings import Finding, quoted


class PrecedenceAnchor(Check):
    """`before` and `after` name one custom rule, by name or as connector and name."""

    code = "RC2005"
    title = "precedence beside an unknown rule"
    authority = "adsync-server.md 5.5"
    description = (
        "{before: …} and {after: …} are solved against the rules in git. The rule that they name "
        "must be a custom rule and must be told apart from others of the same name."
    )
    example = "precedence: {before: In from AD - User - Payrol}"

    def run(self, subject: Subject) -> Iterator[Finding]:
        """Yield a finding for each wish whose rule cannot be found."""
        rules = subject.resources.get("sync-rule", {})
        for checked in subject.custom_rules:
            text = anchor_text(checked)
            if text is not None and find_rule(text, checked.rule.connector, rules) is None:
                yield self._finding(checked, text, subject)

    def _finding(self, checked: CheckedRule, text: str, subject: Subject) -> Finding:
        names = {item.rule.name for item in subject.custom_rules} - {checked.rule.name}
        homes = sorted(
            item.rule.connector for item in subject.custom_rules if item.rule.name == text
        )
        tags = [item.address.name for item in subject.default_rules if item.rule.name == text]
        what = f"precedence names the rule {quoted(text)}, which is no custom rule in git"
        remedy = did_you_mean(text, names, otherwise="name a custom rule, or give a number")
        if homes:
            what = f"precedence names the rule {quoted(text)}, which {len(homes)} connectors have"
            remedy = f'write it with its connector: "{homes[0]}/…"'
        elif tags:
            remedy = (
                "a default rule is named by its tag: "
                f"insert_before: {checked.rule.connector}/{tags[0]}"
            )
        return self.finding(
            what,
            place=checked.place_of("precedence"),
            address=checked.address,
            expected=("the name of one custom rule, or <connector>/<name>",),
            remedy=remedy,
        )
