"""
The scalars of the export format: GUIDs, booleans, numbers, line ends.

adsync-server.md 5.9: booleans come as 0/1/True/false, GUIDs in braces and in mixed case.
"""

from __future__ import annotations

import re

_GUID = re.compile(r"\{?([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})\}?")
_NUMBER = re.compile(r"-?[0-9]{1,9}")
_TRUE = frozenset({"1", "true"})
_FALSE = frozenset({"0", "false"})
_SERVER = re.compile(r"\w[\w.-]{0,254}")
_TIME = re.compile(r"(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d(?:\.\d{1,7})?)", re.ASCII)


def with_line_feeds(text: str) -> str:
    """Return the text with LF as its only line end."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def guid_in(text: str) -> str | None:
    """
    Return the GUID in lower case and without braces, or None where the text is none.

    >>> guid_in(" {B891884F-051E-4A83-95AF-2544101C9083}")
    'b891884f-051e-4a83-95af-2544101c9083'
    """
    found = _GUID.fullmatch(text.strip())
    return found[1].lower() if found else None


def flag_in(text: str) -> bool | None:
    """Return the boolean, or None where the text is none."""
    word = text.strip().lower()
    if word in _TRUE:
        return True
    return False if word in _FALSE else None


def number_in(text: str) -> int | None:
    """Return the whole number, or None where the text is none."""
    return int(text) if _NUMBER.fullmatch(text := text.strip()) else None


def time_in(text: str) -> str | None:
    """
    Return an export's date as ISO 8601 without zone, or None where the text is none.

    >>> time_in("2016-05-03 14:28:09.784")
    '2016-05-03T14:28:09.784'
    """
    found = _TIME.fullmatch(text.strip())
    return f"{found[1]}T{found[2]}" if found else None


def is_server_name(text: str) -> bool:
    """Tell whether the text can name a server; such a name is also safe as a file name."""
    return bool(_SERVER.fullmatch(text)) and ".." not in text
