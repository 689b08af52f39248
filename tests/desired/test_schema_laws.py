"""Laws of `desired.schema_checking`: a finding exactly where jsonschema has an error."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from reconciler.desired.equality import frozen, frozen_plain
from reconciler.desired.schema_checking import DocumentSchema
from reconciler.desired.schema_inlining import inlined
from reconciler.model.nodes import Node, Plain
from reconciler.model.places import Place

keys = st.sampled_from(["a", "b", "x-c"])
words = st.sampled_from(["", "a", "ab", "5"])
scalars = st.none() | st.booleans() | st.integers(-2, 3) | st.sampled_from([0.5, -1.5]) | words
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=3),
    max_leaves=6,
)
types = st.sampled_from(["string", "integer", "number", "boolean", "null", "array", "object"])
counts = st.integers(0, 2)
flat = st.fixed_dictionaries(
    {},
    optional={
        "title": words,
        "x-message": words,
        "type": types | st.lists(types, min_size=1, max_size=2, unique=True),
        "enum": st.lists(values, min_size=1, max_size=3),
        "const": values,
        "required": st.lists(keys, max_size=2, unique=True),
        "dependentRequired": st.dictionaries(keys, st.lists(keys, max_size=1), max_size=1),
        "uniqueItems": st.booleans(),
        "minItems": counts,
        "maxItems": counts,
        "minProperties": counts,
        "maxProperties": counts,
        "minLength": counts,
        "maxLength": counts,
        "minimum": counts,
        "maximum": counts,
        "exclusiveMinimum": counts,
        "exclusiveMaximum": counts,
        "pattern": st.sampled_from(["^a", "b$", "5"]),
    },
)


def nested(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    part = inner | st.booleans()
    return st.builds(
        lambda one, more: {**one, **more},
        flat,
        st.fixed_dictionaries(
            {},
            optional={
                "properties": st.dictionaries(keys, part, max_size=2),
                "patternProperties": st.dictionaries(st.just("^x-"), part, max_size=1),
                "additionalProperties": part,
                "propertyNames": part,
                "items": part,
                "allOf": st.lists(part, min_size=1, max_size=2),
                "anyOf": st.lists(part, min_size=1, max_size=2),
                "oneOf": st.lists(part, min_size=1, max_size=2),
                "not": part,
                "if": part,
                "then": part,
                "else": part,
            },
        ),
    )


schemas = st.recursive(flat, nested, max_leaves=5)


def node(value: Plain) -> Node:
    place = Place("f", 1, 1)
    if isinstance(value, list):
        return Node(value=tuple(map(node, value)), place=place)
    if isinstance(value, dict):
        return Node(value={name: node(member) for name, member in value.items()}, place=place)
    return Node(value=value, place=place)


@given(schemas, values)
def test_what_is_refused_is_a_finding_and_what_is_accepted_is_none(
    schema: dict[str, Any], value: Plain
) -> None:
    found = DocumentSchema(schema, name="x").findings(node(value))

    assert bool(found) is not Draft202012Validator(schema).is_valid(value)


@given(schemas, values)
def test_inlining_a_reference_changes_no_answer(schema: dict[str, Any], value: Plain) -> None:
    whole = {
        "properties": {"a": {"$ref": "#/$defs/s", "title": "t", "minLength": 1}},
        "items": {"$ref": "#/$defs/s"},
        "$defs": {"s": schema},
    }

    for each in ([value], {"a": value}):
        expected = Draft202012Validator(whole).is_valid(each)
        assert Draft202012Validator(inlined(whole)).is_valid(each) is expected


@given(values, values)
def test_values_are_frozen_equal_exactly_where_json_calls_them_equal(
    one: Plain, other: Plain
) -> None:
    equal = Draft202012Validator({"const": one}).is_valid(other)

    assert (frozen(node(one)) == frozen(node(other))) is equal
    assert frozen(node(one)) == frozen_plain(one)


def test_a_whole_number_is_written_without_a_point() -> None:
    assert not DocumentSchema({"type": "integer"}, name="x").findings(node(1))
    assert DocumentSchema({"type": "integer"}, name="x").findings(node(1.0))
