"""Arbitrary rules, names and values for property tests; other folders use them too."""

from __future__ import annotations

from collections.abc import Mapping

from hypothesis import strategies as st

from reconciler.expressions.canonical import canonical
from reconciler.kinds.rules.normal_form import from_document
from reconciler.model.nodes import Plain
from reconciler.model.rules import OPERATORS, Direction, LinkType, MergeType

TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=12)
WORDS = st.sampled_from(
    ["department", "division", "employeeID", "mail", "title", "cloudFiltered", "Straße"]
)
EXPRESSIONS = st.sampled_from(
    [
        "Trim([department])",
        'IIF(IsPresent([mail]), [mail], "none")',
        '[title] & "  " & [division]',
        "AuthoritativeNull",
        "Trim([department]",
        'Switch([division], "F&E", "R and D")',
    ]
)
SPANS = st.sampled_from(["00:00:00", "01:00:00", "30.00:00:00"])


def document_rules() -> st.SearchStrategy[dict[str, Plain]]:
    """Return rules as documents have them, without name and connector; many fields left out."""
    required: Mapping[str, st.SearchStrategy[Plain]] = {
        "direction": st.sampled_from([*map(str, Direction)]),
        "source": WORDS,
        "target": WORDS,
        "link": st.sampled_from([*map(str, LinkType)]),
        "precedence": precedences(),
    }
    optional: Mapping[str, st.SearchStrategy[Plain]] = {
        "description": TEXT,
        "disabled": st.booleans(),
        "password_sync": st.booleans(),
        "soft_delete_expiry": SPANS,
        "scope": groups(scope_conditions()),
        "join": groups(join_conditions()),
        "flows": st.dictionaries(WORDS, flows(), max_size=4).map(dict),
    }
    return st.fixed_dictionaries(dict(required), optional=dict(optional))


def rules() -> st.SearchStrategy[dict[str, Plain]]:
    """Return rules in their normal form: every field is there."""
    return document_rules().map(from_document)


def precedences() -> st.SearchStrategy[Plain]:
    """Return numbers, wishes and insertions."""
    wish: st.SearchStrategy[Plain] = st.one_of(
        st.builds(lambda name: {"before": name}, WORDS),
        st.builds(lambda name: {"after": name}, WORDS),
        st.just({"insert_before": "corp/Microsoft.InfromADUserJoin"}),
        st.just({"insert_after": "last"}),
    )
    return st.integers(0, 300) | wish


def scope_conditions() -> st.SearchStrategy[dict[str, Plain]]:
    """Return scope conditions with and without a value."""
    return st.fixed_dictionaries(
        {"attribute": WORDS, "operator": st.sampled_from([*OPERATORS])}, optional={"value": TEXT}
    )


def join_conditions() -> st.SearchStrategy[dict[str, Plain]]:
    """Return join conditions with and without the case-sensitive flag."""
    return st.fixed_dictionaries(
        {"cs": WORDS, "mv": WORDS}, optional={"case_sensitive": st.booleans()}
    )


def groups(conditions: st.SearchStrategy[dict[str, Plain]]) -> st.SearchStrategy[Plain]:
    """Return lists of groups of conditions, empty groups and repeats included."""
    return st.lists(st.lists(conditions, max_size=3), max_size=3).map(_plain)


def flows() -> st.SearchStrategy[dict[str, Plain]]:
    """Return flows of all three types with and without their flags."""
    flags: Mapping[str, st.SearchStrategy[Plain]] = {
        "merge": st.sampled_from([*map(str, MergeType)]),
        "execute_once": st.booleans(),
    }
    several: st.SearchStrategy[Plain] = st.lists(WORDS, min_size=1, max_size=2).map(_plain)
    listed: st.SearchStrategy[Plain] = st.lists(WORDS, max_size=2).map(_plain)
    return st.one_of(
        st.fixed_dictionaries({"from": WORDS | several}, optional=dict(flags)),
        st.fixed_dictionaries({"constant": TEXT}, optional=dict(flags)),
        st.fixed_dictionaries({"expression": EXPRESSIONS}, optional={"sources": listed, **flags}),
    )


def respaced(fields: Mapping[str, Plain]) -> dict[str, Plain]:
    """Return a rule whose expressions have other blanks outside literals, and nothing else."""
    found = fields["flows"]
    assert isinstance(found, dict)
    return {**fields, "flows": {target: _respaced(flow) for target, flow in found.items()}}


def _respaced(flow: Plain) -> Plain:
    if not isinstance(flow, dict) or "expression" not in flow:
        return flow
    text = str(flow["expression"])
    spaced = text.replace("(", "(  \n ").replace(",", " ,")
    return {**flow, "expression": spaced} if canonical(spaced) == canonical(text) else flow


def _plain(value: object) -> Plain:
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {str(name): _plain(item) for name, item in value.items()}
    assert value is None or isinstance(value, str | int | float | bool)
    return value
