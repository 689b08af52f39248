"""Promises of `desired.editing`: the document changes, comments and other lines do not."""

import difflib
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from reconciler.desired.editing import MISSING, Edit, edited_text, revised_text
from reconciler.desired.styling import Style
from reconciler.desired.writing import new_text
from reconciler.desired.yaml_reading import read_yaml
from reconciler.model.nodes import Plain

RULE = """\
# yaml-language-server: $schema=x.json
# Why: payroll keys on the cost centre (CHG-4711).
rule: In from AD - User - HR   # its name
# about the connector
connector: corp
link: join                     # provision | join | sticky-join
precedence: 50
vendor: True
build: '2.5'
scope:                         # one group must match
  - - {attribute: employeeType, operator: EQUAL, value: "Employee"}
    - {attribute: adminDescription, operator: ISNULL}  # not ours
  # the second group
  - - {attribute: extensionAttribute7, operator: ISNOTNULL}
flows:
  # about the department
  department: {from: department}
  extensionAttribute12:
    expression: |-   # as agreed
      IIF(IsPresent([a]),
        "b")

  # about the title
  title:
    from: title
attributes:
  - cn   # the first
  # about mail
  - mail
  - sn
# the end
"""


def reading(text: str) -> Plain:
    root, findings = read_yaml(text.encode(), file="f")
    assert findings == ()
    assert root is not None
    return root.plain()


def difference(old: str, new: str) -> list[str]:
    lines = difflib.unified_diff(old.split("\n"), new.split("\n"), n=0, lineterm="")
    return [line for line in lines if not line.startswith(("---", "+++", "@@"))]


@pytest.mark.parametrize(
    ("edit", "lines"),
    [
        pytest.param(
            Edit(("precedence",), 40), ["-precedence: 50", "+precedence: 40"], id="a scalar"
        ),
        pytest.param(
            Edit(("link",), "provision"),
            [
                "-link: join                     # provision | join | sticky-join",
                "+link: provision                     # provision | join | sticky-join",
            ],
            id="a scalar before a comment",
        ),
        pytest.param(Edit(("build",), "2.6"), ["-build: '2.5'", "+build: '2.6'"], id="its quotes"),
        pytest.param(
            Edit(("precedence",), {"before": "In from AD"}),
            ["-precedence: 50", "+precedence: {before: In from AD}"],
            id="a scalar becomes a mapping",
        ),
        pytest.param(
            Edit(("scope", 0, 0, "value"), "Staff"),
            [
                '-  - - {attribute: employeeType, operator: EQUAL, value: "Employee"}',
                '+  - - {attribute: employeeType, operator: EQUAL, value: "Staff"}',
            ],
            id="a value in braces",
        ),
        pytest.param(
            Edit(("scope", 1, 1), {"attribute": "c", "operator": "ISNULL"}),
            ["+    - {attribute: c, operator: ISNULL}"],
            id="an item is appended",
        ),
        pytest.param(
            Edit(("scope", 0, 0), MISSING),
            [
                '-  - - {attribute: employeeType, operator: EQUAL, value: "Employee"}',
                "-    - {attribute: adminDescription, operator: ISNULL}  # not ours",
                "+  - - {attribute: adminDescription, operator: ISNULL}  # not ours",
            ],
            id="the first item of an item goes",
        ),
        pytest.param(
            Edit(("flows", "department"), {"from": "department", "merge": "merge"}),
            [
                "-  department: {from: department}",
                "+  department: {from: department, merge: merge}",
            ],
            id="a key comes into braces",
        ),
        pytest.param(
            Edit(("flows", "extensionAttribute12", "expression"), 'Trim([a]) & "c"'),
            ["-      IIF(IsPresent([a]),", '-        "b")', '+      Trim([a]) & "c"'],
            id="an expression",
        ),
        pytest.param(
            Edit(("flows", "mail"), {"expression": "LCase([mail])"}),
            ["+  mail:", "+    expression: |-", "+      LCase([mail])"],
            id="a flow is added",
        ),
        pytest.param(
            Edit(("flows", "title"), MISSING),
            ["-  title:", "-    from: title"],
            id="a flow goes and the comment above it stays",
        ),
        pytest.param(
            Edit(("attributes",), ["cn", "department", "mail", "telephoneNumber"]),
            ["+  - department", "-  - sn", "+  - telephoneNumber"],
            id="a sorted list",
        ),
        pytest.param(
            Edit(("attributes", 0), MISSING), ["-  - cn   # the first"], id="the first of a list"
        ),
        pytest.param(
            Edit(("scope", 1), {"attribute": "c"}),
            [
                "-  - - {attribute: extensionAttribute7, operator: ISNOTNULL}",
                "+  - {attribute: c}",
            ],
            id="an item of another kind",
        ),
        pytest.param(
            Edit(("link",), ["a", {"b": "c"}]),
            [
                "-link: join                     # provision | join | sticky-join",
                "+link:                     # provision | join | sticky-join",
                "+  - a",
                "+  - {b: c}",
            ],
            id="a scalar becomes a list",
        ),
        pytest.param(
            Edit(("flows", "title"), "gone"),
            ["-  title:", "-    from: title", "+  title: gone"],
            id="a mapping becomes a scalar",
        ),
        pytest.param(
            Edit(("flows", "title", "from"), MISSING),
            ["-  title:", "-    from: title", "+  title: {}"],
            id="a mapping becomes empty",
        ),
    ],
)
def test_only_the_lines_of_what_changes_change(edit: Edit, lines: list[str]) -> None:
    new = edited_text(RULE, [edit])

    assert difference(RULE, new) == lines
    reading(new)


