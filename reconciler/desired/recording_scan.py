"""
Recording scan: secrets that stand in a recorded snapshot, by their shape or by their name.

Works on the text, line by line: whether the recording can be read is for the reader to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reconciler.desired.codes import Code
from reconciler.model.findings import Finding, in_order, quoted
from reconciler.model.places import Place
from reconciler.model.secret_shapes import masked, names_secret, shapes_in, suspicious_lines

_MEMBER = re.compile(r'"([^"\\]*(?:\\.[^"\\]*)*)"\s*:\s*"(?!")([^"\\]*(?:\\.[^"\\]*)*)"')
_ATTRIBUTE = re.compile(r"(?:string|integer|boolean|binary|reference|syntax:[^ ]+)(?: [a-z-]+)*")
"""What a schema says of an attribute: a type and flags, under names such as unicodePwd."""
_ESCAPED_BREAK = re.compile(r"\\[nrt]")

_REMEDY = (
    "remove the file, change the secret and record the server again: git keeps what was once "
    "committed"
)


def find_recorded_secrets(data: bytes, *, file: str) -> tuple[Finding, ...]:
    """Return a finding for each secret in a recorded snapshot, with its line; never its text."""
    findings: list[Finding] = []
    counted, number = 0, 1
    for start, end in suspicious_lines(data):
        number += data.count(b"\n", counted, start)
        counted = start
        line = data[start:end].decode("utf-8", "replace")
        findings += _in_line(line, number, file)
    return in_order(findings)


def _in_line(line: str, number: int, file: str) -> Iterator[Finding]:
    named = list(_named(line))
    for start, _, name in named:
        what = f"{quoted(masked(name))} holds a secret"
        yield _finding(what, Place(file, number, start + 1))
    # line breaks are escaped in JSON: as blanks they end a word, and keep every column
    text = _ESCAPED_BREAK.sub("  ", line) if "\\" in line else line
    for found in shapes_in(text):
        if not any(start <= found.start < end for start, end, _ in named):
            what = f"{found.name} stands in the recording"
            yield _finding(what, Place(file, number, found.start + 1))


def _named(line: str) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and name of each member that is called like a secret."""
    for member in _MEMBER.finditer(line):
        name = _last_step(member[1])
        if names_secret(name) and not _ATTRIBUTE.fullmatch(member[2]):
            yield member.start(), member.end(), name


def _last_step(path: str) -> str:
    """Return the name at the end of a raw leaf's path, without the name of what it is about."""
    return path.rpartition("/")[2].partition("[")[0]


def _finding(what: str, place: Place) -> Finding:
    return Code.SECRET_RECORDED.at(
        place, what, expected=("no secret in a recording",), remedy=_REMEDY
    )
