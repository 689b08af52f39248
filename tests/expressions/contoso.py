"""The expression flows of the real export: precedence of the rule, target attribute, text."""

from __future__ import annotations

from typing import NamedTuple

from defusedxml import ElementTree

from tests.counterparts import require_shared


class Flow(NamedTuple):
    """One expression flow of a rule."""

    precedence: int
    target: str
    expression: str


def read_flows() -> tuple[Flow, ...]:
    """Return all expression flows of the export, ordered by file name."""
    folder = require_shared() / "data" / "contoso-export" / "SynchronizationRules"
    found: list[Flow] = []
    for path in sorted(folder.glob("*.xml")):
        rule = ElementTree.fromstring(path.read_bytes())
        precedence = int(rule.findtext("precedence", ""))
        for mapping in rule.iter("mapping"):
            text = mapping.findtext("expression")
            if text is not None:
                found.append(Flow(precedence, mapping.findtext("dest", ""), text))
    return tuple(found)
