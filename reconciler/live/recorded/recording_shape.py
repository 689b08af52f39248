"""
The shape of a recorded snapshot, checked fast: recordings are read on every plan.

schemas/snapshot.schema.json says the same for editors; a test holds the two together.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from reconciler.live.recorded.rules import DIRECTIONS, LINKS, MERGES
from reconciler.model.snapshots import Part, State

Steps = tuple[str | int, ...]
Problem = tuple[Steps, str]
Check = Callable[[object, Steps, list[Problem]], None]

_GUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}[0-9.:+Z-]*")
_ATTRIBUTE = re.compile(
    r"(string|integer|boolean|binary|reference|syntax:[^ ]+)"
    r"( multi)?( indexable)?( read-only)?( export-only)?"
)
_LARGEST_NUMBER = 2**31 - 1


def shape_problems(server: object, path: Steps) -> list[Problem]:
    """Return where and how a server of a recording differs from the shape."""
    problems: list[Problem] = []
    _SERVER(server, path, problems)
    return problems


def _of_type(type_: type, expected: str) -> Check:
    def check(value: object, path: Steps, problems: list[Problem]) -> None:
        if type(value) is not type_:
            problems.append((path, expected))

    return check


def _matching(pattern: re.Pattern[str], expected: str) -> Check:
    def check(value: object, path: Steps, problems: list[Problem]) -> None:
        if type(value) is not str or not pattern.fullmatch(value):
            problems.append((path, expected))

    return check


def _word(words: Iterable[str]) -> Check:
    known = tuple(words)

    def check(value: object, path: Steps, problems: list[Problem]) -> None:
        if type(value) is not str or value not in known:
            problems.append((path, f"one of {', '.join(known)}"))

    return check


def _or(special: str | None, check_other: Check) -> Check:
    def check(value: object, path: Steps, problems: list[Problem]) -> None:
        if value != special:
            check_other(value, path, problems)

    return check


def _list(item: Check) -> Check:
    def check(value: object, path: Steps, problems: list[Problem]) -> None:
        if type(value) is not list:
            problems.append((path, "a list"))
            return
        for number, member in enumerate(value):
            item(member, (*path, number), problems)

    return check


def _map(member: Check) -> Check:
    def check(value: object, path: Steps, problems: list[Problem]) -> None:
        if type(value) is not dict:
            problems.append((path, "an object"))
            return
        for key, item in value.items():
            member(item, (*path, key), problems)

    return check


def _object(required: Mapping[str, Check], optional: Mapping[str, Check] | None = None) -> Check:
    members = {**required, **(optional or {})}

    def check(value: object, path: Steps, problems: list[Problem]) -> None:
        if type(value) is not dict:
            problems.append((path, "an object"))
            return
        problems.extend(((*path, name), "a value") for name in required if name not in value)
        for name, item in value.items():
            member = members.get(name)
            if member is None:
                problems.append(((*path, name), f"one of the members {', '.join(sorted(members))}"))
            else:
                member(item, (*path, name), problems)

    return check


def _number(value: object, path: Steps, problems: list[Problem]) -> None:
    if type(value) is not int or abs(value) > _LARGEST_NUMBER:
        problems.append((path, "a whole number"))


def _flow(value: object, path: Steps, problems: list[Problem]) -> None:
    _FLOW(value, path, problems)
    if type(value) is dict:
        needed = {"Constant": "constant", "Expression": "expression"}.get(str(value.get("type")))
        if needed and needed not in value:
            problems.append(((*path, needed), "a value"))


_TEXT = _of_type(str, "text")
_FLAG = _of_type(bool, "true or false")
_IDENTIFIER = _matching(_GUID, "a GUID in lower case without braces")
_TEXTS = _list(_TEXT)
_TEXT_MAP = _map(_TEXT)

_FLOW = _object(
    {
        "target": _TEXT,
        "type": _word(("Direct", "Constant", "Expression")),
        "source": _TEXTS,
        "merge": _word(MERGES),
        "execute_once": _FLAG,
    },
    {"constant": _TEXT, "expression": _TEXT},
)
_RULE = _object(
    {
        "identifier": _IDENTIFIER,
        "name": _TEXT,
        "description": _TEXT,
        "tag": _TEXT,
        "connector": _IDENTIFIER,
        "direction": _word(DIRECTIONS),
        "disabled": _FLAG,
        "source": _TEXT,
        "target": _TEXT,
        "link": _word(LINKS),
        "precedence": _number,
        "precedence_after": _IDENTIFIER,
        "precedence_before": _IDENTIFIER,
        "soft_delete_expiry": _TEXT,
        "password_sync": _FLAG,
        "scope": _list(_list(_object({"attribute": _TEXT, "operator": _TEXT, "value": _TEXT}))),
        "join": _list(_list(_object({"cs": _TEXT, "mv": _TEXT, "case_sensitive": _FLAG}))),
        "flows": _list(_flow),
    }
)
_PARTITION = _object(
    {
        "dn": _TEXT,
        "name": _TEXT,
        "selected": _FLAG,
        "is_domain": _FLAG,
        "object_classes": _TEXTS,
        "inclusions": _TEXTS,
        "exclusions": _TEXTS,
        "parameters": _TEXT_MAP,
    },
    {"preferred_domain_controllers": _TEXTS},
)
_CONNECTOR = _object(
    {
        "identifier": _IDENTIFIER,
        "name": _TEXT,
        "type": _TEXT,
        "subtype": _TEXT,
        "parameters": _map(_TEXT_MAP),
        "partitions": _list(_PARTITION),
        "attributes": _TEXTS,
    },
    {
        "password_hash_sync": _object({"enabled": _FLAG, "target": _or("", _IDENTIFIER)}),
    },
)
_SCHEMA = _object(
    {
        "attributes": _map(_matching(_ATTRIBUTE, 'a type and flags such as "string multi"')),
        "classes": _TEXTS,
    }
)
_TREE = _object(
    {},
    {
        "parameters": _TEXT_MAP,
        "connectors": _list(_CONNECTOR),
        "rules": _list(_RULE),
        "schemas": _map(_SCHEMA),
        "audit_logging": _FLAG,
        "raw": _TEXT_MAP,
    },
)
_COVERAGE = _object(
    {}, {part.value: _object({"state": _word(State)}, {"note": _TEXT}) for part in Part}
)
_SERVER = _object(
    {
        "name": _TEXT,
        "kind_of_source": _word(("export", "snapshot", "bridge")),
        "read_at": _or(None, _matching(_TIME, "a time such as 2026-05-03T14:28:09, or null")),
        "build": _or(None, _TEXT),
        "instance": _or(None, _TEXT),
        "coverage": _COVERAGE,
        "tree": _TREE,
    }
)
