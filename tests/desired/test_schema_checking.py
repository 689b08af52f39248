"""Promises of `desired.schema_checking`: one finding a problem, in the user's words."""

from typing import Any

import pytest

from reconciler.desired.codes import Code
from reconciler.desired.schema_checking import DocumentSchema, check_schema
from reconciler.desired.yaml_reading import read_yaml
from reconciler.model.findings import Finding
from reconciler.model.nodes import Node

OPERATORS = ["EQUAL", "NOTEQUAL", "STARTSWITH", "NOTSTARTSWITH", "ISBITSET", "ISBITNOTSET"]


def document(text: str) -> Node:
    root, findings = read_yaml(text.encode(), file="f")
    assert findings == ()
    assert root is not None
    return root


def findings(value: str, schema: dict[str, Any]) -> tuple[Finding, ...]:
    """Check `value` as member `it` of a document whose schema for it is `schema`."""
    whole = {"type": "object", "properties": {"it": schema}}
    return check_schema(document(f"it: {value}"), whole, schema_name="sync-rule")


def only(value: str, schema: dict[str, Any]) -> Finding:
    found = findings(value, schema)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("EQUALS", "EQUAL"),
        ("equal", "EQUAL"),
        ("ISNOTBITSET", "ISBITNOTSET"),
        ("NOTSTARTWITH", "NOTSTARTSWITH"),
        ("starts_with", "STARTSWITH"),
    ],
)
def test_a_misspelt_word_gets_the_word_that_was_meant(wrong: str, right: str) -> None:
    found = only(wrong, {"enum": OPERATORS})

    assert found.code == Code.NOT_ONE_OF
    assert found.what == f'unknown it "{wrong}"'
    assert found.expected == ("one of these 6 values:", ", ".join(OPERATORS))
    assert found.remedy == f'did you mean "{right}"?'
    assert found.see == "schemas/sync-rule.schema.json"


def test_a_word_like_no_other_gets_no_guess() -> None:
    assert only("xyzzy", {"enum": OPERATORS}).remedy == ""


@pytest.mark.parametrize(
    ("value", "schema", "what", "remedy"),
    [
        ("true", {"type": "string"}, "true, not text", 'put it in quotes: "true"'),
        ("null", {"type": "string"}, "null, not text", 'put it in quotes: "null"'),
        ("50", {"type": "string"}, "50, not text", 'put it in quotes: "50"'),
        ("2.10", {"type": "string"}, "2.1, not text", "put it in quotes, as it was written"),
        (
            '"50"',
            {"type": "integer"},
            'text "50", not a whole number',
            "write it without quotes: 50",
        ),
        ("50.0", {"type": "integer"}, "50.0, not a whole number", ""),
        ("yes", {"type": "boolean"}, 'text "yes", not true or false', "write true"),
        ("Off", {"type": "boolean"}, 'text "Off", not true or false', "write false"),
        ("Null", {"type": "null"}, 'text "Null", not null', "write null"),
        ("a", {"type": "array"}, 'text "a", not a list', "write it as a list item"),
        ("5", {"type": "array"}, "5, not a list", "write it as a list item: - 5"),
        ("[]", {"type": "object"}, "an empty list, not a mapping", ""),
        ("{}", {"type": ["array", "null"]}, "an empty mapping, not a list or null", ""),
        ("true", {"enum": ["true", "false"]}, "unknown it true", 'put it in quotes: "true"'),
        ("5", {"oneOf": [{"type": "string"}, {"type": "null"}]}, "no alternative", '"5"'),
        ("[a]", {"const": "b"}, 'a list of 1 item, not "b"', 'write "b"'),
    ],
)
def test_a_value_of_another_type_says_how_to_write_it(
    value: str, schema: dict[str, Any], what: str, remedy: str
) -> None:
    found = only(value, schema)

    assert what in found.what
    assert remedy in found.remedy
    assert bool(found.remedy) or not remedy


def test_a_pattern_is_never_shown_raw() -> None:
    pattern = {"type": "string", "pattern": "^[a-z]+$", "examples": ["corp", "entra"]}

    plain, spoken, sentence = (
        only("X1", pattern),
        only("X1", {**pattern, "x-message": ["an alias", "name the file so"]}),
        only("X1", {**pattern, "x-message": "an alias"}),
    )

    assert plain.expected == ('text such as "corp" or "entra"',)
    assert (spoken.expected, spoken.remedy) == (("an alias",), "name the file so")
    assert sentence.expected == ("an alias",)
    assert "[a-z]" not in repr((plain, spoken, sentence))


