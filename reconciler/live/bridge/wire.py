"""
What goes over the wire: JSON whose string values all carry a leading `=`, and lines that hold it.

The mark keeps ConvertFrom-Json from taking text for a date (decision E3). What a reply's value
means is the reader's.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NoReturn, TypeVar

from reconciler.model.findings import quoted
from reconciler.model.nodes import Plain

CONTRACT = "1.0"
"""The contract that this side speaks; the same major number is required of the other."""

MARK = "="
LINE = b"RC1 "
"""How a line of the process transport begins; all other lines are noise."""

BYTE_ORDER_MARK = b"\xef\xbb\xbf"

_VERSION = re.compile(r"([0-9]+)\.([0-9]+)")
_TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")

T = TypeVar("T")


class BridgeReplyError(ValueError):
    """A reply that is not what the contract says: `what` is wrong, `expected` would be right."""

    def __init__(self, what: str, *, expected: str) -> None:
        super().__init__(f"{what}; expected {expected}")
        self.what = what
        self.expected = expected


@dataclass(frozen=True, slots=True, kw_only=True)
class BridgeError:
    """What the bridge says where it did not do as asked; `code` is a word of the contract."""

    code: str
    target: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """
    An answer of the bridge, marks removed.

    `error` is None exactly where it did as asked. `server_time` is UTC, ISO 8601 with a Z.
    """

    contract: str
    id: str
    value: Plain
    server_time: str
    error: BridgeError | None = None
    revision: str | None = None
    generation: str | None = None


def marked(value: Plain) -> Plain:
    """Return the value with the mark before each of its strings; keys stay as they are."""
    if isinstance(value, str):
        return MARK + value
    if isinstance(value, list):
        return [marked(item) for item in value]
    if isinstance(value, dict):
        return {name: marked(item) for name, item in value.items()}
    return value


def unmarked(value: Plain, *, path: str = "") -> Plain:
    """Return the value with one mark taken off each string. Raises BridgeReplyError."""
    if isinstance(value, str):
        if not value.startswith(MARK):
            where = path or "the reply"
            raise BridgeReplyError(
                f'{where} is a text without the leading "{MARK}": {quoted(value)}',
                expected=f'"{MARK}" before every string value',
            )
        return value[1:]
    if isinstance(value, list):
        return [unmarked(item, path=f"{path}[{number}]") for number, item in enumerate(value)]
    if isinstance(value, dict):
        return {
            name: unmarked(item, path=f"{path}.{name}" if path else name)
            for name, item in value.items()
        }
    return value


def to_text(value: Plain) -> str:
    """Return the value, marked, as one line of ASCII JSON."""
    return json.dumps(marked(value), separators=(",", ":"), allow_nan=False)


def from_text(text: str | bytes) -> Plain:
    """Return the value of a JSON text, marks removed. Raises BridgeReplyError."""
    try:
        value: Plain = json.loads(
            text, object_pairs_hook=_without_repeats, parse_constant=_refuse_constant
        )
        return unmarked(value)
    except json.JSONDecodeError as error:
        what = f"not JSON: {error.msg.lower()} at character {error.pos}"
        raise BridgeReplyError(what, expected="one JSON text") from error
    except UnicodeDecodeError as error:
        raise BridgeReplyError("not UTF-8 text", expected="one JSON text in UTF-8") from error
    except RecursionError as error:
        what = "nested too deeply"
        raise BridgeReplyError(what, expected="the few levels of the contract") from error


def request_line(function: str, arguments: Mapping[str, str]) -> bytes:
    """Return the line that asks the process transport for a function."""
    text = to_text({"function": function, "arguments": dict(arguments)})
    return LINE + base64.b64encode(text.encode("ascii")) + b"\n"


def line_content(line: bytes) -> bytes | None:
    """Return what a line holds, or None where it is noise. Raises BridgeReplyError."""
    line = line.removeprefix(BYTE_ORDER_MARK)
    if not line.startswith(LINE):
        return None
    try:
        return base64.b64decode(line.removeprefix(LINE).strip(), validate=True)
    except binascii.Error as error:
        what = f"a reply line that is not base64: {str(error).lower()}"
        raise BridgeReplyError(what, expected="RC1, a blank and base64 of the reply") from error


def reply_from(text: str | bytes) -> Reply:
    """Return the reply that a JSON text holds. Raises BridgeReplyError."""
    members = from_text(text)
    if not isinstance(members, dict):
        raise BridgeReplyError("the reply is no object", expected="the reply of the contract")
    contract = _member(members, "contract", str)
    _require_major(contract)
    is_done = _member(members, "ok", bool)
    error = _error_in(members, is_done=is_done)
    server_time = _member(members, "server_time", str)
    if not _TIME.fullmatch(server_time):
        what = f"server_time is {quoted(server_time)}"
        raise BridgeReplyError(what, expected="UTC such as 2026-05-03T14:28:09Z")
    if "value" not in members:
        raise BridgeReplyError("value is missing", expected="a value, or null")
    return Reply(
        contract=contract,
        id=_member(members, "id", str),
        value=members["value"],
        server_time=server_time,
        error=error,
        revision=_optional(members, "revision"),
        generation=_optional(members, "generation"),
    )


def _require_major(contract: str) -> None:
    spoken = _VERSION.fullmatch(contract)
    own = CONTRACT.partition(".")[0]
    if spoken is None or spoken[1] != own:
        raise BridgeReplyError(
            f"the bridge speaks contract {quoted(contract)}",
            expected=f"contract {own}, any minor number",
        )


def _error_in(members: dict[str, Plain], *, is_done: bool) -> BridgeError | None:
    found = members.get("error")
    if is_done:
        if found is not None:
            raise BridgeReplyError("a reply that is ok has an error", expected="error: null")
        return None
    if not isinstance(found, dict):
        raise BridgeReplyError(
            "a reply that is not ok has no error", expected="an error with code, target and text"
        )
    return BridgeError(
        code=_member(found, "code", str, path="error."),
        target=_member(found, "target", str, path="error."),
        text=_member(found, "text", str, path="error."),
    )


def _member(members: dict[str, Plain], name: str, type_: type[T], *, path: str = "") -> T:
    if name not in members:
        raise BridgeReplyError(f"{path}{name} is missing", expected=_WORDS[type_])
    value = members[name]
    if type(value) is not type_:
        what = f"{path}{name} is {_WORDS.get(type(value), 'another thing')}"
        raise BridgeReplyError(what, expected=_WORDS[type_])
    return value


def _optional(members: dict[str, Plain], name: str) -> str | None:
    return None if members.get(name) is None else _member(members, name, str)


_WORDS: dict[type, str] = {
    str: "a text",
    bool: "true or false",
    int: "a number",
    float: "a number",
    list: "a list",
    dict: "an object",
    type(None): "null",
}


def _without_repeats(pairs: list[tuple[str, Plain]]) -> dict[str, Plain]:
    result = dict(pairs)
    if len(result) != len(pairs):
        names = [name for name, _ in pairs]
        repeated = next(name for name in names if names.count(name) > 1)
        raise BridgeReplyError(
            f"the member {quoted(repeated)} stands twice in one object", expected="it once"
        )
    return result


def _refuse_constant(text: str) -> NoReturn:
    raise BridgeReplyError(f"{text} is no number", expected="a number")
