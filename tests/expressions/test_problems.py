"""What is said against an expression."""

from __future__ import annotations

import pytest
from hypothesis import given

from reconciler.expressions.functions import FUNCTIONS
from reconciler.expressions.problems import Problem, ProblemKind, problems
from reconciler.expressions.vocabulary import PARAMETERS
from tests.expressions.texts import any_text, expressions, laid_out


def only_problem(text: str) -> Problem:
    (problem,) = problems(text)
    return problem


@pytest.mark.parametrize(
    ("text", "kind", "marked", "what", "remedy"),
    [
        (
            "Left(trim([a]),3)",
            ProblemKind.UNKNOWN_FUNCTION,
            "trim",
            'unknown function "trim"',
            'did you mean "Trim"; only the case differs',
        ),
        (
            "IsPresnt([a])",
            ProblemKind.UNKNOWN_FUNCTION,
            "IsPresnt",
            'unknown function "IsPresnt"',
            'did you mean "IsPresent"',
        ),
        (
            'Concatenate([a],"x")',
            ProblemKind.UNKNOWN_FUNCTION,
            "Concatenate",
            'unknown function "Concatenate"',
            'join texts with "&"',
        ),
        (
            "NULL()",
            ProblemKind.UNKNOWN_FUNCTION,
            "NULL",
            'unknown function "NULL"',
            'write "NULL" without brackets: it is a word, not a function',
        ),
        (
            "Zzzz(1)",
            ProblemKind.UNKNOWN_FUNCTION,
            "Zzzz",
            'unknown function "Zzzz"',
            "look it up in the functions reference",
        ),
        (
            'Mid("abc")',
            ProblemKind.ARITY,
            "Mid",
            '"Mid" is given 1 argument',
            "add 1 more, or check where its brackets close",
        ),
        (
            "Error()",
            ProblemKind.ARITY,
            "Error",
            '"Error" is given no argument',
            "add 1 more, or check where its brackets close",
        ),
        (
            "Trim([a],1,2)",
            ProblemKind.ARITY,
            "Trim",
            '"Trim" is given 3 arguments',
            "remove 2, or check where its brackets close",
        ),
        (
            'Switch(True,"a",True)',
            ProblemKind.ARITY,
            "Switch",
            '"Switch" is given 3 arguments',
            "give each condition its value",
        ),
        ("With($x,1)", ProblemKind.ARITY, "With", '"With" is given 2 arguments', "add 1 more, or"),
        (
            "$x",
            ProblemKind.UNKNOWN_VARIABLE,
            "$x",
            'the variable "$x" is not bound here',
            "a variable is known only in the last argument of the function that names it",
        ),
        (
            "Select($item,[p],UCase($itm))",
            ProblemKind.UNKNOWN_VARIABLE,
            "$itm",
            'the variable "$itm" is not bound here',
            'did you mean "$item"',
        ),
        (
            "With($x,Trim($x),1)",
            ProblemKind.UNKNOWN_VARIABLE,
            "$x",
            'the variable "$x" is not bound here',
            "a variable is known only",
        ),
        (
            "Where([a],[b],True)",
            ProblemKind.MISSING_VARIABLE,
            "[a]",
            '"Where" begins with "[a]"',
            "name a variable first",
        ),
        (
            "%ForestLDAP%",
            ProblemKind.UNLISTED_PARAMETER,
            "%ForestLDAP%",
            'no server provides the parameter "%ForestLDAP%" by itself',
            'did you mean "%Forest.LDAP%"; names are matched exactly',
        ),
        (
            "%OurOwn%",
            ProblemKind.UNLISTED_PARAMETER,
            "%OurOwn%",
            'no server provides the parameter "%OurOwn%" by itself',
            "check that it was added to the connector",
        ),
        (
            "CBin(32,2)",
            ProblemKind.UNDOCUMENTED,
            "CBin",
            'the function "CBin" is documented nowhere',
            "leave it where a standard rule uses it",
        ),
        (
            "“x”",
            ProblemKind.SYNTAX,
            "“",
            "typographic quote pasted from a web page",
            "use straight quotes",
        ),
    ],
)
def test_a_problem_has_its_kind_place_and_remedy(
    text: str, kind: ProblemKind, marked: str, what: str, remedy: str
) -> None:
    problem = only_problem(text)

    assert problem.kind is kind
    assert text[problem.offset : problem.offset + problem.length] == marked
    assert problem.what.startswith(what)
    assert problem.remedy.startswith(remedy)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('Mid("abc")', "2 or 3 arguments: str Mid("),
        ('InStr("abc")', "2 to 4 arguments: num InStr("),
        ("Now(1)", "no argument: dt Now()"),
        ("Trim()", "1 argument: str Trim("),
        ("Switch(True)", "arguments in pairs of a condition and a value: var Switch("),
    ],
)
def test_a_wrong_number_of_arguments_shows_how_the_function_is_called(
    text: str, expected: str
) -> None:
    assert only_problem(text).expected.startswith(expected)


