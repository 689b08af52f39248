"""Split names: distinguished names that stood unquoted in `[ ]` and fell apart at their commas."""

from __future__ import annotations

import re
from collections.abc import Sequence

_RELATIVE_NAME = re.compile(r"\s*(?:[A-Za-z][A-Za-z0-9-]*|[0-9]+(?:\.[0-9]+)+)=", re.ASCII)


def is_relative_name(text: str) -> bool:
    """Tell whether text begins as a part of a distinguished name does: `OU=`, `DC=`."""
    return _RELATIVE_NAME.match(text) is not None


def joined_names(parts: Sequence[str]) -> tuple[str, ...]:
    """
    Return the distinguished names that the parts most probably were.

    A name ends with its domain: after `DC=` another attribute begins the next name. Parts without
    `DC=` are one name, which is a guess that a person has to confirm.

    >>> joined_names(["OU=A", "DC=c", "DC=d", "OU=B", "DC=c"])
    ('OU=A,DC=c,DC=d', 'OU=B,DC=c')
    """
    names: list[list[str]] = []
    for part in parts:
        starts = not names or (_is_domain(names[-1][-1]) and not _is_domain(part))
        if starts:
            names.append([part])
        else:
            names[-1].append(part)
    return tuple(",".join(name) for name in names)


def _is_domain(part: str) -> bool:
    return part.strip().casefold().startswith("dc=")
