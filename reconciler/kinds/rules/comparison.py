"""
How the parts of a sync rule are compared: scope groups, join groups and flows.

Scope groups are alternatives and conditions of a group are all needed, so neither order counts;
join groups are tried in order (adsync-server.md 5.3). Expressions are compared by canonical form.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

from reconciler.expressions.canonical import canonical
from reconciler.kinds.comparison import Comparison, exact, time_span
from reconciler.kinds.rules.normal_form import WAYS
from reconciler.model.changes import FieldChange
from reconciler.model.nodes import Plain


def _key(value: Plain) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False)


def _list(value: Plain) -> list[Plain]:
    return value if isinstance(value, list) else []


def _mapping(value: Plain) -> Mapping[str, Plain]:
    return value if isinstance(value, dict) else {}


@dataclass(frozen=True, slots=True)
class Groups:
    """Groups of conditions; conditions of a group have no order, groups have one or not."""

    is_ordered: bool

    def normal(self, value: Plain) -> Plain:
        """Return the groups with everything that has no order sorted and without repeats."""
        groups: list[Plain] = [self._group(group) for group in _list(value)]
        if self.is_ordered:
            return groups
        return sorted({_key(group): group for group in groups}.values(), key=_key)

    def differences(self, path: str, before: Plain, after: Plain) -> Iterator[FieldChange]:
        """Yield changed conditions of groups that can be paired, and groups that come or go."""
        if self.normal(before) == self.normal(after):
            return
        if self.is_ordered:
            yield from self._in_order(path, _list(before), _list(after))
        else:
            yield from self._in_any_order(path, _list(before), _list(after))

    def _group(self, group: Plain) -> Plain:
        return sorted({_key(item): item for item in _list(group)}.values(), key=_key)

    def _in_order(
        self, path: str, before: list[Plain], after: list[Plain]
    ) -> Iterator[FieldChange]:
        """Pair the groups as a reader does: one that is put in front moves the others, no more."""
        keys = [[_key(self._group(group)) for group in side] for side in (before, after)]
        matcher = SequenceMatcher(a=keys[0], b=keys[1], autojunk=False)
        for tag, first, last, start, stop in matcher.get_opcodes():
            if tag == "equal":
                continue
            pairs = zip_longest(range(first, last), range(start, stop))
            for old, new in pairs:
                yield from self._group_changes(
                    f"{path}[{old if new is None else new}]",
                    None if old is None else before[old],
                    None if new is None else after[new],
                )

    def _in_any_order(
        self, path: str, before: list[Plain], after: list[Plain]
    ) -> Iterator[FieldChange]:
        kept_before = {_key(self._group(group)) for group in before}
        kept_after = {_key(self._group(group)) for group in after}
        gone = [group for _, group in self._unknown(before, kept_after)]
        come = self._unknown(after, kept_before)
        pairs = dict(zip((number for number, _ in come), gone, strict=False))
        for number, new in sorted(come, key=_position):
            yield from self._group_changes(f"{path}[{number}]", pairs.get(number), new)
        for old in gone[len(come) :]:
            yield FieldChange(path=path, before=old, after=None)

    def _unknown(self, groups: list[Plain], known: set[str]) -> list[tuple[int, Plain]]:
        """Return the groups that the other side lacks, alike ones of both sides at one place."""
        found: dict[str, tuple[int, Plain]] = {}
        for number, group in enumerate(groups):
            key = _key(self._group(group))
            if key not in known:
                found.setdefault(key, (number, group))
        return [found[key] for key in sorted(found)]

    def _group_changes(self, path: str, old: Plain, new: Plain) -> Iterator[FieldChange]:
        if old is None or new is None:
            yield FieldChange(path=path, before=old, after=new)
            return
        if self._group(old) == self._group(new):
            return
        conditions = _unpaired(old, new), _unpaired(new, old)
        if len(conditions[0]) == len(conditions[1]):
            pairs = zip(*conditions, strict=True)
            for (_, before), (number, after) in sorted(pairs, key=lambda pair: pair[1][0]):
                yield from _member_changes(f"{path}[{number}]", before, after)
            return
        for _, before in sorted(conditions[0], key=_position):
            yield FieldChange(path=path, before=before, after=None)
        for number, after in sorted(conditions[1], key=_position):
            yield FieldChange(path=f"{path}[{number}]", before=None, after=after)


def _position(item: tuple[int, Plain]) -> int:
    return item[0]


def _unpaired(group: Plain, other: Plain) -> list[tuple[int, Plain]]:
    """Return the conditions that the other group lacks, by attribute, so that pairs are alike."""
    known = {_key(item) for item in _list(other)}
    found: dict[str, tuple[int, Plain]] = {}
    for number, item in enumerate(_list(group)):
        if _key(item) not in known:
            found.setdefault(_key(item), (number, item))
    return [found[key] for key in sorted(found)]


def _member_changes(path: str, before: Plain, after: Plain) -> Iterator[FieldChange]:
    old, new = _mapping(before), _mapping(after)
    for name in sorted(old.keys() | new.keys()):
        if old.get(name) != new.get(name):
            yield FieldChange(path=f"{path}.{name}", before=old.get(name), after=new.get(name))


@dataclass(frozen=True, slots=True)
class Flows:
    """Attribute flows by target attribute."""

    def normal(self, value: Plain) -> Plain:
        """Return the flows with expressions in canonical form."""
        return {target: _normal_flow(flow) for target, flow in sorted(_mapping(value).items())}

    def differences(self, path: str, before: Plain, after: Plain) -> Iterator[FieldChange]:
        """Yield flows that come or go, and what changed inside the others."""
        old, new = _mapping(before), _mapping(after)
        for target in sorted(old.keys() | new.keys(), key=lambda name: (name.casefold(), name)):
            yield from _flow_changes(f"{path}.{target}", old.get(target), new.get(target))


def _normal_flow(value: Plain) -> Plain:
    flow = dict(_mapping(value))
    if "expression" in flow:
        flow["expression"] = canonical(str(flow["expression"]))
    return flow


def _flow_changes(path: str, before: Plain, after: Plain) -> Iterator[FieldChange]:
    if before == after or (before and after and _normal_flow(before) == _normal_flow(after)):
        return
    old, new = _mapping(before), _mapping(after)
    if before is None or after is None or _way(old) != _way(new):
        yield FieldChange(path=path, before=before, after=after, form="flow")
        return
    normal_old, normal_new = _mapping(_normal_flow(before)), _mapping(_normal_flow(after))
    for name in (_way(old), "sources", "merge", "execute_once"):
        if normal_old.get(name) != normal_new.get(name):
            form = "expression" if name == "expression" else "text"
            yield FieldChange(
                path=f"{path}.{name}", before=old.get(name), after=new.get(name), form=form
            )


def _way(flow: Mapping[str, Plain]) -> str:
    return next((key for key in WAYS if key in flow), "")


RULE_FIELDS: Mapping[str, Comparison] = {
    "description": exact,
    "direction": exact,
    "source": exact,
    "target": exact,
    "link": exact,
    "precedence": exact,
    "disabled": exact,
    "password_sync": exact,
    "soft_delete_expiry": time_span,
    "scope": Groups(is_ordered=False),
    "join": Groups(is_ordered=True),
    "flows": Flows(),
}
"""The comparison of each field of a sync rule."""
