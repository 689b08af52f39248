"""Distinguished names have the form that the directory knows."""

from __future__ import annotations

from collections.abc import Iterator

from reconciler.checks.check import Check
from reconciler.checks.connectors.listed_units import listed_units
from reconciler.checks.rules.member_of import MEMBERSHIP
from reconciler.checks.subject import Subject
from reconciler.kinds.distinguished_names import MalformedNameError, parse_dn
from reconciler.kinds.server_settings import VALUE
from reconciler.model.addresses import Address
from reconciler.model.findings import Finding, quoted
from reconciler.model.places import Place

Written = tuple[str, str, Address, Place | None]
"""A name, what it stands for, and where."""


class MalformedDistinguishedName(Check):
    """Organizational units, the group filter and membership operands are distinguished names."""

    code = "RC2404"
    title = "malformed distinguished name"
    authority = "declarative-provisioning.md 1.3 and 1.5; RFC 4514"
    description = (
        "A distinguished name is a row of type=value parts, the most specific first. A comma, plus "
        "or equals sign inside a value wants a backslash before it. The server compares names as "
        "they stand: one that is no name selects nobody."
    )
    example = "include:\n  - Employees"

    def run(self, subject: Subject) -> Iterator[Finding]:
        """Yield a finding for each text that is no distinguished name."""
        for name, what, address, place in _names(subject):
            try:
                parse_dn(name)
            except MalformedNameError as error:
                yield self.finding(
                    f"{what} {quoted(name)} is no distinguished name: {error}",
                    place=place,
                    address=address,
                    expected=("parts such as OU=Employees, separated by commas",),
                    remedy=_remedy(name),
                )


def _names(subject: Subject) -> Iterator[Written]:
    for unit in listed_units(subject):
        yield unit.name, "organizational unit", unit.resource.address, unit.place
    for resource in subject.of_kind("group-filter"):
        name = resource.fields.get(VALUE)
        if isinstance(name, str):
            yield name, "group filter", resource.address, resource.place_of(VALUE)
    for checked in subject.custom_rules:
        for number, group in enumerate(checked.rule.scope):
            for position, condition in enumerate(group):
                # a %parameter% is filled in on the server (declarative-provisioning.md 1.5)
                if condition.operator in MEMBERSHIP and "%" not in condition.value:
                    place = checked.place_of(f"scope[{number}][{position}].value")
                    yield condition.value, "group", checked.address, place


def _remedy(name: str) -> str:
    first = name.partition(",")[0]
    if "=" not in first and first.strip():
        return (
            f"write OU={first.strip()} for an organizational unit, CN={first.strip()} for a group"
        )
    return r"check the commas between the parts, and write \, for a comma inside a value"