def test_a_schema_may_name_the_code() -> None:
    assert only("100", {"maximum": 99, "x-code": "RC1501"}).code == "RC1501"


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ({"minimum": 30}, "at least 30"),
        ({"maximum": -1}, "at most -1"),
        ({"minimum": 30, "maximum": 40}, "a number from 30 to 40"),
        ({"exclusiveMinimum": 7}, "more than 7"),
        ({"exclusiveMaximum": 7}, "less than 7"),
    ],
)
def test_a_number_out_of_range_names_the_range(schema: dict[str, Any], expected: str) -> None:
    assert only("7", schema).expected == (expected,)


@pytest.mark.parametrize(
    ("value", "schema", "what", "expected"),
    [
        ('""', {"minLength": 1}, '"it" is empty', "at least 1 character"),
        ("abc", {"maxLength": 2}, '"it" has 3 characters', "at most 2 characters"),
        ("[]", {"minItems": 1}, '"it" is empty', "at least 1 item"),
        ("[a, b]", {"maxItems": 1}, '"it" has 2 items', "at most 1 item"),
        ("{}", {"minProperties": 1}, '"it" is empty', "at least 1 key"),
        ("{a: 1, b: 2}", {"maxProperties": 1}, '"it" has 2 keys', "at most 1 key"),
    ],
)
def test_too_few_and_too_many_are_counted(
    value: str, schema: dict[str, Any], what: str, expected: str
) -> None:
    found = only(value, schema)

    assert (found.what, found.expected) == (what, (expected,))


def test_each_repeat_of_an_item_is_named_at_its_own_place() -> None:
    found = findings("[a, b, {c: 1}, a, {c: 1}, true, 1]", {"uniqueItems": True})

    assert [(each.place.column if each.place else 0, each.what) for each in found] == [
        (20, '"it" holds "a" twice'),
        (23, '"it" holds a mapping of 1 key twice'),
    ]


def test_unknown_keys_stand_at_the_key_and_missing_ones_at_their_parent() -> None:
    schema = {
        "additionalProperties": False,
        "required": ["from", "to"],
        "properties": {"from": {}, "to": {"title": "target attribute"}},
        "patternProperties": {"^x-": {}},
    }
    found = findings("\n  form: a\n  x-note: b\n", schema)

    assert [(each.place.line if each.place else 0, each.what) for each in found] == [
        (1, '"it" lacks the key "from"'),
        (1, '"it" lacks the key "to"'),
        (2, 'unknown key "form"'),
    ]
    assert found[1].expected == ('"to": target attribute',)
    assert found[2].expected == ('a key of "it":', "from, to")
    assert found[2].remedy == 'did you mean "from"?'


def test_of_alternatives_the_nearest_is_explained() -> None:
    before = {
        "type": "object",
        "required": ["before"],
        "properties": {"before": {"type": "string"}},
    }
    deep = {
        "type": "object",
        "required": ["groups"],
        "properties": {"groups": {"type": "array", "items": {"enum": OPERATORS}}},
    }
    found = only("{groups: [EQUALS]}", {"oneOf": [{"type": "integer"}, before, deep]})

    assert found.what == 'unknown groups "EQUALS"'


def test_a_key_that_no_alternative_has_is_an_unknown_key() -> None:
    def one(key: str) -> dict[str, Any]:
        return {"additionalProperties": False, "required": [key], "properties": {key: {}}}

    found = only("{befor: x}", {"oneOf": [{"type": "integer"}, one("before"), one("after")]})

    assert (found.code, found.remedy) == (Code.UNKNOWN_KEY, 'did you mean "before"?')
    assert found.expected == ('a key of "it":', "after, before")


def test_a_key_beside_the_nearest_alternative_is_unknown_there() -> None:
    one = {"additionalProperties": False, "properties": {"a": {}, "b": {}}, "required": ["a"]}
    other = {"additionalProperties": False, "properties": {"c": {}}, "required": ["c"]}
    schema = {"oneOf": [one, other]}

    assert only("{a: 1, b: 2, d: 3}", schema).what == 'unknown key "d"'
    assert only("{b: 1, c: 2}", schema).what == 'unknown key "b"'


def test_a_missing_key_says_what_belongs_there() -> None:
    schema = {
        "required": ["a", "b", "c", "d", "e"],
        "properties": {
            "a": {"enum": [str(number) for number in range(20)]},
            "b": {"type": "object", "required": ["x", "y"]},
            "c": {"properties": {}},
            "e": {"minimum": 3},
        },
    }

    assert [each.expected for each in findings("{}", schema)] == [
        ('"a": "0", "1", "2", "3", "4", "5" or another of them',),
        ('"b": a mapping with "x" and "y"',),
        ('"c": a mapping',),
        ('"d": anything',),
        ('"e": another value',),
    ]


