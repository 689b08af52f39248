"""
Secrets scan: secrets that stand in a document, by their shape or by the key they stand under.

What secrets look like is `model.secret_shapes`'s, through whose `masked` findings quote user text.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache

from reconciler.desired.codes import Code
from reconciler.desired.text_decoding import place_at
from reconciler.model.findings import Finding, in_order, quoted
from reconciler.model.nodes import Node
from reconciler.model.places import Place
from reconciler.model.secret_shapes import masked, names_secret, shapes_in

_ALWAYS = frozenset({"password", "passwd", "pwd", "passphrase", "secret", "clientsecret"})
_OFTEN = ("password", "passphrase", "secret", "token", "apikey", "key", "credential")
_SOURCES = frozenset({"env", "file"})
_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,99}", re.ASCII)
_SHORTEST_RANDOM = 16
_BITS_OF_RANDOM = 3.3

_REMEDY = "remove it, change the secret, and name its source: {env: NAME} or {file: PATH}"
_ROTATE = "remove it and change the secret: git keeps what was once committed"


def is_secret_slot(path: Sequence[str | int]) -> bool:
    """Tell whether a value at this path of a document may be a secret, whatever it looks like."""
    names = [step for step in path if isinstance(step, str)]
    if not names:
        return False
    is_source = _folded(names[-1]) in _SOURCES
    return _names_secret(names[-1]) or (is_source and any(map(_names_secret, names)))


def find_secrets(text: str, document: Node | None, *, file: str) -> tuple[Finding, ...]:
    """
    Return a finding for each secret in a file, comments and keys included; never its text.

    `document` is the same text as it was read, or None where it could not be read.
    """
    slots = tuple(_slots(document, ())) if document else ()
    lines = {finding.place.line for finding in slots if finding.place}
    hits = [(found.name, place_at(text, found.start, file=file)) for found in shapes_in(text)]
    keys = _keys(document) if document and hits else []
    shapes = (_shaped(name, place, keys) for name, place in hits if place.line not in lines)
    return in_order((*slots, *shapes))


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
        is_source = any(map(_names_secret, path[:-1]))
        return is_source and name == "env" and not _VARIABLE.fullmatch(value)
    if name in _ALWAYS:
        return True
    if not _names_secret(path[-1]):
        return False
    return "identity" in path or _is_random(value)


@lru_cache(maxsize=4096)
def _names_secret(name: str) -> bool:
    folded = _folded(name)
    return folded in _ALWAYS or folded.endswith(_OFTEN) or names_secret(name)


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
