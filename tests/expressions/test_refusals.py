"""Why a text is not an expression: the place, the reason and the remedy."""

from __future__ import annotations

import pytest

from reconciler.expressions.parsing import ExpressionSyntaxError, parse


def refusal_of(text: str) -> ExpressionSyntaxError:
    with pytest.raises(ExpressionSyntaxError) as caught:
        parse(text)
    return caught.value


@pytest.mark.parametrize(
    ("text", "marked", "what", "remedy"),
    [
        ("“Contoso”", "“", "typographic quote pasted from a web page", "use straight quotes"),
        ("Trim(‘x’)", "‘", "typographic quote pasted from a web page", "use straight quotes"),
        ('[a] & "x”', '"', "no closing quote", "typographic quote"),
        ("'x'", "'", "single quote", "straight double quotes"),
        ('"unterminated', '"', "no closing quote", "add the closing quote"),
        (r'Replace([a],"\","")', '"', "follows|no closing quote", r"."),
        (r'"C:\"', '"', "no closing quote", r"a backslash before the last quote"),
        ('"a""b"', '"b"', 'the text "b" follows a value', r"a doubled quote is not one"),
        ("[mail", "[", "is not closed", r'add "\]"'),
        ('IIF([mail, "x", [cn])', "[", "is not closed", r'add "\]"'),
        ("[]", "[", "is not closed", r'add "\]"'),
        ("mail]", "mail", 'unknown word "mail"', r'"\[mail\]" for an attribute'),
        ("[a]]", "]", "closes no attribute", r'add "\["'),
        ("%Domain", "%", "encloses no parameter", "%Domain.FQDN%"),
        ("$ item", "$", "without the name of a variable", r"\$item"),
        ('LCase("A"', "(", 'bracket of "LCase" opened here is never closed', r'add "\)"'),
        ("Trim(", "(", 'bracket of "Trim" opened here is never closed', r'add "\)"'),
        ("Trim(([a])", "(", 'bracket of "Trim"', r'add "\)"'),
        ("1 + (2", "(", "the bracket opened here is never closed", "where the bracketed part ends"),
        ('LCase("A"))', ")", "closes no bracket", "remove it"),
        (")", ")", "closes no bracket", "remove it"),
        ("()", ")", "the brackets are empty", "add the value"),
        ("Trim(,)", ",", 'a value is missing before ","', "add the value"),
        ("Mid([a],)", ")", r'a value is missing before "\)"', "add the value"),
        (",", ",", 'a value is missing before ","', "add the value"),
        ("[a],[b]", ",", "outside a function call", "check the brackets"),
        ("IIF(([a],1),2)", ",", "in brackets that follow no function", "check the brackets"),
        ('"a" &', "&", 'to the right of "&"', "add the value"),
        ('Trim("a" &', "&", 'to the right of "&"', "add the value"),
        ('Trim("a" & )', "&", 'to the right of "&"', "add the value"),
        ('& "a"', "&", 'to the left of "&"$', "remove the operator"),
        ('Trim(& "a")', "&", r'to the left of "&" after "\("', "remove the operator"),
        ("-[a]", "-", "the minus sign belongs to no number", "0 - …"),
        ("- 3", "-", "the minus sign belongs to no number", "0 - …"),
        ("[a] == 1", "==", '"==" is no operator', 'a single "="'),
        ("[a] => 1", "=>", '"=>" is no operator', '">="'),
        ("[a] = = 1", "=", 'to the right of "="', "add the value"),
        ("[a] != 1", "!", '"!" is no operator', '"<>"'),
        ("[a] | [b]", "|", r'a single "\|"', r'"\|\|"'),
        ("[a] / 2", "/", "is no operator", "does not divide"),
        ("[a] – 1", "–", "EN DASH", "keyboard"),
        ("[a];", ";", '";" ends nothing', '","'),
        ("\\[a]", "\\", "backslash outside a text", "straight quotes"),
        ("[a] # b", "#", r'unexpected character "#" \(U\+0023 NUMBER SIGN\)', "remove it"),
        ("[a]\u00a0& [b]", "\u00a0", "U.00A0 NO-BREAK SPACE", "plain blank"),
        ("\ufeffTrim([a])", "\ufeff", "U.FEFF", "plain blank"),
        ("\x00", "\x00", r'"\\x00" \(U\+0000\)', "plain blank"),
        ("1.5", ".", "a number with decimals", "numbers are whole"),
        ("[a].b", ".", "unexpected character", "remove it"),
        ("9223372036854775808", "9223372036854775808", "is too large", "as a text"),
        ("&H1FFFFFFFFFFFFFFFF", "&H1FFFFFFFFFFFFFFFF", "is too large", "as a text"),
        ("[a]&HFF", "&HFF", "without an operator", '"& &HFF"'),
        ("[a] [b]", "[b]", r'"\[b\]" follows a value', "add the operator"),
        ("[a] And [b]", "And", '"And" follows a value', '"&&"'),
        ("[a] Or([b])", "Or", '"Or" follows a value', r'"\|\|"'),
        ("[a] Trim([b])", "Trim", '"Trim" follows a value', "add the operator"),
        ("Not", "Not", 'unknown word "Not"', "no negation"),
        ('"a" & vbCrLf', "vbCrLf", 'unknown word "vbCrLf"', '"CRLF"'),
        ("true", "true", 'unknown word "true"', 'did you mean "True"; words are case-sensitive'),
        ("IgnoreThisFlo", "IgnoreThisFlo", "unknown word", 'did you mean "IgnoreThisFlow"$'),
        ("Now", "Now", "unknown word", r'did you mean "Now\(…\)"; a function is called'),
        ("zzz", "zzz", "unknown word", r'write "\[zzz\]" for an attribute'),
    ],
)
def test_a_text_is_refused_at_its_place_with_reason_and_remedy(
    text: str, marked: str, what: str, remedy: str
) -> None:
    refusal = refusal_of(text)

    assert text[refusal.offset : refusal.offset + refusal.length] == marked
    with pytest.raises(AssertionError, match=what):
        raise AssertionError(refusal.what)
    with pytest.raises(AssertionError, match=remedy):
        raise AssertionError(refusal.remedy)