@pytest.mark.parametrize(
    "text",
    [
        'Select($item,[otherPhone],Replace($item,"-",""))',
        "Where($item,[userCertificate],CertNotAfter($item)>Now())",
        "With($x,Trim([a]),Select($y,[p],$x & $y))",
        'With($x,"a",With($x,$x,$x))',
        "Switch(True,1,False,2)",
        "%Domain.FQDN%",
        'ImportedValue("proxyAddresses")',
    ],
)
def test_sound_expressions_have_no_problem(text: str) -> None:
    assert problems(text) == ()


def test_all_problems_are_collected_in_the_order_of_the_text() -> None:
    text = "trim($x) & Mid([a]) & %Forest.fqdn% & CBin(1)"

    assert [(problem.kind, problem.offset) for problem in problems(text)] == [
        (ProblemKind.UNKNOWN_FUNCTION, 0),
        (ProblemKind.UNKNOWN_VARIABLE, 5),
        (ProblemKind.ARITY, 11),
        (ProblemKind.UNLISTED_PARAMETER, 22),
        (ProblemKind.ARITY, 38),
        (ProblemKind.UNDOCUMENTED, 38),
    ]


def test_an_undocumented_function_is_noted_once() -> None:
    assert only_problem("CBin(1,1) & CBin(2,1)").offset == 0


def test_a_disputed_order_of_operators_asks_for_brackets() -> None:
    text = 'IsPresent([a]) || IsPresent([b]) = False || [b] = "x"'

    problem = only_problem(text)

    assert problem.kind is ProblemKind.AMBIGUOUS
    assert (problem.offset, problem.length) == (text.index("||"), 2)
    assert '"IsPresent([b]) = False"' in problem.remedy


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
def test_every_function_is_known_and_its_lower_case_is_not(name: str) -> None:
    function = FUNCTIONS[name]
    arguments = ",".join(["$x", *["1"] * (function.minimum - 1)][: function.minimum])
    text = f"{name.lower()}({arguments})"

    (unknown, *_) = problems(text)

    assert unknown.kind is ProblemKind.UNKNOWN_FUNCTION
    assert unknown.remedy == f'did you mean "{name}"; only the case differs'
    assert not {ProblemKind.UNKNOWN_FUNCTION, ProblemKind.ARITY} & {
        problem.kind for problem in problems(f"{name}({arguments})")
    }


@pytest.mark.parametrize("name", sorted(PARAMETERS))
def test_what_the_server_provides_is_not_noted(name: str) -> None:
    assert problems(f"%{name}%") == ()


@given(any_text | expressions.flatmap(laid_out))
def test_problems_never_raise_and_lie_within_the_text(text: str) -> None:
    found = problems(text)

    assert list(found) == sorted(found, key=lambda problem: problem.offset)
    for problem in found:
        assert 0 <= problem.offset <= problem.offset + problem.length <= len(text)
        assert all((problem.what, problem.expected, problem.remedy))
