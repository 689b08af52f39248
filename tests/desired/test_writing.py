"""Promises of `desired.writing`: tidy, and read back as the same values."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reconciler.desired.styling import Style
from reconciler.desired.writing import new_text
from reconciler.desired.yaml_reading import read_yaml
from reconciler.model.nodes import Plain

HARD = " \n\t\"'#:-,[]{}&*!|>%@`?=~<.0123456789aeoxnyTNO\\\u202e\u2028\x85\ufeff\x00\r_é😀"
texts = st.text(max_size=30) | st.text(alphabet=HARD, max_size=12)
leaves = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | texts
)
plain = st.recursive(
    leaves,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=12,
)
names = st.frozensets(st.sampled_from(["a", "b", ""]), max_size=3)
styles = st.builds(Style, spread=names, inline=names, literal=names)
documents = st.dictionaries(texts | st.sampled_from(["a", "b"]), plain, min_size=1, max_size=5)

RULE: dict[str, Plain] = {
    "rule": "In from AD - User - HR cost centre",
    "connector": "corp",
    "disabled": True,
    "precedence": {"before": "In from AD - User - Payroll"},
    "description": "since the move: payroll keys on it # CHG-4711",
    "scope": [
        [
            {"attribute": "employeeType", "operator": "EQUAL", "value": "Employee"},
            {"attribute": "adminDescription", "operator": "NOTSTARTSWITH", "value": "User_"},
        ],
        [{"attribute": "extensionAttribute7", "operator": "ISNOTNULL"}],
    ],
    "flows": {
        "department": {"from": "department"},
        "cloudFiltered": {"constant": "True"},
        "employeeNumber": {"constant": "0050"},
        "displayName": {"expression": "Trim([displayName])"},
        "extensionAttribute12": {
            "expression": "IIF(IsPresent([a]),\n\tLeft([a], 448),\n  AuthoritativeNull)",
            "sources": ["a", "b"],
        },
    },
}
RULE_TEXT = """\
# yaml-language-server: $schema=../../../schemas/sync-rule.schema.json
# Why: payroll (CHG-4711).
rule: In from AD - User - HR cost centre
connector: corp
disabled: true
precedence: {before: In from AD - User - Payroll}
description: "since the move: payroll keys on it # CHG-4711"
scope:
  - - {attribute: employeeType, operator: EQUAL, value: Employee}
    - {attribute: adminDescription, operator: NOTSTARTSWITH, value: User_}
  - - {attribute: extensionAttribute7, operator: ISNOTNULL}
flows:
  department: {from: department}
  cloudFiltered: {constant: "True"}
  employeeNumber: {constant: "0050"}
  displayName:
    expression: |-
      Trim([displayName])
  extensionAttribute12:
    expression: |-
      IIF(IsPresent([a]),
      \tLeft([a], 448),
        AuthoritativeNull)
    sources: [a, b]
"""
CONNECTOR: dict[str, Plain] = {
    "connector": "corp",
    "domains": {
        "corp.contoso.com": {
            "organizational_units": {
                "include": ["OU=A,OU=B", "OU=C"],
                "exclude": [],
                "new": "excluded",
            }
        },
        "emea.corp.contoso.com": "all",
    },
    "group_filter": None,
    "object_types": ["user", "group"],
    "attributes": ["accountExpires", "adminDescription"],
}
CONNECTOR_TEXT = """\
# yaml-language-server: $schema=x.json
connector: corp
domains:
  corp.contoso.com:
    organizational_units:
      include:
        - OU=A,OU=B
        - OU=C
      exclude: []
      new: excluded
  emea.corp.contoso.com: all
group_filter: null
object_types: [user, group]
attributes:
  - accountExpires
  - adminDescription