def test_every_companion_that_lacks_is_named() -> None:
    found = findings("{a: 1, b: 2}", {"dependentRequired": {"a": ["b", "c"], "d": ["e"]}})

    assert [each.what for each in found] == ['"it" has "a" but lacks "c"']


def test_a_value_that_fits_two_alternatives_says_so() -> None:
    found = only("5", {"oneOf": [{"type": "integer"}, {"type": "number"}]})

    assert found.what == '"it" fits several of its alternatives'
    assert found.expected == ("a whole number", "a number")


@pytest.mark.parametrize(
    ("value", "what"),
    [("{}", '"it" lacks "from" or "constant"'), ("{from: 1, constant: 2}", '"it" has "from"')],
)
def test_keys_of_which_one_must_stand_are_named_together(value: str, what: str) -> None:
    schema = {"oneOf": [{"required": ["from"]}, {"required": ["constant"]}]}
    found = only(value, schema)

    assert found.what.startswith(what)
    assert found.expected == ('exactly one of "from", "constant"',)


def test_a_value_of_another_type_is_not_also_blamed_for_its_alternatives() -> None:
    keys = {"oneOf": [{"required": ["from"]}, {"required": ["constant"]}]}

    assert only("text", {"type": "object", **keys}).code == Code.WRONG_TYPE
    assert only("text", {"type": ["object", "string"], **keys}).code == Code.NO_ALTERNATIVE
    assert only("text", {**keys}).code == Code.NO_ALTERNATIVE


def test_a_key_outside_a_vocabulary_is_an_unknown_key() -> None:
    found = only("{usr: 1}", {"propertyNames": {"enum": ["user", "group"]}})

    assert (found.code, found.remedy) == (Code.UNKNOWN_KEY, 'did you mean "user"?')
    assert found.place
    assert found.place.column == 6


@pytest.mark.parametrize(
    "schema",
    [
        {"not": {"type": "string"}, "title": "anything but text"},
        {"contains": {"const": 1}, "type": ["string", "array"], "if": {}, "then": False},
        {"$ref": "#/properties/it/$defs/x", "$defs": {"x": {"type": "null"}}},
        {"multipleOf": 2, "allOf": [{"type": "integer"}]},
        {"dependentSchemas": {"a": False}, "anyOf": [False, {"type": "null"}]},
    ],
)
def test_what_the_schema_refuses_is_always_a_finding(schema: dict[str, Any]) -> None:
    assert findings("text", schema)


def test_a_recursive_schema_is_checked_by_jsonschema_alone() -> None:
    tree = {
        "$ref": "#/$defs/tree",
        "$defs": {"tree": {"additionalProperties": {"$ref": "#/$defs/tree"}, "type": "object"}},
    }

    assert check_schema(document("a: {b: {c: {}}}"), tree, schema_name="x") == ()
    assert len(check_schema(document("a: {b: {c: 1}}"), tree, schema_name="x")) == 1


def test_what_stands_beside_a_reference_still_counts() -> None:
    schema = {
        "properties": {
            "a": {"$ref": "#/$defs/word", "title": "a word", "maxLength": 3},
            "b": {"$ref": "#/$defs/word", "minLength": 2},
        },
        "$defs": {"word": {"type": "string", "minLength": 1}},
    }

    assert check_schema(document("a: abc\nb: ab"), schema, schema_name="x") == ()
    assert [
        (each.code, each.what)
        for each in check_schema(document("a: abcd\nb: a\n"), schema, schema_name="x")
    ] == [(Code.WRONG_COUNT, '"a" has 4 characters'), (Code.WRONG_COUNT, '"b" has 1 character')]


def test_one_schema_serves_many_documents() -> None:
    schema = DocumentSchema({"required": ["a"]}, name="x")

    assert [len(schema.findings(document(text))) for text in ("a: 1", "b: 1", "a: 2")] == [0, 1, 0]


@pytest.mark.parametrize("key", ["password", "client_secret", "apiKey"])
def test_what_stands_under_a_secret_is_never_quoted(key: str) -> None:
    refusals: list[dict[str, Any]] = [
        {"type": "object"},
        {"enum": ["a"]},
        {"pattern": "^x"},
        {"const": "y"},
        {"not": {}},
    ]
    for schema in refusals:
        found = check_schema(
            document(f"{key}: hunter2"), {"properties": {key: schema}}, schema_name="x"
        )
        assert found
        assert "hunter2" not in repr(found)
