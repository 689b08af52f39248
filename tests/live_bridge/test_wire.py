"""What goes over the wire: the mark before every string, the envelope, the lines."""

from __future__ import annotations

import base64
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reconciler.live.bridge.wire import (
    BridgeReplyError,
    from_text,
    line_content,
    marked,
    reply_from,
    request_line,
    to_text,
    unmarked,
)
from reconciler.model.nodes import Plain
from tests.live_bridge.bridge_json import marked_text, reply_value

TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=20,
)


def without(name: str) -> dict[str, Plain]:
    reply = reply_value(None)
    del reply[name]
    return reply


@given(VALUES)
def test_a_value_comes_back_as_it_went(value: Plain) -> None:
    assert unmarked(marked(value)) == value
    assert from_text(to_text(value)) == value


@given(VALUES)
def test_what_is_sent_is_one_line_of_ascii(value: Plain) -> None:
    text = to_text(value)

    assert text.isascii()
    assert text.isprintable()


@given(TEXTS, st.lists(TEXTS))
def test_every_text_is_sent_with_exactly_one_mark(text: str, others: list[str]) -> None:
    sent = json.loads(to_text({"text": text, "others": [*others]}))

    assert sent == {"text": f"={text}", "others": [f"={other}" for other in others]}


@pytest.mark.parametrize("text", ["2026-05-03T14:28:09", "/Date(0)/", "=1+1", "=", "null", "\0"])
def test_texts_that_look_like_something_else_stay_texts(text: str) -> None:
    assert from_text(to_text([text])) == [text]


def test_a_text_without_its_mark_is_named_with_its_path() -> None:
    with pytest.raises(BridgeReplyError, match=r"value\.rules\[1\]\.name is a text without"):
        from_text('{"value": {"rules": [{"name": "=a"}, {"name": "b"}]}}')


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("", "not JSON"),
        ('{"a": ', "not JSON"),
        (b'{"a": "\xff"}', "not UTF-8"),
        ("[" * 100_000, "nested too deeply"),
        ('{"a": 1, "a": 2}', "twice"),
        ("[NaN]", "NaN is no number"),
    ],
)
def test_a_text_that_is_no_value_is_refused(text: str | bytes, what: str) -> None:
    with pytest.raises(BridgeReplyError, match=what):
        from_text(text)


def test_a_reply_is_read_with_all_that_the_envelope_holds() -> None:
    text = marked_text(reply_value({"a": [1]}, id="r-1", revision="aa", generation=None))

    reply = reply_from(text)

    assert (reply.contract, reply.id, reply.value) == ("1.0", "r-1", {"a": [1]})
    assert (reply.revision, reply.generation, reply.error) == ("aa", None, None)


def test_an_error_of_the_bridge_is_a_reply() -> None:
    error: Plain = {"code": "busy", "target": "corp", "text": "a cycle runs"}

    reply = reply_from(marked_text(reply_value(None, ok=False, error=error)))

    assert reply.error is not None
    assert (reply.error.code, reply.error.target, reply.error.text) == (
        "busy",
        "corp",
        "a cycle runs",
    )


def test_a_later_minor_contract_may_add_members() -> None:
    assert reply_from(marked_text(reply_value(7, contract="1.9", more=[1]))).value == 7


@pytest.mark.parametrize(
    ("reply", "what"),
    [
        ([], "no object"),
        (reply_value(None, contract="2.0"), 'contract "2.0"'),
        (reply_value(None, contract="1"), 'contract "1"'),
        (reply_value(None, contract=1), "contract is a number"),
        (reply_value(None, ok="yes"), "ok is a text"),
        (reply_value(None, ok=False), "has no error"),
        (reply_value(None, error={"code": "x", "target": "", "text": ""}), "ok has an error"),
        (reply_value(None, ok=False, error={"code": "x"}), "error.target is missing"),
        (reply_value(None, server_time="yesterday"), "server_time"),
        (reply_value(None, server_time="2026-11-02T06:15:00"), "server_time"),
        (reply_value(None, revision=7), "revision is a number"),
        *((without(name), f"{name} is missing") for name in ("contract", "id", "ok", "value")),
    ],
)
def test_a_reply_that_is_not_as_the_contract_says_is_refused(reply: Plain, what: str) -> None:
    with pytest.raises(BridgeReplyError, match=what):
        reply_from(marked_text(reply))


@given(TEXTS, st.dictionaries(TEXTS, TEXTS, max_size=3))
def test_a_request_is_one_line_that_says_what_is_asked(
    function: str, arguments: dict[str, str]
) -> None:
    line = request_line(function, arguments)
    content = line_content(line)

    assert line.endswith(b"\n")
    assert line.count(b"\n") == 1
    assert content is not None
    assert from_text(content) == {"function": function, "arguments": arguments}


@pytest.mark.parametrize(
    "line", [b"", b"\n", b"WARNING: careful\n", b"RC1\n", b"RC2 e30=\n", b" RC1 e30=\n"]
)
def test_other_lines_are_noise(line: bytes) -> None:
    assert line_content(line) is None


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b""])
def test_a_line_is_read_whatever_its_end_and_behind_a_byte_order_mark(end: bytes) -> None:
    line = b"\xef\xbb\xbfRC1 " + base64.b64encode(b"{}") + end

    assert line_content(line) == b"{}"


@pytest.mark.parametrize("text", [b"RC1 ???", b"RC1 e30", b"RC1 e3 0="])
def test_a_line_that_is_not_base64_is_refused(text: bytes) -> None:
    with pytest.raises(BridgeReplyError, match="not base64"):
        line_content(text)
