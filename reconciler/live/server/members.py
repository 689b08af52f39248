"""
The members of one JSON object as typed values; what is missing or of another type is damage.

After damage a method returns an empty value of its type: the caller drops what it was building
when `Inspection.damage_count` has grown. Members that nobody asks for are left alone: a later minor
contract may add some.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar, cast

from reconciler.live.recorded.words import with_line_feeds
from reconciler.live.server.codes import Code
from reconciler.live.server.inspection import Inspection
from reconciler.model.findings import quoted
from reconciler.model.snapshots import Part

T = TypeVar("T", str, bool, int, "list[object]", "dict[str, object]")

_GUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_SPAN = re.compile(r"([0-9]+\.)?[0-9]{2}:[0-9]{2}:[0-9]{2}")
_SURROGATE = re.compile("[\ud800-\udfff]")
_WORDS: dict[type, str] = {
    str: "a text",
    bool: "true or false",
    int: "a whole number",
    list: "a list",
    dict: "an object",
    float: "a fraction",
    type(None): "null",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Members:
    """One object: what it holds, where it stands in the answer, and the parts it belongs to."""

    inspection: Inspection
    parts: tuple[Part, ...]
    value: dict[str, object]
    at: str

    def text(self, name: str) -> str:
        """Return a text as it stands, line ends apart."""
        return self._sound(name, self._typed(name, str) or "")

    def name(self, name: str) -> str:
        """Return a text that must not be blank."""
        text = self._typed(name, str)
        if text is None:
            return ""
        if not text.strip():
            self.damage(Code.MISSING_VALUE, f"{name} is empty", name=name, expected="a name")
        return self._sound(name, text)

    def optional_text(self, name: str) -> str | None:
        """Return a text, or None where the member is null."""
        return None if self.is_null(name) else self.text(name)

    def flag(self, name: str) -> bool:
        """Return a boolean."""
        return bool(self._typed(name, bool))

    def optional_flag(self, name: str) -> bool | None:
        """Return a boolean, or None where the member is null."""
        return None if self.is_null(name) else self.flag(name)

    def number(self, name: str) -> int:
        """Return a whole number."""
        return self._typed(name, int) or 0

    def guid(self, name: str) -> str:
        """Return a GUID in lower case without braces, which is how the bridge writes them."""
        return self._matching(name, _GUID, "a GUID in lower case without braces")

    def span(self, name: str) -> str:
        """Return a time span as .NET writes it."""
        return self._matching(name, _SPAN, "a time span such as 7.00:00:00")

    def optional_span(self, name: str) -> str | None:
        """Return a time span, or None where the member is null."""
        return None if self.is_null(name) else self.span(name)

    def word(self, name: str, words: Iterable[str]) -> str:
        """Return one of `words`, spelled as the vendor does."""
        known = tuple(words)
        text = self._typed(name, str)
        if text is None or text in known:
            return text or ""
        self._unknown(name, text, expected=", ".join(known))
        return ""

    def texts(self, name: str) -> list[str]:
        """Return a list of texts in the order of the answer."""
        found = self._typed(name, list)
        if found is None:
            return []
        bad = next((number for number, item in enumerate(found) if type(item) is not str), None)
        if bad is not None:
            self._wrong(f"{name}[{bad}]", found[bad], expected="a text")
            return []
        return [self._sound(name, text) for text in cast("list[str]", found)]

    def names(self, name: str) -> list[str]:
        """Return a set of names, sorted; a blank one is damage."""
        found = self.texts(name)
        if not all(text.strip() for text in found):
            self.damage(Code.MISSING_VALUE, f"{name} holds an empty name", name=name)
        return sorted(set(found))

    def member(self, name: str) -> Members | None:
        """Return an object, or None with damage."""
        found = self._typed(name, dict)
        return None if found is None else self._inner(found, name)

    def optional_member(self, name: str) -> Members | None:
        """Return an object, or None where the member is null."""
        return None if self.is_null(name) else self.member(name)

    def objects(self, name: str) -> list[Members]:
        """Return a list of objects."""
        return self._objects(name, self._typed(name, list) or [])

    def groups(self, name: str) -> list[list[Members]]:
        """Return a list of lists of objects."""
        result = []
        for number, group in enumerate(self._typed(name, list) or []):
            step = f"{name}[{number}]"
            if type(group) is not list:
                self._wrong(step, group, expected="a list")
                continue
            result.append(self._objects(step, group))
        return result

    def is_null(self, name: str) -> bool:
        """Tell whether the member is there and null."""
        return name in self.value and self.value[name] is None

    def damage(self, code: Code, what: str, *, name: str = "", expected: str = "") -> None:
        """Report damage of this object or of one of its members."""
        at = f"{self.at}.{name}" if name else self.at
        self.inspection.damage(code, what, parts=self.parts, at=at, expected=expected)

    def _objects(self, name: str, items: list[object]) -> list[Members]:
        result = []
        for number, item in enumerate(items):
            step = f"{name}[{number}]"
            if type(item) is not dict:
                self._wrong(step, item, expected="an object")
                continue
            result.append(self._inner(item, step))
        return result

    def _inner(self, value: dict[str, object], step: str) -> Members:
        at = f"{self.at}.{step}" if self.at else step
        return Members(inspection=self.inspection, parts=self.parts, value=value, at=at)

    def _typed(self, name: str, type_: type[T]) -> T | None:
        if name not in self.value:
            self.damage(Code.MISSING_VALUE, f"{name} is missing", name=name, expected=_WORDS[type_])
            return None
        value = self.value[name]
        if type(value) is not type_:
            self._wrong(name, value, expected=_WORDS[type_])
            return None
        return value

    def _matching(self, name: str, pattern: re.Pattern[str], expected: str) -> str:
        text = self._typed(name, str)
        if text is None or pattern.fullmatch(text):
            return text or ""
        self._unknown(name, text, expected=expected)
        return ""

    def _sound(self, name: str, text: str) -> str:
        if not text.isascii() and _SURROGATE.search(text):
            self._unknown(name, text, expected="text that can be written as UTF-8")
            return ""
        return with_line_feeds(text)

    def _wrong(self, name: str, value: object, *, expected: str) -> None:
        what = f"{name} is {_WORDS.get(type(value), 'another thing')}"
        self.damage(Code.WRONG_TYPE, what, name=name, expected=expected)

    def _unknown(self, name: str, text: str, *, expected: str) -> None:
        what = f"{name} is {quoted(text)}"
        self.damage(Code.UNKNOWN_WORD, what, name=name, expected=expected)
