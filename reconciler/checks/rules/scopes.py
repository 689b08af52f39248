"""Whether two rules can be in scope for one object, as far as their conditions alone can tell."""

from __future__ import annotations

from reconciler.model.rules import Rule, ScopeCondition

_OPPOSITES = {
    "EQUAL": "NOTEQUAL",
    "CONTAINS": "NOTCONTAINS",
    "STARTSWITH": "NOTSTARTSWITH",
    "ENDSWITH": "NOTENDSWITH",
    "ISIN": "ISNOTIN",
    "ISBITSET": "ISBITNOTSET",
    "ISMEMBEROF": "ISNOTMEMBEROF",
    "LESSTHAN": "GREATERTHAN_OR_EQUAL",
    "GREATERTHAN": "LESSTHAN_OR_EQUAL",
}
_NEED_A_VALUE = frozenset(_OPPOSITES) | {"ISNOTNULL", "LESSTHAN_OR_EQUAL", "GREATERTHAN_OR_EQUAL"}


def may_overlap(one: Rule, other: Rule) -> bool:
    """
    Tell whether some object could be in scope of both rules.

    True unless every pair of their scope groups contradicts itself in one attribute; text is
    compared without regard to case (declarative-provisioning.md 1.5).
    """
    return any(
        not any(_contradict(first, second) for first in group for second in second_group)
        for group in one.scope or ((),)
        for second_group in other.scope or ((),)
    )


def _contradict(one: ScopeCondition, other: ScopeCondition) -> bool:
    if one.attribute != other.attribute:
        return False
    return _excludes(one, other) or _excludes(other, one)


def _excludes(one: ScopeCondition, other: ScopeCondition) -> bool:
    value, other_value = one.value.casefold(), other.value.casefold()
    if one.operator == "ISNULL":
        return other.operator in _NEED_A_VALUE and other_value != "false"
    if _OPPOSITES.get(one.operator) == other.operator:
        return value == other_value
    if one.operator != "EQUAL":
        return False
    if other.operator == "EQUAL":
        return value != other_value
    if other.operator == "STARTSWITH":
        return not value.startswith(other_value)
    return other.operator == "NOTSTARTSWITH" and value.startswith(other_value)
