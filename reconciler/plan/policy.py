"""
The policy of an environment: what a plan may do without asking, as `environment.yaml` says it.

Read from the document only; from which commit it is taken is the application's decision (C1).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from reconciler.kinds.time_spans import parse_span
from reconciler.model.changes import Risk
from reconciler.model.estates import DocumentType, Estate
from reconciler.model.nodes import Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """What the environment allows; the defaults are the careful choices."""

    deletes_unmanaged_rules: bool = False
    allow_unsupported: frozenset[str] = frozenset()
    hold_after: tuple[Risk, ...] = (Risk.SCOPE_SHRINKING, Risk.DESTRUCTIVE)
    budgets: Mapping[Risk, int] = field(default_factory=dict)
    oldest_snapshot: timedelta | None = None


def policy_of(estate: Estate) -> Policy:
    """Return the policy of an estate; what the document leaves out has its default."""
    document = estate.only(DocumentType.ENVIRONMENT)
    policy = document.root.member("policy") if document else None
    if policy is None:
        return Policy()
    hold_after = policy.member("hold_after")
    age = _text(policy, "oldest_snapshot")
    return Policy(
        deletes_unmanaged_rules=_text(policy, "prune") == "delete",
        allow_unsupported=frozenset(_texts(policy, "allow_unsupported")),
        hold_after=tuple(Risk(risk) for risk in _texts(policy, "hold_after"))
        if hold_after
        else Policy().hold_after,
        budgets=_budgets(policy),
        oldest_snapshot=parse_span(age) if age else None,
    )


def roles_of(estate: Estate) -> dict[str, str]:
    """Return the declared servers and their roles, in the document's order."""
    document = estate.only(DocumentType.ENVIRONMENT)
    servers = document.root.member("servers") if document else None
    return {name: _text(node, "role") for name, node in (servers.members() if servers else ())}


def _budgets(policy: Node) -> dict[Risk, int]:
    budgets = policy.member("budgets")
    found = {}
    for name, node in budgets.members() if budgets else ():
        at_most = node.member("at_most")
        if at_most is not None and isinstance(at_most.value, int):
            found[Risk(name)] = at_most.value
    return found


def _text(node: Node, name: str) -> str:
    member = node.member(name)
    return member.value if member is not None and isinstance(member.value, str) else ""


def _texts(node: Node, name: str) -> list[str]:
    member = node.member(name)
    return [str(item.value) for item in member.items()] if member else []
