"""
A finding: what is wrong, where, what was expected and what to do.

One shape for files, sources, checks and plans. Codes are declared where they are raised.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from reconciler.model.addresses import Address
from reconciler.model.places import Place


class Severity(StrEnum):
    """How much a finding weighs: only an error makes a desired state invalid."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Concern(StrEnum):
    """What a finding speaks about; this decides the exit code it can cause."""

    DESIRED = "desired"  # the files in git: an error is exit 65
    SOURCE = "source"  # what was to be read: an error is exit 6
    LIVE = "live"  # the live system differs from git: exit 2 with --detailed-exitcode
    ADVICE = "advice"  # worth knowing; never an exit code


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """
    One thing that a person should look at.

    `code` is permanent (`RC` and four digits). `what` is one line without a full stop; `expected`
    are lines; `remedy` says what to do. `server` names the server where the finding is about one.
    """

    code: str
    severity: Severity
    concern: Concern
    what: str
    place: Place | None = None
    address: Address | None = None
    server: str | None = None
    expected: tuple[str, ...] = ()
    remedy: str = ""
    see: str = ""


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings without repeats, by place, then address, then code."""
    return tuple(sorted(dict.fromkeys(findings), key=_position))


def _position(finding: Finding) -> tuple[str, int, int, str, str, str]:
    place = finding.place or Place("")
    address = str(finding.address) if finding.address else ""
    return (place.file, place.line, place.column, address, finding.code, finding.what)


def quoted(text: str, *, longest: int = 80) -> str:
    r"""
    Return user text in double quotes, control characters escaped, cut at `longest` characters.

    >>> quoted("a\tb")
    '"a\\tb"'
    """
    shown = "".join(
        character if character.isprintable() else _escaped(character) for character in text
    )
    return f'"{shown[: longest - 1]}…"' if len(shown) > longest else f'"{shown}"'


def _escaped(character: str) -> str:
    return character.encode("unicode_escape").decode("ascii")
