"""
What a changed sync rule can do to people, as far as it can be told without a population.

Careful on purpose: a rule that decides who exists (it projects, joins or filters) is judged by the
worst that its change can mean. Counting people is the simulation's task.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from reconciler.kinds.kind import Draft
from reconciler.model.changes import Action, FieldChange, Risk
from reconciler.model.nodes import Plain
from reconciler.model.resources import Resource

_FILTERING = "cloudFiltered"
_ANCHORS = ("sourceAnchor", "sourceAnchorBinary", "cloudSourceAnchor")
_CREATING = ("provision", "sticky-join")
_ALWAYS: Mapping[str, Risk] = {
    "description": Risk.COSMETIC,
    "direction": Risk.DESTRUCTIVE,
    "source": Risk.DESTRUCTIVE,
    "target": Risk.DESTRUCTIVE,
    "join": Risk.SCOPE_SHRINKING,
    "password_sync": Risk.SECURITY,
}
"""Fields whose change is judged alike whatever it is."""


def judge(draft: Draft) -> Risk:
    """Return the heaviest risk of a change to one rule."""
    if draft.action is Action.CREATE:
        return _presence(_fields(draft.desired), appears=True)
    if draft.action is Action.DELETE:
        return _presence(_fields(draft.live), appears=False)
    live, desired = _fields(draft.live), {**_fields(draft.live), **_fields(draft.desired)}
    risks = [_judge_field(change, live, desired) for change in draft.fields]
    return max(risks, key=list(Risk).index, default=Risk.COSMETIC)


def _fields(resource: Resource | None) -> Mapping[str, Plain]:
    return resource.fields if resource else {}


def _presence(fields: Mapping[str, Plain], *, appears: bool) -> Risk:
    """Judge a rule that takes effect (appears) or no longer does."""
    if fields.get("password_sync") is True:
        return Risk.SECURITY
    filters = _filters(fields)
    if appears:
        if filters:
            return Risk.SCOPE_SHRINKING
        return Risk.SCOPE_WIDENING if fields.get("link") in _CREATING else Risk.BEHAVIOUR
    if fields.get("link") in _CREATING:
        return Risk.DESTRUCTIVE
    return Risk.SCOPE_SHRINKING if filters or fields.get("join") else Risk.BEHAVIOUR


def _judge_field(
    change: FieldChange, live: Mapping[str, Plain], desired: Mapping[str, Plain]
) -> Risk:
    path, _, rest = change.path.partition(".")
    field = path.split("[")[0]
    if field == "disabled":
        return _presence(desired, appears=change.after is False)
    if field == "link":
        return _judge_link(change)
    if field == "flows":
        return _judge_flow(rest.split(".")[0])
    if field in ("scope", "precedence"):
        return _judge_reach(field, live, desired)
    return _ALWAYS.get(field, Risk.BEHAVIOUR)


def _judge_link(change: FieldChange) -> Risk:
    if change.before in _CREATING:
        return Risk.DESTRUCTIVE
    return Risk.SCOPE_WIDENING if change.after in _CREATING else Risk.BEHAVIOUR


def _judge_flow(target: str) -> Risk:
    if target == _FILTERING:
        return Risk.SCOPE_SHRINKING
    return Risk.DESTRUCTIVE if target in _ANCHORS else Risk.BEHAVIOUR


def _judge_reach(field: str, live: Mapping[str, Plain], desired: Mapping[str, Plain]) -> Risk:
    """Judge whom a rule applies to, or before which others: what it carries decides first."""
    if live.get("password_sync") is True or desired.get("password_sync") is True:
        return Risk.SECURITY
    if _filters(live) or _filters(desired):
        return Risk.SCOPE_SHRINKING
    if field == "precedence" or not (live.get("link") in _CREATING or live.get("join")):
        return Risk.BEHAVIOUR
    keeps_all = _covers(_groups(desired), _groups(live))
    return Risk.SCOPE_WIDENING if keeps_all else Risk.SCOPE_SHRINKING


def _filters(fields: Mapping[str, Plain]) -> bool:
    flows = fields.get("flows")
    return isinstance(flows, dict) and _FILTERING in flows


def _groups(fields: Mapping[str, Plain]) -> list[frozenset[str]]:
    """Return the scope's groups as sets of conditions; no group at all is everybody."""
    scope = fields.get("scope")
    return [
        frozenset(json.dumps(condition, sort_keys=True) for condition in group)
        for group in (scope if isinstance(scope, list) else [])
        if isinstance(group, list)
    ]


def _covers(wanted: list[frozenset[str]], there: list[frozenset[str]]) -> bool:
    """
    Tell whether everybody of the scope `there` is surely in the scope `wanted`.

    Groups are alternatives, the conditions of one are all needed: a group keeps its people where
    a wanted one asks for no more than it. A group without conditions is not trusted to let in.
    """
    if not wanted:
        return True
    return bool(there) and all(any(group and group <= old for group in wanted) for old in there)
