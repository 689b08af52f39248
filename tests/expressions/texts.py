"""Strategies for expressions as rows of tokens, and for laying them out with any blanks."""

from __future__ import annotations

from hypothesis import strategies as st

from reconciler.expressions.functions import FUNCTIONS
from reconciler.expressions.syntax import Operator
from reconciler.expressions.vocabulary import KEYWORDS

Tokens = list[str]

_LITERAL_CHARACTERS = st.characters(codec="utf-8", exclude_characters='"\\')

literals = st.builds(
    lambda parts: '"' + "".join(parts) + '"',
    st.lists(_LITERAL_CHARACTERS | st.sampled_from(['\\"', "\\\\", "\\n", " ", "  "]), max_size=8),
)

_OPERANDS = st.one_of(
    literals,
    st.sampled_from(sorted(KEYWORDS)),
    st.sampled_from(["[mail]", "[mS-DS-ConsistencyGuid]", "[ spaced name ]"]),
    st.sampled_from(["%Domain.FQDN%", "%ADS_UF_ACCOUNTDISABLE%", "$item"]),
    st.integers(min_value=-(2**63), max_value=2**63 - 1).map(str),
    st.integers(min_value=0, max_value=2**64 - 1).map("&H{:X}".format),
)


def _call(name: str, arguments: list[Tokens]) -> Tokens:
    inside: Tokens = []
    for position, argument in enumerate(arguments):
        inside += [",", *argument] if position else argument
    return [name, "(", *inside, ")"]


def _larger(smaller: st.SearchStrategy[Tokens]) -> st.SearchStrategy[Tokens]:
    operators = st.sampled_from([operator.value for operator in Operator])
    return st.one_of(
        smaller.map(lambda inner: ["(", *inner, ")"]),
        st.builds(lambda a, op, b: [*a, op, *b], smaller, operators, smaller),
        st.builds(_call, st.sampled_from(sorted(FUNCTIONS)), st.lists(smaller, max_size=3)),
    )


expressions: st.SearchStrategy[Tokens] = st.recursive(
    _OPERANDS.map(lambda token: [token]),
    _larger,
    max_leaves=12,
)


@st.composite
def laid_out(draw: st.DrawFn, tokens: Tokens) -> str:
    """Put any blanks between the tokens; "&" before "&HF" needs one, or it would read "&&"."""
    text = draw(_BLANKS)
    before = ""
    for token in tokens:
        glues = before == "&" and token.startswith("&H")
        text += (draw(_BLANKS.filter(bool)) if glues else draw(_BLANKS)) + token
        before = token
    return text + draw(_BLANKS)


_BLANKS = st.text(alphabet=" \t\r\n", max_size=3)

_PIECES = (
    *("[", "]", "[a]", "(", ")", ",", "IIF", "Trim(", "Not", "True", "$x", "%A%", "%", "12", "1.5"),
    *("-", "-1", "&", "&H", "&HF", "=", "<>", "||", "|", '"', '\\"', " ", "\n"),
    *("\u201c", "\u00a0", "\udcff", "\x00"),
)

# Arbitrary characters, and rows of pieces that look like the language.
any_text = st.text(max_size=60) | st.lists(st.sampled_from(_PIECES), max_size=30).map("".join)
