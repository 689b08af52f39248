"""Seeded damage to texts: the same seed makes the same damage, so a failure can be repeated."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

Damage = Callable[[random.Random, bytes], bytes]

NASTY = (
    b"",
    b" ",
    b"~",
    b"null",
    b"yes",
    b"0",
    b"-1",
    b"0x1F",
    b"1_000",
    b"1e400",
    b".nan",
    b"9" * 400,
    b"2026-01-01",
    b"12:30:45",
    b"True",
    b"!!python/object/apply:os.system [ls]",
    b"!!binary aGVsbG8=",
    b"&a [*a]",
    b"*a",
    b"<<: {a: b}",
    b"|",
    b">-\n  x",
    b"'",
    b'"',
    b'"\\x00"',
    b'"\\ud800"',
    b"{",
    b"[",
    b"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
    b"{a: {a: {a: {a: {a: {a: {a: {a: 1}}}}}}}}",
    b"%TAG ! x",
    b"---",
    b"...",
    b"? x",
    b": x",
    b"- - - x",
    b"\t",
    b"@",
    b"`",
    b"#",
    b"a: b",
    b"x" * 20_000,
    "ÄÖÜß日本".encode(),
    "\u202egnirts\u2066".encode(),
    "\u2028\u2029\u0085".encode(),
    b"\xff\xfe",
    b"\xed\xa0\x80",
    b"\x00",
    b"\x1b[31m",
    b"OU=a,,DC=",
    b"IIF(((((",
    b"Trim(\xe2\x80\x9ca\xe2\x80\x9d)",
    b"{before: {before: x}}",
    b"${HOME}",
    b"../../../etc/passwd",
)
"""Values that parsers and people stumble over."""


def _flip(chance: random.Random, data: bytes) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.randint(1, 4)):
        if changed:
            changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def _cut(chance: random.Random, data: bytes) -> bytes:
    return data[: chance.randint(0, len(data))]


def _lose(chance: random.Random, data: bytes) -> bytes:
    start = chance.randint(0, len(data))
    return data[:start] + data[start + chance.randint(1, 60) :]


def _repeat(chance: random.Random, data: bytes) -> bytes:
    start = chance.randint(0, len(data))
    piece = data[start : start + chance.randint(1, 200)]
    return data[:start] + piece * chance.randint(2, 4) + data[start:]


def _insert(chance: random.Random, data: bytes) -> bytes:
    start = chance.randint(0, len(data))
    return data[:start] + chance.choice(NASTY) + data[start:]


def _lines(chance: random.Random, data: bytes) -> bytes:
    lines = data.split(b"\n")
    first, second = chance.randrange(len(lines)), chance.randrange(len(lines))
    way = chance.randrange(5)
    if way == 0:
        lines[first], lines[second] = lines[second], lines[first]
    elif way == 1:
        lines.insert(first, lines[second])
    elif way == 2:
        del lines[first]
    elif way == 3:
        lines[first] = b" " * chance.randint(0, 5) + lines[first].lstrip(b" ")
    else:
        part = lines[first : first + 8]
        chance.shuffle(part)
        lines[first : first + 8] = part
    return b"\n".join(lines)


def _value(chance: random.Random, data: bytes) -> bytes:
    """Replace what stands behind a colon, a comma, a bracket or a dash."""
    found = list(re.finditer(rb"(?<=: )[^\n,}\]]+|(?<=- )[^\n]+|(?<=>)[^<\n]+(?=<)", data))
    if not found:
        return _insert(chance, data)
    match = chance.choice(found)
    return data[: match.start()] + chance.choice(NASTY) + data[match.end() :]


def _name(chance: random.Random, data: bytes) -> bytes:
    """Replace a key, an element's or an attribute's name."""
    pattern = rb"(?<=<)[A-Za-z-]{2,}|[A-Za-z]{2,}(?==)" if data[:1] == b"<" else rb"[\w-]{2,}(?=:)"
    found = list(re.finditer(pattern, data))
    if not found:
        return _flip(chance, data)
    match = chance.choice(found)
    return data[: match.start()] + chance.choice((b"x", *NASTY)) + data[match.end() :]


def _word(chance: random.Random, data: bytes) -> bytes:
    """Put one word of the text in another's place: often still a sound text of another meaning."""
    found = list(re.finditer(rb"[A-Za-z]{3,}", data))
    if len(found) < 2:
        return _flip(chance, data)
    match, other = chance.choice(found), chance.choice(found)
    return data[: match.start()] + other[0] + data[match.end() :]


def _number(chance: random.Random, data: bytes) -> bytes:
    found = list(re.finditer(rb"(?<![\w-])\d+(?![\w-])", data))
    if not found:
        return _word(chance, data)
    match = chance.choice(found)
    number = chance.choice((b"0", b"1", b"7", b"40", b"99", b"100", b"-5", b"65536", b"1e3"))
    return data[: match.start()] + number + data[match.end() :]


def _letter(chance: random.Random, data: bytes) -> bytes:
    found = list(re.finditer(rb"[A-Za-z]", data))
    if not found:
        return _flip(chance, data)
    start = chance.choice(found).start()
    return data[:start] + bytes([chance.choice(b"aeiouxyzAEXZ")]) + data[start + 1 :]


_ROUGH: tuple[Damage, ...] = (_flip, _cut, _lose, _repeat, _insert, _lines, _value, _value, _name)
_SUBTLE: tuple[Damage, ...] = (_word, _number, _letter)


def damaged(chance: random.Random, data: bytes) -> bytes:
    """Return the data with rough damage, which is mostly refused, or subtle, which often is not."""
    kinds = _SUBTLE if chance.random() < 0.4 else _ROUGH
    for damage in chance.choices(kinds, k=chance.choice((1, 1, 1, 2, 3))):
        data = damage(chance, data)
    return data
