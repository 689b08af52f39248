"""
Everything that can be said against an expression without knowing a schema or a connector.

How serious a kind of problem is, and which code it gets, is decided by those who report it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from reconciler.expressions.functions import FUNCTIONS, Function
from reconciler.expressions.parsing import ExpressionSyntaxError, parse
from reconciler.expressions.quoting import quoted
from reconciler.expressions.readings import disputed, to_bracket
from reconciler.expressions.syntax import Call, Node, Parameter, Variable, children, walk
from reconciler.expressions.vocabulary import KEYWORDS, PARAMETERS, closest


class ProblemKind(StrEnum):
    """What can be wrong, or worth a note; the last three are never errors by themselves."""

    SYNTAX = "syntax"
    UNKNOWN_FUNCTION = "unknown-function"
    ARITY = "arity"
    UNKNOWN_VARIABLE = "unknown-variable"
    MISSING_VARIABLE = "missing-variable"
    UNLISTED_PARAMETER = "unlisted-parameter"
    AMBIGUOUS = "ambiguous"
    UNDOCUMENTED = "undocumented"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing to say about the characters from `offset` (0-based) on."""

    kind: ProblemKind
    offset: int
    length: int
    what: str
    expected: str
    remedy: str


@lru_cache(maxsize=1024)
def problems(text: str) -> tuple[Problem, ...]:
    """Return all that is wrong with an expression, in the order of the text; never raises."""
    try:
        tree = parse(text)
    except ExpressionSyntaxError as refusal:
        return (_syntax(refusal),)
    found = [*_in_calls(tree, text), *_in_names(tree), *_in_operators(tree, text)]
    return tuple(sorted(found, key=lambda problem: (problem.offset, problem.kind)))


def _syntax(refusal: ExpressionSyntaxError) -> Problem:
    return Problem(
        kind=ProblemKind.SYNTAX,
        offset=refusal.offset,
        length=refusal.length,
        what=refusal.what,
        expected=refusal.expected,
        remedy=refusal.remedy,
    )


def _in_calls(tree: Node, text: str) -> Iterator[Problem]:
    noted: set[str] = set()
    for call in walk(tree):
        if not isinstance(call, Call):
            continue
        function = FUNCTIONS.get(call.function)
        if function is None:
            yield _unknown_function(call)
            continue
        if not function.documented and function.name not in noted:
            noted.add(function.name)
            yield _undocumented(call)
        if not function.accepts(len(call.arguments)):
            yield _arity(call, function)
        elif function.name in _BINDING and not isinstance(call.arguments[0], Variable):
            yield _missing_variable(call, text)


def _in_names(tree: Node) -> Iterator[Problem]:
    waiting: list[tuple[Node, frozenset[str]]] = [(tree, frozenset())]
    while waiting:
        node, bound = waiting.pop()
        match node:
            case Call():
                waiting.extend(_arguments(node, bound))
            case Variable() if node.name not in bound:
                yield _unknown_variable(node, bound)
            case Parameter() if node.name not in PARAMETERS:
                yield _unlisted_parameter(node)
            case _:
                waiting.extend((child, bound) for child in children(node))


def _arguments(call: Call, bound: frozenset[str]) -> Iterator[tuple[Node, frozenset[str]]]:
    """Yield the arguments to look into, each with the variables that are bound there."""
    first = call.arguments[0] if call.arguments else None
    if call.function not in _BINDING or not isinstance(first, Variable):
        yield from ((argument, bound) for argument in call.arguments)
        return
    for position, argument in enumerate(call.arguments[1:], start=1):
        # Only the last of the three arguments sees the variable (2.5).
        yield argument, (bound | {first.name} if position > 1 else bound)


_BINDING = frozenset({"Select", "Where", "With"})


def _at_name(kind: ProblemKind, call: Call, *, what: str, expected: str, remedy: str) -> Problem:
    return Problem(
        kind=kind,
        offset=call.start,
        length=len(call.function),
        what=what,
        expected=expected,
        remedy=remedy,
    )


# Functions of the sibling languages and a misprint of the article, with what to write instead.
_FOREIGN_FUNCTIONS = {
    "append": 'join texts with "&"',
    "concat": 'join texts with "&"',
    "concatenate": 'join texts with "&"',
    "coalesce": "write IIF(IsPresent(…), …, …)",
    "if": 'did you mean "IIF"',
    "not": "compare with False instead",
    "random": 'did you mean "RandomNum"',
    "substring": 'did you mean "Mid"',
    "tolower": 'did you mean "LCase"',
    "toupper": 'did you mean "UCase"',
}