def test_no_edit_changes_no_byte() -> None:
    for text in (RULE, RULE.replace("\n", "\r\n"), "\ufeff" + RULE, "a: [1,2 ,  3]\n", "{a:    b}"):
        assert edited_text(text, []) == text
        assert edited_text(text, [Edit((), reading(text))]) == text


def test_a_new_key_goes_where_the_order_says_else_to_the_end() -> None:
    order = ("rule", "connector", "disabled", "link")

    ordered = edited_text(RULE, [Edit(("disabled",), value=True)], order=order)
    at_the_end = edited_text(RULE, [Edit(("disabled",), value=True)])

    assert "connector: corp\ndisabled: true\nlink:" in ordered
    assert at_the_end.endswith("  - sn\ndisabled: true\n# the end\n")


def test_a_key_may_become_the_first() -> None:
    assert edited_text("# head\nb: 1\n", [Edit(("a",), 2)], order=("a", "b")) == (
        "# head\na: 2\nb: 1\n"
    )


def test_a_document_may_be_replaced_as_a_whole_below_its_comments() -> None:
    assert edited_text("# head\na: 1\n# end\n", [Edit((), {"b": ["c"]})]) == (
        "# head\nb:\n  - c\n# end\n"
    )


def test_a_block_stays_a_block_and_quotes_stay_quotes() -> None:
    old = "a: |-\n  b\n  c\nd: \"e\"\nf: 'g'\nh: >-\n  i\n"
    edits = [Edit((key,), f"new {key}") for key in "adfh"]

    assert edited_text(old, edits) == "a: |-\n  new a\nd: \"new d\"\nf: 'new f'\nh: new h\n"
    assert edited_text(old, [Edit(("a",), 5), Edit(("d",), value=True)]) == (
        "a: 5\nd: true\nf: 'g'\nh: >-\n  i\n"
    )


def test_missing_steps_of_a_path_are_made() -> None:
    assert reading(edited_text("a: 1\n", [Edit(("b", "c"), 2)])) == {"a": 1, "b": {"c": 2}}


def test_line_ends_and_byte_order_mark_stay() -> None:
    old = "\ufeffa: 1\r\nb:\r\n- 1\r\n"
    new = edited_text(old, [Edit(("c",), {"d": ["x", {"e": "f\ng"}]}), Edit(("b", 1), 2)])

    added = "c:\r\n  d:\r\n  - x\r\n  - e: |-\r\n      f\r\n      g\r\n"
    assert new == "\ufeffa: 1\r\nb:\r\n- 1\r\n- 2\r\n" + added


def test_a_file_without_a_last_line_end_can_be_added_to() -> None:
    assert edited_text("a: 1", [Edit(("b",), 2)]) == "a: 1\nb: 2"
    assert edited_text("a: |-\n  1", [Edit(("b",), 2)]) == "a: |-\n  1\nb: 2"
    assert edited_text("a: 1\nb: 2", [Edit(("b",), MISSING)]) == "a: 1\n"


def test_a_comment_that_looks_like_an_item_is_none() -> None:
    old = "a:\n  - b\n# - x\n\n  #- y\n  - c\n"

    assert edited_text(old, [Edit(("a", 1), MISSING)]) == "a:\n  - b\n# - x\n\n  #- y\n"
    assert edited_text(old, [Edit(("a", 0), MISSING)]) == "a:\n# - x\n\n  #- y\n  - c\n"


def test_comments_between_removed_beginnings_are_kept() -> None:
    old = "a:\n  - b: 1\n    # about c\n    c: 2\n"

    assert edited_text(old, [Edit(("a", 0, "b"), MISSING)]) == "a:\n  # about c\n  - c: 2\n"


def test_a_form_that_defies_small_changes_is_written_anew_below_its_head() -> None:
    old = "# head\n\na:\n  {b: 1} # comment\n"

    assert edited_text(old, [Edit(("a",), "two\nlines")]) == "# head\n\na: |-\n  two\n  lines\n"


