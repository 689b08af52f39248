"""
When two values of a field mean the same, and how their difference is told.

Each kind gives each of its fields one comparison; the engine applies them and knows no kind.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol

from reconciler.kinds.distinguished_names import normal_dn
from reconciler.kinds.time_spans import normal_span
from reconciler.model.changes import FieldChange
from reconciler.model.nodes import Plain


class Comparison(Protocol):
    """How one field is compared."""

    def normal(self, value: Plain) -> Plain:
        """Return one spelling for all values that mean the same; fingerprints are made of it."""
        ...

    def differences(self, path: str, before: Plain, after: Plain) -> Iterator[FieldChange]:
        """Yield what differs; nothing exactly when the normal forms are equal."""
        ...


def _same(value: Plain) -> Plain:
    return value


def _on_text(change: Callable[[str], str]) -> Callable[[Plain], Plain]:
    return lambda value: change(value) if isinstance(value, str) else value


@dataclass(frozen=True, slots=True)
class Whole:
    """A field that is one value."""

    normal_form: Callable[[Plain], Plain] = _same

    def normal(self, value: Plain) -> Plain:
        """Return the value's one spelling."""
        return self.normal_form(value)

    def differences(self, path: str, before: Plain, after: Plain) -> Iterator[FieldChange]:
        """Yield one change where the normal forms differ."""
        if self.normal(before) != self.normal(after):
            yield FieldChange(path=path, before=before, after=after)


@dataclass(frozen=True, slots=True)
class Members:
    """A field that is a set of texts: each member that comes or goes is told on its own."""

    normal_form: Callable[[Plain], Plain] = _same

    def normal(self, value: Plain) -> Plain:
        """Return the members' normal forms, sorted, without repeats."""
        return [*sorted({str(self.normal_form(item)) for item in _items(value)})]

    def differences(self, path: str, before: Plain, after: Plain) -> Iterator[FieldChange]:
        """Yield a change a member, those that go first, each list in its sorted order."""
        gone, come = self._by_normal(before), self._by_normal(after)
        for form in sorted(gone.keys() - come.keys()):
            yield FieldChange(path=path, before=gone[form], after=None, form="member")
        for form in sorted(come.keys() - gone.keys()):
            yield FieldChange(path=path, before=None, after=come[form], form="member")

    def _by_normal(self, value: Plain) -> dict[str, Plain]:
        return {str(self.normal_form(item)): item for item in _items(value)}


def _items(value: Plain) -> list[Plain]:
    return value if isinstance(value, list) else []


exact = Whole()
ignoring_case = Whole(_on_text(str.casefold))
distinguished_name = Whole(_on_text(normal_dn))
time_span = Whole(_on_text(normal_span))
exact_members = Members()
members_ignoring_case = Members(_on_text(str.casefold))
name_members = Members(_on_text(normal_dn))
ordered = Whole()
"""A list whose order counts is compared as one value."""