"""


@pytest.mark.parametrize(
    ("document", "schema", "comment", "text"),
    [
        pytest.param(
            RULE,
            "../../../schemas/sync-rule.schema.json",
            ("Why: payroll (CHG-4711).",),
            RULE_TEXT,
            id="rule",
        ),
        pytest.param(CONNECTOR, "x.json", (), CONNECTOR_TEXT, id="connector"),
    ],
)
def test_a_document_looks_as_a_careful_colleague_would_write_it(
    document: dict[str, Plain], schema: str, comment: tuple[str, ...], text: str
) -> None:
    assert new_text(document, schema=schema, comment=comment) == text


@pytest.mark.parametrize(
    ("value", "line"),
    [
        ("true", 'a: "true"'),
        ("50", 'a: "50"'),
        ("NO", 'a: "NO"'),
        ("2026-02-03", 'a: "2026-02-03"'),
        ("2.5.190.0", "a: 2.5.190.0"),
        ("*all", 'a: "*all"'),
        ("a: b", 'a: "a: b"'),
        ("[mail]", 'a: "[mail]"'),
        ("OU=A,DC=c", "a: OU=A,DC=c"),
        ("", 'a: ""'),
        (" x", 'a: " x"'),
        ("x\t", 'a: "x\\t"'),
        ("a\u202eb", 'a: "a\\u202Eb"'),
        ("it's", "a: it's"),
        ("Zürich 😀", "a: Zürich 😀"),
        (1.0, "a: 1.0"),
        (1e21, "a: 1000000000000000000000.0"),
        ([], "a: []"),
        ({}, "a: {}"),
    ],
)
def test_text_is_quoted_exactly_where_a_reader_could_take_it_for_more(
    value: Plain, line: str
) -> None:
    assert new_text({"a": value}, schema="x").split("\n")[1] == line


def test_text_with_quotes_becomes_a_block_rather_than_a_thicket_of_backslashes() -> None:
    assert new_text({"a": '"smtp:" & [mail]'}, schema="x").endswith('a: |-\n  "smtp:" & [mail]\n')


def test_a_line_is_broken_where_it_gets_longer_than_a_hundred_columns() -> None:
    longest = 100 - len("a: {b: , c: 1}")
    short, long = (
        new_text({"a": {"b": "x" * length, "c": 1}}, schema="x")
        for length in (longest, longest + 1)
    )

    assert short.endswith(f"a: {{b: {'x' * longest}, c: 1}}\n")
    assert long.endswith(f"a:\n  b: {'x' * (longest + 1)}\n  c: 1\n")


def test_a_list_of_words_is_broken_where_it_gets_too_long() -> None:
    words: list[Plain] = ["x" * 30, "y" * 30, "z" * 30]

    assert new_text({"object_types": words}, schema="x").count("\n") == 5
    assert new_text({"object_types": words[:2]}, schema="x").count("\n") == 2


def test_a_name_with_commas_never_stands_in_braces() -> None:
    assert new_text({"a": {"dn": "OU=A,DC=b"}}, schema="x").endswith("a:\n  dn: OU=A,DC=b\n")


def test_a_comment_cannot_break_out_of_its_line() -> None:
    text = new_text({"a": 1}, schema="x", comment=("one\ntwo\r", "", "\u2028three\x00"))

    assert text.split("\n")[1:] == ["# one", "# two", "#", "# \ufffdthree\ufffd", "a: 1", ""]


@pytest.mark.parametrize("number", [float("inf"), float("nan")])
def test_a_number_that_is_not_finite_is_refused(number: float) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the number is the message
        new_text({"a": number}, schema="x")


@given(documents, styles)
@example({"a": "x\n\n"}, Style())
@example({"a": [[{"b": "|\n"}]]}, Style())
def test_what_is_written_reads_back_as_the_same_values(
    document: dict[str, Plain], style: Style
) -> None:
    text = new_text(document, schema="x", style=style)

    for with_libyaml in (True, False):
        root, findings = read_yaml(text.encode(), file="f", with_libyaml=with_libyaml)
        assert findings == ()
        assert root is not None
        assert repr(root.plain()) == repr(document)


@given(documents)
def test_writing_what_was_read_changes_no_byte(document: dict[str, Plain]) -> None:
    text = new_text(document, schema="x")
    root, _ = read_yaml(text.encode(), file="f")

    assert root is not None
    again = root.plain()
    assert isinstance(again, dict)
    assert new_text(again, schema="x") == text
