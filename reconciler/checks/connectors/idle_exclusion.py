"""An exclusion takes something away that would be in without it."""

from __future__ import annotations

from collections.abc import Iterator

from reconciler.checks.check import Check
from reconciler.checks.connectors.listed_units import ListedUnit, units_of
from reconciler.checks.subject import Subject
from reconciler.kinds.distinguished_names import MalformedNameError, normal_dn, parse_dn
from reconciler.model.findings import Finding, Severity, quoted
from reconciler.model.resources import Resource

_NEW_ARE_IN = frozenset({"included", "both"})


class IdleExclusion(Check):
    """Above an excluded unit stands something that is included."""

    code = "RC2407"
    title = "exclusion of a unit that is not included anyway"
    severity = Severity.WARNING
    authority = "adsync-server.md 4.5; declarative-provisioning.md 1.3"
    description = (
        "The nearest listed unit above decides. Where that is itself excluded, or nothing is "
        "listed and new units stay out, the exclusion changes nothing: often the name is wrong, "
        "and whom it should keep out is in. What a server already has is accepted in silence."
    )
    example = "include:\n  - OU=Employees\nexclude:\n  - OU=Leavers      # not below Employees"
    is_silent_when_standing = True

    def run(self, subject: Subject) -> Iterator[Finding]:
        """Yield a finding for each exclusion that changes nothing."""
        for resource in subject.of_kind("organizational-units"):
            units = tuple(units_of(resource, subject))
            listed = {normal_dn(unit.name): unit.is_included for unit in reversed(units)}
            for unit in units:
                if not unit.is_included and not _is_in_without(unit, listed, resource):
                    yield self.finding(
                        f"{quoted(unit.name)} is excluded, but nothing includes it",
                        place=unit.place,
                        address=resource.address,
                        expected=("an exclusion below an included unit, or in an included domain",),
                        remedy="remove the exclusion, or correct its name",
                    )


def _is_in_without(unit: ListedUnit, listed: dict[str, bool], resource: Resource) -> bool:
    if listed[normal_dn(unit.name)]:
        return True  # in both lists: reported as a contradiction
    try:
        depth = len(parse_dn(unit.name))
    except MalformedNameError:
        return True
    name = normal_dn(unit.name)
    for _ in range(depth):
        name = _parent(name)
        if name in listed:
            return listed[name]
    return resource.fields.get("new") in _NEW_ARE_IN


def _parent(normal: str) -> str:
    """Return the normal DN without its first part; a comma behind a backslash separates nothing."""
    position = 0
    while position < len(normal):
        if normal[position] == "\\":
            position += 1
        elif normal[position] == ",":
            return normal[position + 1 :]
        position += 1
    return ""
