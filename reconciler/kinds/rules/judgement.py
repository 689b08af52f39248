"""
What a changed sync rule can do to people, as far as it can be told without a population.

Careful on purpose: a rule that decides who exists (it projects, joins or filters) is judged by the
worst that its change can mean. Counting people is the simulation's task.
"""

from __future__ import annotations

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
    flows = fields.get("flows")
    filters = isinstance(flows, dict) and _FILTERING in flows
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
        return Risk.DESTRUCTIVE if change.before in _CREATING else Risk.SCOPE_WIDENING
    if field == "flows":
        return _judge_flow(rest.split(".")[0])
    if field == "scope":
        return _judge_scope(change, live)
    return _ALWAYS.get(field, Risk.BEHAVIOUR)


def _judge_flow(target: str) -> Risk:
    if target == _FILTERING:
        return Risk.SCOPE_SHRINKING
    return Risk.DESTRUCTIVE if target in _ANCHORS else Risk.BEHAVIOUR


def _judge_scope(change: FieldChange, live: Mapping[str, Plain]) -> Risk:
    """Only a condition or group that goes or comes says which way; a filter turns it around."""
    flows = live.get("flows")
    if isinstance(flows, dict) and _FILTERING in flows:
        return Risk.SCOPE_SHRINKING
    decides = live.get("link") in _CREATING or bool(live.get("join"))
    if not decides:
        return Risk.BEHAVIOUR
    is_group = isinstance(change.before, list) or isinstance(change.after, list)
    is_condition = isinstance(change.before, dict) or isinstance(change.after, dict)
    widens = (is_group and change.before is None) or (is_condition and change.after is None)
    return Risk.SCOPE_WIDENING if widens else Risk.SCOPE_SHRINKING