@pytest.mark.parametrize("text", ["", "  ", "\r\n\t"])
def test_a_text_of_blanks_is_refused_as_empty(text: str) -> None:
    refusal = refusal_of(text)

    assert refusal.what == "the expression is empty"
    assert (refusal.offset, refusal.length) == (0, len(text))


def test_the_innermost_bracket_left_open_is_shown() -> None:
    text = 'IIF(IsPresent([a]),Trim([a],"x"'

    assert refusal_of(text).offset == text.index("Trim(") + len("Trim")


def test_a_number_of_ten_thousand_digits_is_refused() -> None:
    refusal = refusal_of("0" * 10_000 + "1")

    assert "is too large" in refusal.what
    assert len(refusal.what) < 120


def test_a_long_word_is_cut_and_gets_no_guess() -> None:
    refusal = refusal_of("x" * 1_000)

    assert len(refusal.what) < 120
    assert "did you mean" not in refusal.remedy


def test_a_refusal_reads_as_one_line() -> None:
    assert str(refusal_of("Trim(")) == (
        'the bracket of "Trim" opened here is never closed; expected a ")" for each "("; '
        'add ")" behind the last argument of "Trim"'
    )


def test_messages_keep_the_rules_of_the_house() -> None:
    for text in ["“", '"', "[", "(", ")", "()", "Trim(,)", "1 2", "x", "-", "1.5", "", "\x07"]:
        refusal = refusal_of(text)
        for sentence in (refusal.what, refusal.expected, refusal.remedy):
            assert not sentence.endswith((".", "!"))
            assert sentence[0] == sentence[0].lower()
            assert sentence.isprintable()