@pytest.mark.parametrize(
    ("text", "edit"),
    [
        ("a: 1\na: 2\n", Edit(("b",), 1)),
        ("a: [\n", Edit(("b",), 1)),
        ("", Edit(("b",), 1)),
        ("a: 1\n", Edit(("a", "b"), 1)),
        ("a: [1]\n", Edit(("a", 2), 1)),
        ("a: 1\n", Edit((), MISSING)),
        ("a: 1\n", Edit((), "text")),
        ("a: 1\n", Edit((0,), 1)),
    ],
)
def test_an_edit_that_makes_no_sense_is_refused(text: str, edit: Edit) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the edit is the message
        edited_text(text, [edit])


keys = st.sampled_from([*"abcdef", "x y", "on", "OU=a,b", "k:", "é"])
words = st.sampled_from(
    [
        "x", "y", "a b", "a: b", "multi\nline", "end\n", "two\n\n", "\nlead", " sp", "- d", "#c",
        "it's", 'q"q', "[m]", "true", "50", "OU=A,DC=b", "tab\tx", "a\n\tb", "é", "x" * 110, "",
        "a\n\n# no comment\nb", "~",
    ]
)  # fmt: skip
plain = st.recursive(
    st.none() | st.booleans() | st.integers(0, 99) | words,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4),
    max_leaves=10,
)
documents: st.SearchStrategy[dict[str, Plain]] = st.dictionaries(
    keys, plain, min_size=1, max_size=5
)
some = st.frozensets(keys, max_size=2)
styles = st.builds(Style, spread=some, literal=some, inline=some)


@st.composite
def changes(draw: st.DrawFn) -> tuple[dict[str, Plain], dict[str, Plain]]:
    """Return a document and one that shares parts of it, at every depth."""
    old, other = draw(documents), draw(documents)
    new: dict[str, Plain] = {}
    for name, value in [*old.items(), *other.items()]:
        if draw(st.booleans()):
            new[name] = _mixed(old.get(name), value)
    return old, new or {"z": 1}


def _mixed(one: Any, other: Any) -> Any:
    if isinstance(one, dict) and isinstance(other, dict):
        return {**one, **other}
    if isinstance(one, list) and isinstance(other, list):
        return [*one[:2], *other, *one[2:]]
    return other


@given(changes(), styles)
def test_an_edited_text_reads_as_the_edited_document(
    change: tuple[dict[str, Plain], dict[str, Plain]], style: Style
) -> None:
    old, new = change
    text = new_text(old, schema="x", style=style)
    revised = revised_text(text, new, style=style)

    assert reading(revised) == new
    assert revised_text(revised, new, style=style) == revised


@given(
    changes(),
    st.sampled_from([False, None, True]),
    st.sampled_from([2, 3, 4]),
    st.sampled_from([20, 80, 1000]),
)
def test_texts_in_the_style_of_others_are_edited_as_well(
    change: tuple[dict[str, Plain], dict[str, Plain]], flow: bool | None, indent: int, width: int
) -> None:
    old, new = change
    text = yaml.safe_dump(
        yaml.safe_load(yaml.safe_dump(old)),
        default_flow_style=flow,
        indent=indent,
        width=width,
        allow_unicode=True,
        sort_keys=False,
    )

    assert reading(revised_text(text, new)) == new


@given(changes(), styles)
def test_comments_of_what_stays_survive(
    change: tuple[dict[str, Plain], dict[str, Plain]], style: Style
) -> None:
    old, new = change
    text, comments = _commented(new_text(old, schema="x", style=style), old, new)
    assert reading(text) == old

    revised = revised_text(text, new, style=style)

    assert reading(revised) == new
    if set(old) & set(new):
        assert [comment for comment in comments if comment not in revised] == []


def _commented(text: str, old: dict[str, Plain], new: dict[str, Plain]) -> tuple[str, list[str]]:
    """Put a comment above each key, and behind scalars that stay the same."""
    root, _ = read_yaml(text.encode(), file="f")
    assert root is not None
    keys_by_line = {node.key.line: name for name, node in root.members() if node.key}
    lines: list[str] = []
    comments: list[str] = []
    for number, line in enumerate(text.split("\n"), 1):
        name = keys_by_line.get(number)
        node = root.member(name) if name is not None else None
        if name is None or node is None or line.startswith("?"):
            lines.append(line)
            continue
        above, behind = f"# above {name!r}", f"# behind {name!r}"
        is_scalar = not isinstance(old[name], list | dict)
        stays = is_scalar and name in new and new[name] == old[name]
        lines += [above, f"{line}  {behind}" if stays else line]
        comments += [above, behind] if stays else [above]
    return "\n".join(lines), comments
