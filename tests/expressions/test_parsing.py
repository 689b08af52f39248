"""From text to tree: shapes, levels, positions, bounds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reconciler.expressions.parsing import MAX_NESTING, ExpressionSyntaxError, parse
from reconciler.expressions.syntax import (
    AttributeReference,
    Binary,
    Call,
    Group,
    Keyword,
    Node,
    NumberLiteral,
    Operator,
    Parameter,
    StringLiteral,
    Variable,
    walk,
)
from reconciler.expressions.vocabulary import KEYWORDS
from tests.expressions.texts import Tokens, any_text, expressions, laid_out


def binary(text: str) -> Binary:
    tree = parse(text)
    assert isinstance(tree, Binary)
    return tree


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ('"Contoso"', StringLiteral(start=0, end=9, spelling='"Contoso"')),
        ('""', StringLiteral(start=0, end=2, spelling='""')),
        ("42", NumberLiteral(start=0, end=2, spelling="42")),
        ("-2147483648", NumberLiteral(start=0, end=11, spelling="-2147483648")),
        ("&H21C07000", NumberLiteral(start=0, end=10, spelling="&H21C07000")),
        (
            "[mS-DS-ConsistencyGuid]",
            AttributeReference(start=0, end=23, name="mS-DS-ConsistencyGuid"),
        ),
        ("[ mail ]", AttributeReference(start=0, end=8, name=" mail ")),
        ("%Domain.FQDN%", Parameter(start=0, end=13, name="Domain.FQDN")),
        ("$item", Variable(start=0, end=5, name="item")),
        ("Now()", Call(start=0, end=5, function="Now", arguments=())),
    ],
)
def test_an_operand_becomes_its_node(text: str, node: Node) -> None:
    tree = parse(text)

    assert tree == node
    assert (tree.start, tree.end) == (node.start, node.end)


@pytest.mark.parametrize("word", sorted(KEYWORDS))
def test_every_bare_word_of_the_language_is_a_keyword(word: str) -> None:
    assert parse(word) == Keyword(start=0, end=len(word), word=word)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (r'"\\0ACNF:"', r"\0ACNF:"),
        (r'"a\"b"', 'a"b'),
        (r'"\r\n\t"', r"\r\n\t"),
        (r'"\\\\"', r"\\"),
        (r'"\\"', "\\"),
    ],
)
def test_only_backslash_and_quote_are_escaped_in_a_text(text: str, value: str) -> None:
    tree = parse(text)

    assert isinstance(tree, StringLiteral)
    assert tree.value == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("007", 7),
        ("-0", 0),
        ("&HF7", 247),
        ("&H0F", 15),
        ("&H0000000000000000000F", 15),
        ("&HFFFFFFFFFFFFFFFF", -1),
        ("&H7FFFFFFFFFFFFFFF", 2**63 - 1),
        ("-9223372036854775808", -(2**63)),
        ("9223372036854775807", 2**63 - 1),
    ],
)
def test_a_number_is_a_signed_64_bit_one(text: str, value: int) -> None:
    tree = parse(text)

    assert isinstance(tree, NumberLiteral)
    assert tree.value == value


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("2+5*3", "(* (+ 2 5) 3)"),
        ("10-2*3", "(* (- 10 2) 3)"),
        ("10-2-3", "(- (- 10 2) 3)"),
        ("10-(2-3)", "(- 10 (() (- 2 3)))"),
        ("5-3", "(- 5 3)"),
        ("5 -3", "(- 5 3)"),
        ("5--3", "(- 5 -3)"),
        ("[a]-3", "(- [a] 3)"),
        ("(1)-3", "(- (() 1) 3)"),
        ("True-3", "(- True 3)"),
        ("1=-1", "(= 1 -1)"),
        ('[a] = "x" & "y"', '(= [a] (& "x" "y"))'),
        ("True || True && False", "(&& (|| True True) False)"),
        ('"n" & 1 + 1 = "n2"', '(= (+ (& "n" 1) 1) "n2")'),
        ('IsPresent([a]) = False || [b] = "z"', '(|| (= (IsPresent() [a]) False) (= [b] "z"))'),
        ("1 < 2 = True", "(= (< 1 2) True)"),
        ('"a"& &HF', '(& "a" &HF)'),
        ('[a]&"@"&%Domain.FQDN%', '(& (& [a] "@") %Domain.FQDN%)'),
        ("[a]>=1&&[b]<=2||[c]<>3", "(|| (&& (>= [a] 1) (<= [b] 2)) (<> [c] 3))"),
        ("Trim ( [a] )", "(Trim() [a])"),
        ("Select($item,[p],UCase($item))", "(Select() $item [p] (UCase() $item))"),
        ("Größe([a])", "(Größe() [a])"),
    ],
)
def test_operators_and_calls_nest_by_their_levels(text: str, shape: str) -> None:
    assert repr(parse(text)) == shape


def test_brackets_are_kept() -> None:
    assert isinstance(parse("([a])"), Group)
    assert parse("([a])") != parse("[a]")


def test_an_operator_knows_where_it_stands() -> None:
    tree = binary('[a]  && "x" = [b]')

    assert (tree.operator, tree.operator_start) == (Operator.AND, 5)
    assert (tree.start, tree.end) == (0, 17)


def test_position_takes_no_part_in_equality() -> None:
    assert parse("  Trim( [a] )") == parse("Trim([a])")
    assert hash(parse("  Trim( [a] )")) == hash(parse("Trim([a])"))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("[a]", '"[a]"'),
        ("15", "&HF"),
        ("Trim([a])", "trim([a])"),
        ("IIF([a],1,2)", "IIF([a],2,1)"),
        ("[a] & [b] & [c]", "[a] & ([b] & [c])"),
        ("Join([a],[b])", "Join([a] & [b])"),
        ("Mid([a])", '[a] & "x"'),
    ],
)
def test_different_expressions_are_different_trees(one: str, other: str) -> None:
    assert parse(one) != parse(other)


def test_a_tree_is_unequal_to_anything_else() -> None:
    assert parse("1") != "1"


def test_the_deepest_nesting_allowed_is_read() -> None:
    text = "(" * MAX_NESTING + "1" + ")" * MAX_NESTING

    assert isinstance(parse(text), Group)


@pytest.mark.parametrize("opening", ["(", "Trim(", "IIF(True,"])
def test_deeper_nesting_is_refused_at_the_bracket_too_many(opening: str) -> None:
    text = opening * (MAX_NESTING + 1)

    with pytest.raises(ExpressionSyntaxError) as refusal:
        parse(text)

    assert "nested more than 200 deep" in refusal.value.what
    assert text[: refusal.value.offset + 1].count("(") == MAX_NESTING + 1


def test_a_hundred_thousand_brackets_exhaust_nothing() -> None:
    with pytest.raises(ExpressionSyntaxError):
        parse("(" * 100_000)


def test_a_chain_of_five_thousand_operators_is_read_compared_and_shown() -> None:
    text = " & ".join(["[a]"] * 5_000)

    tree = parse(text)

    assert tree == parse(text.replace(" ", ""))
    assert len(list(walk(tree))) == 9_999
    assert repr(tree).startswith("(& (& ")


def test_equal_texts_share_a_tree() -> None:
    assert parse("Trim([shared])") is parse("Trim([shared])")


@given(expressions.flatmap(laid_out))
def test_every_expression_of_the_grammar_is_read(text: str) -> None:
    assert parse(text).end <= len(text)


@given(expressions, st.data())
def test_blanks_between_tokens_do_not_change_the_tree(tokens: Tokens, data: st.DataObject) -> None:
    assert parse(data.draw(laid_out(tokens))) == parse(" ".join(tokens))


@given(expressions.flatmap(laid_out))
def test_positions_slice_back_to_the_source(text: str) -> None:
    for node in walk(parse(text)):
        assert parse(text[node.start : node.end]) == node
        if isinstance(node, Binary):
            assert text.startswith(node.operator, node.operator_start)


@given(any_text)
def test_no_text_raises_anything_but_a_syntax_error(text: str) -> None:
    try:
        parse(text)
    except ExpressionSyntaxError as error:
        refusal = error
    else:
        return

    assert 0 <= refusal.offset <= refusal.offset + refusal.length <= len(text)
    assert all((refusal.what, refusal.expected, refusal.remedy))
