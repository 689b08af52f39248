"""Promises of `desired.yaml_reading` that no single bad document shows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reconciler.desired.codes import Code
from reconciler.desired.text_decoding import LARGEST_DOCUMENT
from reconciler.desired.yaml_reading import DEEPEST, read_yaml
from reconciler.model.nodes import Node
from reconciler.model.places import Place

FRAGMENTS = [
    "a: ", "b: ", "- ", "  ", "\n", "\n  ", "\t", "[", "]", "{", "}", ",", ":", "|-\n", ">\n", "'",
    '"', "*x", "&x ", "!t ", "<<: ", "? ", "---\n", "...\n", "%TAG ! x\n", "#c\n", "true", "1", "~",
    "OU=a,DC=b", "\\", "\\ud800", "\\UFFFFFFFF", "é", "\x07", "\u2028", "\ufeff", "text", "@", "=",
]  # fmt: skip


def document(text: str) -> Node:
    root, findings = read_yaml(text.encode(), file="rules/hr.yaml")
    assert findings == ()
    assert root is not None
    return root


def codes(data: bytes) -> list[str]:
    return [finding.code for finding in read_yaml(data, file="a")[1]]


def test_values_and_keys_know_their_places_in_characters() -> None:
    root = document("größe: ü\nflows:\n  - {né: [é, ü]}\n")

    item = root.at("flows", 0, "né", 1)

    assert item is not None
    assert item.place == Place("rules/hr.yaml", 3, 14)
    assert root.at("flows", 0, "né") is not None
    assert [node.key for _, node in root.members()] == [
        Place("rules/hr.yaml", 1, 1),
        Place("rules/hr.yaml", 2, 1),
    ]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("a: |-\n  b\n", (2, 3)),
        ("ü: 1\na: |\n\n    é\n   \n", (3, 5)),
        ("a:\n  - |\n   b\n", None),
        ("a: b\n", (1, 4)),
        ('a: "b"\n', (1, 5)),
        ("a: >\n  b\n", None),
        ("a: |2\n    b\n", None),
    ],
)
def test_the_first_character_of_a_text_has_a_place_where_it_can_be_told(
    text: str, place: tuple[int, int] | None
) -> None:
    node = document(text).member("a")

    assert node is not None
    expected = Place("rules/hr.yaml", *place) if place else None
    assert node.text == expected


def test_lines_are_counted_alike_for_every_line_end() -> None:
    for end in ("\n", "\r\n", "\r"):
        root, _ = read_yaml(f"a: |{end}  x{end}  y{end}b: 1{end}".encode(), file="f")

        assert root is not None
        assert root.plain() == {"a": "x\ny\n", "b": 1}
        place = Place("f", 4, 4)
        assert root.member("b") == Node(value=1, place=place, key=Place("f", 4, 1), text=place)


def test_of_a_repeated_key_the_first_value_counts_and_every_repeat_is_reported() -> None:
    root, findings = read_yaml(b"a: 1\na: {b: 1, b: 2}\na: 3\n", file="f")

    assert root is not None
    assert root.plain() == {"a": 1}
    assert [(each.place, each.expected) for each in findings] == [
        (Place("f", 2, 1), ("each key once; it stands first in line 1, column 1",)),
        (Place("f", 2, 11), ("each key once; it stands first in line 2, column 5",)),
        (Place("f", 3, 1), ("each key once; it stands first in line 1, column 1",)),
    ]


def test_an_alias_bomb_is_refused_without_being_unfolded() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 40)]

    root, findings = read_yaml("\n".join(lines).encode(), file="f")

    assert {finding.code for finding in findings} == {Code.ALIAS}
    assert root is not None
    assert root.at("a39", 0) == Node(value="", place=Place("f", 40, 12))


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "[{a: "])
def test_nesting_without_end_is_refused_early(opening: str) -> None:
    assert codes(b"a:\n  " + opening.encode() * 200_000) == [Code.TOO_DEEP]


def test_nesting_up_to_the_limit_is_read() -> None:
    deep = "[" * (DEEPEST - 1) + "]" * (DEEPEST - 1)

    assert codes(f"a: {deep}".encode()) == []
    assert codes(f"a: [{deep}]".encode()) == [Code.TOO_DEEP]


def test_only_the_first_of_two_documents_is_read() -> None:
    root, findings = read_yaml(b"a: 1\n---\na: [\n", file="f")

    assert root is not None
    assert root.plain() == {"a": 1}
    assert [finding.code for finding in findings] == [Code.SECOND_DOCUMENT]


def test_names_that_fell_apart_are_put_together_for_further_checks() -> None:
    root, findings = read_yaml(
        b"a: [OU=Staff,DC=corp,DC=com, OU=Guests,DC=corp,DC=com]\nb: {dn: OU=A,OU=B,DC=c, x: y}\n",
        file="f",
    )

    assert root is not None
    assert root.plain() == {
        "a": ["OU=Staff,DC=corp,DC=com", "OU=Guests,DC=corp,DC=com"],
        "b": {"dn": "OU=A,OU=B,DC=c", "x": "y"},
    }
    assert [finding.code for finding in findings] == [Code.SPLIT_NAME, Code.SPLIT_NAME]
    assert '["OU=Staff,DC=corp,DC=com", "OU=Guests,DC=corp,DC=com"]' in findings[0].remedy


def test_a_name_that_begins_as_a_key_is_put_together_too() -> None:
    root, findings = read_yaml(b"a: {OU=A, DC=b, x: y}\n", file="f")

    assert root is not None
    assert root.plain() == {"a": {"x": "y"}}
    assert [finding.code for finding in findings] == [Code.SPLIT_NAME]
    assert 'in quotes: "OU=A,DC=b"' in findings[0].remedy


@pytest.mark.parametrize("text", ["*a : b\nc: d\n", "? [a]\n: b\nc: d\n", "? {}\nc: d\n"])
def test_what_stands_under_an_impossible_key_is_left_out(text: str) -> None:
    root, findings = read_yaml(text.encode(), file="f")

    assert root is not None
    assert root.plain() == {"c": "d"}
    assert len(findings) == 1


@pytest.mark.parametrize("text", ["", "# c\n", "---\n", "null\n", "---\n...\n", "\ufeff"])
def test_a_document_without_a_value_is_empty(text: str) -> None:
    root, findings = read_yaml(text.encode(), file="f")

    assert root is None
    assert [(finding.code, finding.place) for finding in findings] == [(Code.EMPTY, Place("f"))]


def test_quoted_names_and_single_names_in_brackets_are_fine() -> None:
    root = document('a: ["OU=A,DC=c", "OU=B,DC=c"]\nb: [OU=A]\nc: [mail=x, y]\n')

    assert root.plain() == {"a": ["OU=A,DC=c", "OU=B,DC=c"], "b": ["OU=A"], "c": ["mail=x", "y"]}


def test_a_tab_between_key_and_value_is_no_indentation() -> None:
    assert document("a:\tb\nc: d\n").plain() == {"a": "b", "c": "d"}


def test_every_line_that_a_tab_indents_is_reported() -> None:
    _, findings = read_yaml(b"a: [\n\tb,\n\tc]\nd: |\n  e\n  \tf\n", file="f")

    assert [finding.place for finding in findings] == [Place("f", 2, 1), Place("f", 3, 1)]


def test_a_document_of_more_than_five_megabytes_is_not_read() -> None:
    assert codes(b"a: " + b"x" * LARGEST_DOCUMENT) == [Code.TOO_LARGE]


def test_a_code_page_and_bytes_that_no_text_has_are_refused_at_their_place() -> None:
    _, page = read_yaml("rule: größe\r\nname: é\n".encode("latin-1"), file="f")
    _, late = read_yaml(b"a: \xc3\xbc\r\nb: \xc3\xbc\xff\n", file="f")
    _, binary = read_yaml(b"rule: \x00\x01\n", file="f")

    assert [(each.code, each.place) for each in page] == [(Code.NOT_UTF8, Place("f", 1, 9))]
    assert [(each.code, each.place) for each in late] == [(Code.NOT_UTF8, Place("f", 2, 5))]
    assert [(each.code, each.place) for each in binary] == [(Code.BINARY, Place("f"))]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16_is_recognised_with_and_without_a_mark(encoding: str) -> None:
    _, findings = read_yaml("rule: a\n".encode(encoding), file="f")

    assert [finding.code for finding in findings] == [Code.NOT_UTF8]
    assert "UTF-16" in findings[0].what


def test_a_file_full_of_control_characters_gets_one_finding() -> None:
    _, findings = read_yaml(b"\x01" * 1000, file="f")

    unprintable = [finding.what for finding in findings if finding.code == Code.UNPRINTABLE]
    assert unprintable == ["unprintable character U+0001, the first of 1000 such characters"]


def test_what_stands_under_a_secret_is_not_repeated() -> None:
    for text in (
        "password: {hunter2, hunter2: 1}",
        "password: {hunter2:x, hunter2: 1, hunter2: 2}",
    ):
        _, findings = read_yaml(f"identity: {{{text}}}".encode(), file="f")

        assert findings
        assert "hunter2" not in repr(findings)


@given(st.binary(max_size=200))
def test_no_bytes_ever_raise(data: bytes) -> None:
    root, findings = read_yaml(data, file="f")

    assert root is not None or findings


@given(st.lists(st.sampled_from(FRAGMENTS), max_size=25).map("".join), st.booleans())
def test_no_mixture_of_yaml_ever_raises(text: str, with_libyaml: bool) -> None:
    data = text.encode("utf-8", "surrogatepass")

    root, findings = read_yaml(data, file="f", with_libyaml=with_libyaml)

    assert root is not None or findings
    assert all(finding.place and finding.place.file == "f" for finding in findings)
    repr(root).encode()
