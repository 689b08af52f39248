"""Slugs: names of things to names of files that every file system can hold."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

LONGEST = 80
"""Characters of a slug; with folder and ending it stays far below what Windows allows."""

_LETTERS = str.maketrans(
    {
        "ø": "o",
        "đ": "d",
        "ł": "l",
        "æ": "ae",
        "œ": "oe",
        "þ": "th",
        "ð": "d",
        "ı": "i",
        "'": "",
        "’": "",
    }
)
_RESERVED = re.compile(r"con|prn|aux|nul|(?:com|lpt)[0-9]", re.ASCII)


def slug(name: str) -> str:
    """
    Return a name as lower-case ASCII words joined by hyphens: never empty, at most 80 characters.

    A name without a single ASCII letter or digit becomes a hash of itself; a name that Windows
    reserves for a device gets a prefix. A slug of a slug is the slug.

    >>> slug("In from AD - User – Größe & Zürich")
    'in-from-ad-user-grosse-zurich'
    """
    folded = unicodedata.normalize("NFKD", name.casefold().translate(_LETTERS))
    ascii_only = folded.encode("ascii", "ignore").decode("ascii")
    words = re.findall(r"[a-z0-9]+", ascii_only) or _hashed(name)
    joined = "-".join(words)[:LONGEST].strip("-")
    return f"x-{joined}" if _RESERVED.fullmatch(joined) else joined


def unique_slugs(names: Iterable[str]) -> dict[str, str]:
    """
    Return a slug of its own for each name, whatever their order; later ones get `-2`, `-3`.

    >>> unique_slugs(["HR", "hr", "hr 2"])
    {'HR': 'hr', 'hr': 'hr-3', 'hr 2': 'hr-2'}
    """
    ordered = sorted(set(names))
    plain = {name: slug(name) for name in ordered}
    taken = set(plain.values())
    first: set[str] = set()
    result: dict[str, str] = {}
    for name in ordered:
        wished = plain[name]
        result[name] = wished if wished not in first else _free(wished, taken)
        first.add(wished)
        taken.add(result[name])
    return result


def _free(wished: str, taken: set[str]) -> str:
    number = 2
    while True:
        suffix = f"-{number}"
        candidate = wished[: LONGEST - len(suffix)].rstrip("-") + suffix
        if candidate not in taken:
            return candidate
        number += 1


def _hashed(name: str) -> list[str]:
    import hashlib

    return ["name", hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:8]]
