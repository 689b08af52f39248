"""
Text decoding: the bytes of a document to text that the YAML parser may see.

Size, encoding and characters are judged here; everything about YAML is left to `yaml_reading`.
"""

from __future__ import annotations

import re

from reconciler.desired.codes import Code
from reconciler.model.findings import Finding
from reconciler.model.places import Place

LARGEST_DOCUMENT = 5_000_000
"""Bytes of the largest document; the largest real ones are a hundredth of it."""

UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)
"""What no document may hold unescaped: control characters, odd line ends, invisible reordering."""

_LISTED = 10


def decoded(data: bytes, *, file: str) -> tuple[str | None, tuple[Finding, ...]]:
    """
    Return the text with line ends as LF, or None where there is no text, and what is wrong.

    An unprintable character is reported and replaced, so that the rest can still be read.
    """
    whole = Place(file)
    if len(data) > LARGEST_DOCUMENT:
        return None, (_too_large(whole, size=len(data)),)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or _looks_like_utf16(data):
        return None, (_utf16(whole),)
    if b"\x00" in data:
        return None, (_binary(whole),)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return None, (_not_utf8(data, file=file, position=error.start),)
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return UNPRINTABLE.sub("\ufffd", text), tuple(_unprintables(text, file=file))


def place_at(text: str, position: int, *, file: str) -> Place:
    """Return the place of the character at `position`, counted from 0."""
    line = text.count("\n", 0, position) + 1
    return Place(file, line, position - text.rfind("\n", 0, position))


def _looks_like_utf16(data: bytes) -> bool:
    start = data[:64]
    return len(start) >= 4 and not all(start) and (not any(start[1::2]) or not any(start[::2]))


def _unprintables(text: str, *, file: str) -> list[Finding]:
    found = list(UNPRINTABLE.finditer(text))
    listed = found if len(found) <= _LISTED else found[:1]
    more = f", the first of {len(found)} such characters" if len(found) > len(listed) else ""
    return [
        Code.UNPRINTABLE.at(
            place_at(text, match.start(), file=file),
            f"unprintable character {_code_point(match[0])}{more}",
            expected=("characters that a reviewer can see, tabs and line ends",),
            remedy=f'remove it, or write it in double quotes as "{_escape(match[0])}"',
        )
        for match in listed
    ]


def _code_point(character: str) -> str:
    return f"U+{ord(character):04X}"


def _escape(character: str) -> str:
    return f"\\u{ord(character):04X}"


def _too_large(place: Place, *, size: int) -> Finding:
    return Code.TOO_LARGE.at(
        place,
        f"the file has {size / 1_000_000:.1f} MB",
        expected=(f"a document of at most {LARGEST_DOCUMENT // 1_000_000} MB",),
        remedy="split it, or remove what is no configuration",
    )


def _utf16(place: Place) -> Finding:
    return Code.NOT_UTF8.at(
        place,
        "the file is encoded in UTF-16",
        expected=("UTF-8",),
        remedy="save it again as UTF-8; in PowerShell: Set-Content -Encoding utf8",
    )


def _binary(place: Place) -> Finding:
    return Code.BINARY.at(
        place,
        "the file holds NUL bytes, so it is no text",
        expected=("a YAML document in UTF-8",),
        remedy="restore the document from git, or remove the file",
    )


def _not_utf8(data: bytes, *, file: str, position: int) -> Finding:
    before = data[:position].decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
    return Code.NOT_UTF8.at(
        place_at(before, len(before), file=file),
        f"byte 0x{data[position]:02X} is not UTF-8",
        expected=("UTF-8",),
        remedy="save it again as UTF-8; it may be in a Windows code page",
    )
