"""
Schema acceptance: a fast yes for documents that satisfy their schema.

Only a "yes" counts: where it says no, or knows a keyword too few, jsonschema decides and explains
(`schema_checking`). A property test holds both to the same answer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any

from reconciler.model.nodes import Node, Scalar

Schema = Mapping[str, Any] | bool
"""JSON Schema as `json.load` gives it; its values are of any type by nature."""

Test = Callable[[Node], bool]
"""Tells whether a node passes."""

_TYPES: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "null": (type(None),),
    "array": (tuple,),
    "object": (dict,),
}
_ANNOTATIONS = frozenset(
    {
        "$schema", "$id", "$comment", "$defs", "title", "description", "examples", "default",
        "deprecated", "readOnly", "writeOnly", "format", "markdownDescription", "enumDescriptions",
        "defaultSnippets",
    }
)  # fmt: skip
_READ_TOGETHER = frozenset({"additionalProperties", "patternProperties", "then", "else"})


class UnknownKeyword(Exception):  # noqa: N818 - no error: the slow way answers
    """The schema says something that only jsonschema understands."""


def acceptance(schema: Schema) -> Test | None:
    """Return a test that is true only for valid documents, or None where none can be built."""
    try:
        return _test(schema)
    except UnknownKeyword:
        return None


def _test(schema: Schema) -> Test:
    if isinstance(schema, bool):
        return lambda _: schema
    tests: list[Test] = []
    for keyword, value in schema.items():
        if keyword in _ANNOTATIONS or keyword in _READ_TOGETHER or keyword.startswith("x-"):
            continue
        build = _KEYWORDS.get(keyword)
        if build is None:
            raise UnknownKeyword(keyword)
        tests.append(build(value, schema))
    if "properties" not in schema and _READ_TOGETHER & set(schema):
        tests.append(_properties({}, schema))
    return _all(tests)


def _all(tests: Sequence[Test]) -> Test:
    if len(tests) == 1:
        return tests[0]
    every = tuple(tests)

    def test(node: Node) -> bool:
        for each in every:  # noqa: SIM110 - a generator costs twice the time here
            if not each(node):
                return False
        return True

    return test


def _type(value: str | Sequence[str], _: Mapping[str, Any]) -> Test:
    names = [value] if isinstance(value, str) else value
    types = frozenset(type_ for name in names for type_ in _TYPES[name])
    return lambda node: type(node.value) in types


def _enum(value: Sequence[object], _: Mapping[str, Any]) -> Test:
    allowed = frozenset(map(frozen_plain, value))
    return lambda node: frozen(node) in allowed


def _const(value: object, schema: Mapping[str, Any]) -> Test:
    return _enum([value], schema)


def _properties(value: Mapping[str, Schema], schema: Mapping[str, Any]) -> Test:
    known = {name: _test(part) for name, part in value.items()}
    other = _test(schema.get("additionalProperties", True))
    if "patternProperties" in schema:
        return _pattern_properties(known, other, schema["patternProperties"])

    def test(node: Node) -> bool:
        if type(node.value) is not dict:
            return True
        return all(known.get(name, other)(member) for name, member in node.value.items())

    return test


def _pattern_properties(
    known: Mapping[str, Test], other: Test, patterns: Mapping[str, Schema]
) -> Test:
    forms = [(re.compile(pattern), _test(part)) for pattern, part in patterns.items()]

    def passes(name: str, member: Node) -> bool:
        tests = [test for form, test in forms if form.search(name)]
        if name in known:
            tests.append(known[name])
        return all(test(member) for test in tests or (other,))

    return lambda node: all(passes(name, member) for name, member in node.members())


def _required(value: Sequence[str], _: Mapping[str, Any]) -> Test:
    names = frozenset(value)
    return lambda node: type(node.value) is not dict or names <= node.value.keys()


def _dependent(value: Mapping[str, Sequence[str]], _: Mapping[str, Any]) -> Test:
    def test(node: Node) -> bool:
        members = node.value
        return type(members) is not dict or all(
            members.keys() >= set(names) for name, names in value.items() if name in members
        )

    return test


def _property_names(value: Schema, _: Mapping[str, Any]) -> Test:
    name_test = _test(value)

    def test(node: Node) -> bool:
        return all(name_test(Node(value=name, place=node.place)) for name, _ in node.members())

    return test


def _items(value: Schema, _: Mapping[str, Any]) -> Test:
    item_test = _test(value)
    return lambda node: all(map(item_test, node.items()))


def _unique(value: bool, _: Mapping[str, Any]) -> Test:  # noqa: FBT001 - a keyword's value
    def test(node: Node) -> bool:
        items = node.items()
        return not value or len(items) == len(set(map(frozen, items)))

    return test


def _size(kind: type, passes: Callable[[int, int], bool]) -> Callable[[Any, Any], Test]:
    def build(value: int, _: Mapping[str, Any]) -> Test:
        def test(node: Node) -> bool:
            held = node.value
            return type(held) is not kind or passes(len(held), value)  # type: ignore[arg-type]

        return test

    return build


def _number(passes: Callable[[float, float], bool]) -> Callable[[Any, Any], Test]:
    def build(value: float, _: Mapping[str, Any]) -> Test:
        def test(node: Node) -> bool:
            held = node.value
            return type(held) not in (int, float) or passes(held, value)  # type: ignore[arg-type]

        return test

    return build


def _pattern(value: str, _: Mapping[str, Any]) -> Test:
    search = re.compile(value).search
    return lambda node: not isinstance(node.value, str) or search(node.value) is not None


def _any_of(value: Sequence[Schema], _: Mapping[str, Any]) -> Test:
    tests = [_test(part) for part in value]
    return lambda node: any(test(node) for test in tests)


def _one_of(value: Sequence[Schema], _: Mapping[str, Any]) -> Test:
    tests = [_test(part) for part in value]
    return lambda node: sum(test(node) for test in tests) == 1


def _all_of(value: Sequence[Schema], _: Mapping[str, Any]) -> Test:
    return _all([_test(part) for part in value])


def _not(value: Schema, _: Mapping[str, Any]) -> Test:
    test = _test(value)
    return lambda node: not test(node)


def _if(value: Schema, schema: Mapping[str, Any]) -> Test:
    condition = _test(value)
    then, otherwise = _test(schema.get("then", True)), _test(schema.get("else", True))
    return lambda node: then(node) if condition(node) else otherwise(node)


def frozen(node: Node) -> Hashable:
    """Return a value that is equal exactly for equal JSON values: true is not 1, 1 is 1.0."""
    value = node.value
    if isinstance(value, tuple):
        return ("list", *map(frozen, value))
    if isinstance(value, Mapping):
        return ("mapping", frozenset((name, frozen(member)) for name, member in value.items()))
    return _frozen_scalar(value)


def frozen_plain(value: object) -> Hashable:
    """Return the same as `frozen` for a value without places."""
    if isinstance(value, list):
        return ("list", *map(frozen_plain, value))
    if isinstance(value, Mapping):
        return (
            "mapping",
            frozenset((name, frozen_plain(member)) for name, member in value.items()),
        )
    return _frozen_scalar(value)  # type: ignore[arg-type]  # what JSON has beside these two


def _frozen_scalar(value: Scalar) -> Hashable:
    return ("boolean", value) if isinstance(value, bool) else value


_KEYWORDS: dict[str, Callable[[Any, Mapping[str, Any]], Test]] = {
    "type": _type,
    "enum": _enum,
    "const": _const,
    "properties": _properties,
    "required": _required,
    "dependentRequired": _dependent,
    "propertyNames": _property_names,
    "items": _items,
    "uniqueItems": _unique,
    "minItems": _size(tuple, lambda held, limit: held >= limit),
    "maxItems": _size(tuple, lambda held, limit: held <= limit),
    "minProperties": _size(dict, lambda held, limit: held >= limit),
    "maxProperties": _size(dict, lambda held, limit: held <= limit),
    "minLength": _size(str, lambda held, limit: held >= limit),
    "maxLength": _size(str, lambda held, limit: held <= limit),
    "minimum": _number(lambda held, limit: held >= limit),
    "maximum": _number(lambda held, limit: held <= limit),
    "exclusiveMinimum": _number(lambda held, limit: held > limit),
    "exclusiveMaximum": _number(lambda held, limit: held < limit),
    "pattern": _pattern,
    "anyOf": _any_of,
    "oneOf": _one_of,
    "allOf": _all_of,
    "not": _not,
    "if": _if,
}
