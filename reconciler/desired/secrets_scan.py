"""
Secrets scan: secrets that stand in a document, by their shape or by the key they stand under.

What is found is never repeated: other findings quote user text through `masked`.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from reconciler.desired.codes import Code
from reconciler.desired.text_decoding import place_at
from reconciler.model.findings import Finding, in_order, quoted
from reconciler.model.nodes import Node
from reconciler.model.places import Place

HIDDEN = "(hidden)"


@dataclass(frozen=True, slots=True)
class _Shape:
    """What a secret looks like; only text with one of the hints (lower case) is searched."""

    name: str
    hints: tuple[str, ...]
    pattern: str


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

_ALWAYS = frozenset({"password", "passwd", "pwd", "passphrase", "secret", "clientsecret"})
_OFTEN = ("password", "passphrase", "secret", "token", "apikey", "key", "credential")
_SOURCES = frozenset({"env", "file"})
_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,99}", re.ASCII)
_SHORTEST_RANDOM = 16
_BITS_OF_RANDOM = 3.3

_REMEDY = "remove it, change the secret, and name its source: {env: NAME} or {file: PATH}"
_ROTATE = "remove it and change the secret: git keeps what was once committed"


def masked(text: str) -> str:
    """
    Return text for quoting in a finding, with everything that is shaped like a secret hidden.

    >>> masked("Server=db1;User ID=sync;Password=hunter2")
    '(hidden)'
    """
    for shape in _possible(text):
        text = re.sub(shape.pattern, HIDDEN, text)
    return text


def is_secret_slot(path: Sequence[str | int]) -> bool:
    """Tell whether a value at this path of a document may be a secret, whatever it looks like."""
    names = [_folded(step) for step in path if isinstance(step, str)]
    if not names:
        return False
    return _names_secret(names[-1]) or (names[-1] in _SOURCES and any(map(_names_secret, names)))


def find_secrets(text: str, document: Node | None, *, file: str) -> tuple[Finding, ...]:
    """
    Return a finding for each secret in a file, comments and keys included; never its text.

    `document` is the same text as it was read, or None where it could not be read.
    """
    slots = tuple(_slots(document, ())) if document else ()
    lines = {finding.place.line for finding in slots if finding.place}
    hits = [
        (shape.name, place_at(text, match.start(), file=file))
        for shape in _possible(text)
        for match in re.finditer(shape.pattern, text)
    ]
    keys = _keys(document) if document and hits else []
    shapes = (_shaped(name, place, keys) for name, place in hits if place.line not in lines)
    return in_order((*slots, *shapes))


def _possible(text: str) -> Iterator[_Shape]:
    folded = text.casefold()
    return (shape for shape in _SHAPES if any(hint in folded for hint in shape.hints))


def _shaped(name: str, place: Place, keys: Sequence[tuple[Place, str]]) -> Finding:
    before = bisect_right(keys, (place, "\U0010ffff"))
    key = keys[before - 1][1] if before else ""
    where = f" near {quoted(masked(key))}" if key else ""
    return Code.SECRET_SHAPE.at(
        place,
        f"{name} stands in the file{where}",
        expected=("no secret in git, not even in a comment",),
        remedy=_ROTATE,
    )


def _slots(node: Node, path: tuple[str, ...]) -> Iterator[Finding]:
    for name, member in node.members():
        here = (*path, name)
        if isinstance(member.value, str):
            if _is_secret(member.value, here):
                yield _slot(name if name not in _SOURCES else path[-1], member.place)
        else:
            yield from _slots(member, here)
    for item in node.items():
        yield from _slots(item, path)


def _slot(name: str, place: Place) -> Finding:
    return Code.SECRET_SLOT.at(
        place,
        f"{quoted(masked(name))} holds a secret",
        expected=("the source of the secret: {env: NAME} or {file: PATH}",),
        remedy=_REMEDY,
    )


def _is_secret(value: str, path: tuple[str, ...]) -> bool:
    name = _folded(path[-1])
    if not value:
        return False
    if name in _SOURCES:
        is_source = any(_names_secret(_folded(step)) for step in path[:-1])
        return is_source and name == "env" and not _VARIABLE.fullmatch(value)
    if name in _ALWAYS:
        return True
    if not _names_secret(name):
        return False
    return "identity" in path or _is_random(value)


@lru_cache(maxsize=4096)
def _names_secret(name: str) -> bool:
    return name in _ALWAYS or name.endswith(_OFTEN)


def _is_random(value: str) -> bool:
    """Tell whether text looks drawn by lot: long, unbroken, of several kinds of characters."""
    if len(value) < _SHORTEST_RANDOM or re.search(r"\s", value):
        return False
    kinds = sum(bool(re.search(kind, value)) for kind in ("[a-z]", "[A-Z]", "[0-9]", r"[^\w]"))
    counts = (value.count(character) / len(value) for character in set(value))
    return kinds >= 3 and -sum(share * math.log2(share) for share in counts) >= _BITS_OF_RANDOM


def _keys(node: Node) -> list[tuple[Place, str]]:
    found: list[tuple[Place, str]] = []
    _collect_keys(node, found)
    return sorted(found)


def _collect_keys(node: Node, found: list[tuple[Place, str]]) -> None:
    for name, member in node.members():
        found.append((member.key or member.place, name))
        _collect_keys(member, found)
    for item in node.items():
        _collect_keys(item, found)


@lru_cache(maxsize=4096)
def _folded(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.casefold())