def _unknown_function(call: Call) -> Problem:
    return _at_name(
        ProblemKind.UNKNOWN_FUNCTION,
        call,
        what=f"unknown function {quoted(call.function)}",
        expected="one of the functions of sync rules; function names are case-sensitive",
        remedy=_function_remedy(call.function),
    )


def _function_remedy(name: str) -> str:
    if name in KEYWORDS:
        return f'write "{name}" without brackets: it is a word, not a function'
    likely = closest(name, FUNCTIONS)
    if likely is not None and likely.casefold() == name.casefold():
        return f'did you mean "{likely}"; only the case differs'
    foreign = _FOREIGN_FUNCTIONS.get(name.casefold())
    if foreign is not None:
        return foreign
    return f'did you mean "{likely}"' if likely else "look it up in the functions reference"


def _undocumented(call: Call) -> Problem:
    return _at_name(
        ProblemKind.UNDOCUMENTED,
        call,
        what=f'the function "{call.function}" is documented nowhere',
        expected="functions that the vendor describes",
        remedy="leave it where a standard rule uses it; do not build on it in rules of your own",
    )


def _arity(call: Call, function: Function) -> Problem:
    count = len(call.arguments)
    return _at_name(
        ProblemKind.ARITY,
        call,
        what=f'"{function.name}" is given {_counted(count)}',
        expected=f"{_accepted(function)}: {' or '.join(function.signatures)}",
        remedy=_arity_remedy(function, count=count),
    )


def _arity_remedy(function: Function, *, count: int) -> str:
    if count < function.minimum:
        return f"add {function.minimum - count} more, or check where its brackets close"
    if function.maximum is not None and count > function.maximum:
        return f"remove {count - function.maximum}, or check where its brackets close"
    return "give each condition its value"


def _accepted(function: Function) -> str:
    if function.paired:
        return "arguments in pairs of a condition and a value"
    if function.maximum is None or function.minimum == function.maximum:
        return _counted(function.minimum)
    between = "or" if function.maximum == function.minimum + 1 else "to"
    return f"{function.minimum} {between} {_counted(function.maximum)}"


def _counted(count: int) -> str:
    if not count:
        return "no argument"
    return "1 argument" if count == 1 else f"{count} arguments"


def _missing_variable(call: Call, text: str) -> Problem:
    first = call.arguments[0]
    return Problem(
        kind=ProblemKind.MISSING_VARIABLE,
        offset=first.start,
        length=first.end - first.start,
        what=f'"{call.function}" begins with {quoted(text[first.start : first.end])}',
        expected=f"a variable: {FUNCTIONS[call.function].signatures[0]}",
        remedy="name a variable first, such as $item, and use it in the last argument",
    )


def _unknown_variable(variable: Variable, bound: frozenset[str]) -> Problem:
    likely = closest(variable.name, bound)
    return Problem(
        kind=ProblemKind.UNKNOWN_VARIABLE,
        offset=variable.start,
        length=variable.end - variable.start,
        what=f"the variable {quoted(f'${variable.name}')} is not bound here",
        expected="a variable that Select, Where or With around it names first",
        remedy=(
            f'did you mean "${likely}"'
            if likely
            else "a variable is known only in the last argument of the function that names it"
        ),
    )


def _unlisted_parameter(parameter: Parameter) -> Problem:
    likely = closest(parameter.name, PARAMETERS)
    return Problem(
        kind=ProblemKind.UNLISTED_PARAMETER,
        offset=parameter.start,
        length=parameter.end - parameter.start,
        what=f"no server provides the parameter {quoted(f'%{parameter.name}%')} by itself",
        expected="a parameter such as %Domain.FQDN%, or one that an administrator has added",
        remedy=(
            f'did you mean "%{likely}%"; names are matched exactly'
            if likely
            else "check that it was added to the connector"
        ),
    )


def _in_operators(tree: Node, text: str) -> Iterator[Problem]:
    node = disputed(text, tree=tree)
    if node is None:
        return
    part = to_bracket(node)
    yield Problem(
        kind=ProblemKind.AMBIGUOUS,
        offset=node.operator_start,
        length=len(node.operator),
        what=f'what "{node.operator}" applies to depends on the order of the operators',
        expected="brackets, because the documentation and the standard rules disagree",
        remedy=f"add brackets, first around what is read as {quoted(text[part.start : part.end])}",
    )
