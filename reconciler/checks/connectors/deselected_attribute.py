"""An attribute that a default rule needs is not deselected."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from reconciler.checks.attribute_uses import connector_attributes
from reconciler.checks.check import Check
from reconciler.checks.subject import CheckedRule, Subject
from reconciler.model.findings import Finding, quoted


class DeselectedAttribute(Check):
    """Each connector attribute that an enabled default rule names is in the attribute list."""

    code = "RC2402"
    title = "default rule with an attribute that is not selected"
    authority = "adsync-server.md 4.6; declarative-provisioning.md 1.3"
    description = (
        "Without the attribute the default rule sees it as absent for everybody: its flows empty "
        "what they wrote and its conditions decide differently. What a server already lacks is "
        "accepted in silence."
    )
    example = "attributes:      # without userAccountControl, which default rules read\n  - cn"
    is_silent_when_standing = True

    def run(self, subject: Subject) -> Iterator[Finding]:
        """Yield a finding for each attribute that is missing from a connector's list."""
        for (alias, attribute), rules in sorted(_missing(subject).items()):
            resource = next(
                item
                for item in subject.of_kind("attribute-selection")
                if item.address.connector == alias
            )
            names = ", ".join(quoted(checked.rule.name) for checked in rules[:3])
            more = f" and {len(rules) - 3} more" if len(rules) > 3 else ""
            yield self.finding(
                f"default rules need {quoted(attribute)}, which {alias} does not select",
                place=resource.place,
                address=resource.address,
                expected=(
                    f"every attribute of enabled default rules; this one is in {names}{more}",
                ),
                remedy=f"add {quoted(attribute)} to attributes, or disable these rules first",
            )


def _missing(subject: Subject) -> Mapping[tuple[str, str], list[CheckedRule]]:
    missing: dict[tuple[str, str], list[CheckedRule]] = defaultdict(list)
    for checked in subject.default_rules:
        selected = subject.attributes.get(checked.rule.connector)
        if selected is None or checked.rule.disabled:
            continue
        for attribute in connector_attributes(checked) - selected:
            missing[checked.rule.connector, attribute].append(checked)
    return missing
