"""
The children of one element as typed values; what is missing or unreadable is reported as damage.

After damage a method returns an empty value of its type: the caller drops what it was building
when `Inspection.damage_count` has grown.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from reconciler.live.recorded.codes import Code
from reconciler.live.recorded.elements import Element
from reconciler.live.recorded.inspection import Inspection
from reconciler.live.recorded.withholding import shown
from reconciler.live.recorded.words import flag_in, guid_in, number_in, with_line_feeds
from reconciler.model.snapshots import Part

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Fields:
    """One element seen through its single-valued children."""

    inspection: Inspection
    element: Element

    def child(self, tag: str, *, parts: tuple[Part, ...] = ()) -> Element | None:
        """Return the one child called `tag`; none or a second one is damage."""
        found = self.optional(tag)
        if found is None:
            self._missing(tag, parts)
        return found

    def optional(self, tag: str) -> Element | None:
        """Return the child called `tag` or None; a second one is damage."""
        found = items_of(self.element, tag)
        for other in found[1:]:
            self.inspection.damage(
                Code.REPEATED,
                f"a second element <{tag}>",
                place=other.place(self.inspection.file),
                expected=f"one element <{tag}> in <{self.element.tag}>",
            )
        return found[0] if found else None

    def text(self, tag: str) -> str:
        """Return the text as it stands, line ends apart; empty where there is no such element."""
        found = self.optional(tag)
        return with_line_feeds(found.take()) if found else ""

    def name(self, tag: str) -> str:
        """Return the text of an element that must not be missing or blank."""
        found = self.child(tag)
        return name_in(self.inspection, found) if found else ""

    def word(self, tag: str, words: Iterable[str]) -> str:
        """Return one of `words`, found without regard to case."""
        found = self.child(tag)
        if found is None:
            return ""
        known = {word.lower(): word for word in words}
        word = known.get(found.take().strip().lower())
        return self._known(found, word, otherwise="", expected=", ".join(known.values()))

    def flag(self, tag: str, *, default: bool | None = None) -> bool:
        """Return a boolean; `default` is for elements that an export leaves out."""
        found = self.child(tag) if default is None else self.optional(tag)
        if found is None:
            return bool(default)
        flag = flag_in(found.take())
        return self._known(found, flag, otherwise=False, expected="true, false, 1 or 0")

    def number(self, tag: str) -> int:
        """Return a whole number."""
        found = self.child(tag)
        if found is None:
            return 0
        number = number_in(found.take())
        return self._known(found, number, otherwise=0, expected="a whole number")

    def guid(self, tag: str, *, default: str | None = None) -> str:
        """Return a GUID; `default` is for an element that is missing or empty."""
        found = self.child(tag) if default is None else self.optional(tag)
        if found is None:
            return default or ""
        text = found.take()
        if default is not None and not text.strip():
            return default
        return self._known(found, guid_in(text), otherwise="", expected="a GUID")

    def _missing(self, tag: str, parts: tuple[Part, ...] = ()) -> None:
        self.inspection.damage(
            Code.MISSING_VALUE,
            f"the element <{tag}> is missing",
            place=self.element.place(self.inspection.file),
            expected=f"<{self.element.tag}> with an element <{tag}>",
            parts=parts,
        )

    def _known(self, element: Element, value: T | None, *, otherwise: T, expected: str) -> T:
        if value is not None:
            return value
        self.inspection.damage(
            Code.UNKNOWN_WORD,
            f"the element <{element.tag}> holds {shown(element.text)}",
            place=element.place(self.inspection.file),
            expected=expected,
        )
        return otherwise


def items_of(holder: Element | None, tag: str) -> list[Element]:
    """Return the children called `tag`; one without text needs no leaf of its own."""
    items = list(holder.all(tag)) if holder else []
    for item in items:
        item.is_taken = item.is_taken or not item.text.strip()
    return items


def name_in(inspection: Inspection, element: Element) -> str:
    """Take the text of an element that must not be blank."""
    text = with_line_feeds(element.take())
    if not text.strip():
        inspection.damage(
            Code.MISSING_VALUE,
            f"the element <{element.tag}> is empty",
            place=element.place(inspection.file),
            expected="a name",
        )
    return text
