"""
What secrets look like, and what the settings are called that hold them; both only by their text.

What follows from a find - a refusal, a value left out - is decided by whoever asks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

HIDDEN = "(hidden)"


@dataclass(frozen=True, slots=True)
class _Shape:
    """What a secret looks like; only text with one of the hints (lower case) is searched."""

    name: str
    hints: tuple[str, ...]
    pattern: str


@dataclass(frozen=True, slots=True)
class Shaped:
    """Text from `start` to `end` that is shaped like a secret, and what kind: "a GitHub token"."""

    name: str
    start: int
    end: int


def _shape(name: str, hints: str, pattern: str) -> _Shape:
    return _Shape(name, tuple(hints.split("|")), pattern)


_SHAPES = (
    _shape(
        "a private key",
        "private key",
        r"-----BEGIN[ A-Z0-9]{0,30}PRIVATE KEY(?: BLOCK)?-----(?:[^-]*-----END[^\n]*)?",
    ),
    _shape("a private key", "putty-user-key", r"PuTTY-User-Key-File-\d"),
    _shape("a JSON web token", "eyj", r"(?<![\w-])eyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]*"),
    _shape("a GitHub token", "ghp_|gho_|ghu_|ghs_|ghr_", r"\bgh[pousr]_[A-Za-z0-9]{30,}"),
    _shape("a GitHub token", "github_pat_", r"\bgithub_pat_\w{22,}"),
    _shape(
        "a GitLab token",
        "glpat-|gldt-|glrt-|glcbt-|glptt-|glft-|glimt-|glagent-|glsoat-",
        r"(?<![\w-])gl(?:pat|dt|rt|cbt|ptt|ft|imt|agent|soat)-[\w-]{20,}",
    ),
    _shape(
        "an Entra client secret",
        "q~",
        r"(?<![\w~.-])[\w~.-]{3}\dQ~[\w~.-]{31,34}(?![\w~.-])",
    ),
    _shape("an Azure DevOps token", "azdo", r"\b[A-Za-z0-9]{76}AZDO[A-Za-z0-9]{4}\b"),
    _shape("an Azure DevOps token", "", r"\b(?=(?:[a-z]{0,30}[2-7]){3})[a-z2-7]{52}\b"),
    _shape(
        "an Azure account key",
        "accountkey|accesskey",
        r"(?i:Account|SharedAccess)(?i:Key)\s*=\s*[\w+/]{30,}={0,2}",
    ),
    _shape("a shared access signature", "sig=", r"[?&]sig=[\w%+/]{30,}"),
    _shape(
        "a password in a connection string",
        "password|pwd",
        r"(?i:server|data source|host|user id|uid|initial catalog|database)\s{0,9}=[^;\n]{0,200};"
        r"[^\n]{0,200}?\b(?i:password|pwd)\s{0,9}=\s{0,9}[^;\s]+",
    ),
    _shape(
        "a password in an address",
        "://",
        r"\b[a-z][a-z0-9+.-]{1,20}://[^/\s:@]{1,100}:[^/\s@]{3,200}@[\w.]",
    ),
    _shape("a bearer token", "bearer ", r"\b[Bb]earer [\w.~+/-]{24,}=*"),
    _shape("an AWS key", "akia|asia", r"\b(?:AKIA|ASIA)[A-Z0-9]{16}\b"),
    _shape("a Slack token", "xox", r"(?<![\w-])xox[abeprs]-[\w-]{12,}"),
    _shape("a package registry token", "npm_", r"\bnpm_[A-Za-z0-9]{36}"),
    _shape("a package registry token", "pypi-", r"(?<![\w-])pypi-AgE[\w-]{30,}"),
    _shape("a Google key", "aiza", r"(?<![\w-])AIza[\w-]{35}(?![\w-])"),
)
_SHORTEST = 10  # characters of the shortest secret above
_RUN = 52  # characters of the one token that no hint gives away
_IN_RUN = bytes(
    97 if character in b"abcdefghijklmnopqrstuvwxyz234567" else 32 for character in range(256)
)

_NAME_HINTS = ("pass", "pwd", "secret", "cred", "token", "key", "sas")
_OF_PRODUCT = (
    r"password-?(?:hash-?)?sync(?:hronization)?"
    r"|password-?(?:write-?back|reset|change|management|policy)"
)
"""Features that are called after passwords and hold none (adsync-server.md 3.2, 7.1)."""
_STEMS = (
    r"passw(?:or)?d|passphrase|passcode|pwd|secret(?!ar)|credential"
    r"|(?:api|private|storage|access|account|shared|encryption|signing|master|client|subscription"
    r"|function|ssh|sas)key"
)
_WORDS = r"(?<![a-z])(?:creds?|sas)(?![a-z])|tokens?(?![a-z])"
_ABOUT = (
    r"-(?:enabled|disabled|allowed|required|supported|count|size|length|interval|lifetime|timeout"
    r"|age|history|policy|mode|type|attempts|days|hours|minutes)$"
)
"""Last words of settings that say something about a secret and do not hold it."""


def masked(text: str) -> str:
    """
    Return text for quoting in a finding, with everything that is shaped like a secret hidden.

    >>> masked("Server=db1;User ID=sync;Password=hunter2")
    '(hidden)'
    """
    for shape in _possible(text):
        text = re.sub(shape.pattern, HIDDEN, text)
    return text


def shapes_in(text: str) -> Iterator[Shaped]:
    """Yield everything in a text that is shaped like a secret, one shape after the other."""
    for shape in _possible(text):
        for match in re.finditer(shape.pattern, text):
            yield Shaped(shape.name, match.start(), match.end())


def shape_of(text: str) -> str | None:
    """Return what kind of secret stands in a text, such as "a GitHub token"; None without one."""
    if len(text) < _SHORTEST:
        return None
    return next((found.name for found in shapes_in(text)), None)


@lru_cache(maxsize=8192)
def names_secret(name: str) -> bool:
    """
    Tell whether a setting of this name holds a secret; features named after passwords hold none.

    >>> names_secret("Contoso.ClientSecretValue"), names_secret("password-hash-sync-config")
    (True, False)
    """
    folded = name.lower()
    if not any(hint in folded for hint in _NAME_HINTS):
        return False
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "-", name)
    words = re.sub(_OF_PRODUCT, " ", "-".join(re.findall("[a-z]+", spaced.lower())))
    if re.search(_ABOUT, words):
        return False
    return bool(re.search(_STEMS, words.replace("-", "")) or re.search(_WORDS, words))


def suspicious_lines(data: bytes) -> tuple[tuple[int, int], ...]:
    """
    Return the lines of a large file that can hold a secret or the name of one, as (start, end).

    A hint is searched for fifty times as fast as a pattern. What stands there is for
    `shapes_in` and `names_secret` to say.
    """
    lower = data.lower()
    lines: set[tuple[int, int]] = set()
    for hint in _hints():
        lines.update(_lines_with(hint, lower))
    lines.update(_lines_with(re.compile(b"a" * _RUN), data.translate(_IN_RUN), ends=data))
    return tuple(sorted(lines))


@lru_cache(maxsize=1)
def _hints() -> tuple[re.Pattern[bytes], ...]:
    """Return all hints as few patterns, each with a beginning that is quickly searched for."""
    hints = {*_NAME_HINTS, *(hint for shape in _SHAPES for hint in shape.hints if hint)}
    needed = [hint for hint in hints if not any(other in hint for other in hints - {hint})]
    groups: dict[str, list[str]] = {}
    for hint in sorted(needed):
        groups.setdefault(hint[:2], []).append(re.escape(hint[2:]))
    return tuple(
        re.compile(f"{re.escape(start)}(?:{'|'.join(rests)})".encode())
        for start, rests in groups.items()
    )


def _lines_with(
    pattern: re.Pattern[bytes], text: bytes, *, ends: bytes | None = None
) -> Iterator[tuple[int, int]]:
    lines = text if ends is None else ends
    found = pattern.search(text)
    while found:
        start = lines.rfind(b"\n", 0, found.start()) + 1
        end = lines.find(b"\n", found.start())
        end = len(lines) if end < 0 else end
        yield start, end
        found = pattern.search(text, end)


def _possible(text: str) -> Iterator[_Shape]:
    folded = text.casefold()
    for shape in _SHAPES:
        for hint in shape.hints:
            if hint in folded and (hint or len(text) >= _RUN):
                yield shape
                break
