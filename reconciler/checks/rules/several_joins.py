"""Inbound, one rule with a join filter decides about an object; several are an error there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from reconciler.checks.check import Check
from reconciler.checks.rules.clones import likeness
from reconciler.checks.rules.scopes import may_overlap
from reconciler.checks.subject import CheckedRule, Subject
from reconciler.model.findings import Finding, Severity, quoted


class SeveralJoins(Check):
    """At most one inbound rule with a join filter is in scope for an object."""

    code = "RC2110"
    title = "several inbound joins for one object"
    severity = Severity.WARNING
    authority = "adsync-server.md 5.7; declarative-provisioning.md 1.6"
    description = (
        "An object for which two inbound rules with a join filter are in scope ends in an error, "
        "whatever their precedence. Only a warning: whether scopes really meet depends on the "
        "objects. A rule with the very join of a default rule is reported as its clone instead."
    )
    example = "join: [[{cs: mail, mv: mail}]]      # in a second rule for user, without a scope"

    def run(self, subject: Subject) -> Iterator[Finding]:
        """Yield one finding for each custom rule that may meet others."""
        groups: dict[tuple[str, str], list[CheckedRule]] = defaultdict(list)
        for checked in subject.rules:
            if checked.is_inbound and checked.rule.join and not checked.rule.disabled:
                groups[checked.rule.connector, checked.rule.source].append(checked)
        for _, rules in sorted(groups.items()):
            for number, checked in enumerate(rules):
                if checked.is_default:
                    continue
                met = [other for other in rules[number + 1 :] if _meet(checked, other)]
                if met:
                    yield self._finding(checked, met)

    def _finding(self, checked: CheckedRule, met: list[CheckedRule]) -> Finding:
        names = ", ".join(quoted(other.rule.name) for other in met[:3])
        more = f" and {len(met) - 3} more" if len(met) > 3 else ""
        kind = checked.rule.source
        return self.finding(
            f"a {kind} can be in scope for this join and that of {names}{more}",
            place=checked.place_of("join"),
            address=checked.address,
            expected=("one rule with a join filter for an object; others flow without joining",),
            remedy="narrow one of the scope filters, or leave out join where another rule links",
        )


def _meet(one: CheckedRule, other: CheckedRule) -> bool:
    if other.is_default and likeness(one) == likeness(other):
        return False
    return may_overlap(one.rule, other.rule)
