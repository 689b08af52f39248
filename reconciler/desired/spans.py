"""
Spans: where the keys and values of a valid document begin and end in its text.

Only `revising` needs them; findings live on places, which know only the beginning.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    import yaml

_BLOCK_SIGN = re.compile(r"[|>][0-9+-]{0,2}", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """
    A value and its text `[start, end)`, without the comment and the line end after it.

    `head` is the end of the sign of a block scalar (`|-`), else `end`. `key` is the text of the key
    above a member; `dash` is where the "-" of an item of a block list stands.
    """

    start: int
    end: int
    head: int
    quote: str = ""
    is_flow: bool = False
    key: tuple[int, int] | None = None
    dash: int | None = None
    items: tuple[Span, ...] | None = None
    members: dict[str, Span] | None = None

    @property
    def first(self) -> int:
        """Return where the member or item begins, its key or dash included."""
        if self.key:
            return self.key[0]
        return self.start if self.dash is None else self.dash


class Lines:
    """The beginnings of the lines of a text."""

    def __init__(self, text: str) -> None:
        """Take the text, whose line ends are LF."""
        self.text = text
        self._starts = [0, *(match.end() for match in re.finditer("\n", text))]

    def offset(self, mark: yaml.Mark) -> int:
        """Return the position of a parser's mark."""
        line = self._starts[min(mark.line, len(self._starts) - 1)]
        return min(line + mark.column, len(self.text))

    def start_of(self, position: int) -> int:
        """Return where the line of a position begins."""
        return self._starts[bisect_right(self._starts, position) - 1]

    def end_of(self, position: int) -> int:
        """Return where the line of a position ends, before its line end."""
        found = self.text.find("\n", position)
        return len(self.text) if found < 0 else found

    def after(self, position: int) -> Sequence[int]:
        """Return where the lines below the one of a position begin."""
        return self._starts[bisect_right(self._starts, position) :]

    def column(self, position: int) -> int:
        """Return the column of a position, counted from 0."""
        return position - self.start_of(position)


def span_of(text: str) -> Span:
    """Return the spans of a document that `read_yaml` found nothing wrong with."""
    import yaml

    node = yaml.compose(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return _span(cast("yaml.Node", node), Lines(text))  # None is only for an empty text


def _span(
    node: yaml.Node,
    lines: Lines,
    *,
    key: tuple[int, int] | None = None,
    dash: int | None = None,
) -> Span:
    import yaml

    start = lines.offset(node.start_mark)
    if isinstance(node, yaml.ScalarNode):
        return _scalar(node, lines, start, key=key, dash=dash)
    members = dict(_members(node, lines)) if isinstance(node, yaml.MappingNode) else None
    items = tuple(_items(node, lines)) if isinstance(node, yaml.SequenceNode) else None
    parts = [*(members or {}).values(), *(items or ())]
    is_flow = bool(cast("yaml.CollectionNode", node).flow_style)
    end = lines.offset(node.end_mark) if is_flow else parts[-1].end
    return Span(
        start=start,
        end=end,
        head=end,
        is_flow=is_flow,
        key=key,
        dash=dash,
        items=items,
        members=members,
    )


def _members(node: yaml.MappingNode, lines: Lines) -> Iterator[tuple[str, Span]]:
    for name, value in node.value:
        key = (lines.offset(name.start_mark), lines.offset(name.end_mark))
        yield name.value, _span(value, lines, key=key)


def _items(node: yaml.SequenceNode, lines: Lines) -> Iterator[Span]:
    dash = lines.offset(node.start_mark)
    column, end = lines.column(dash), dash
    for number, item in enumerate(node.value):
        if number and not node.flow_style:
            dash = _next_dash(lines, end, column)
        span = _span(item, lines, dash=None if node.flow_style else dash)
        end = span.end
        yield span


def _next_dash(lines: Lines, after: int, column: int) -> int:
    """Return where the "-" of the next item stands: in its list's column, first on its line."""
    begin = " " * column + "-"
    starts = (line for line in lines.after(after) if lines.text.startswith(begin, line))
    return next(starts) + column


def _scalar(
    node: yaml.ScalarNode,
    lines: Lines,
    start: int,
    *,
    key: tuple[int, int] | None,
    dash: int | None,
) -> Span:
    end = lines.offset(node.end_mark)
    head = end
    if node.style in ("|", ">"):
        sign = _BLOCK_SIGN.match(lines.text, start)
        head = sign.end() if sign else end
        keeps_blank_lines = "+" in lines.text[start:head]
        body = lines.text[start:end]
        end = start + len(body.rstrip(" \n") if not keeps_blank_lines else body.removesuffix("\n"))
        end = max(end, head)
    return Span(start=start, end=end, head=head, quote=node.style or "", key=key, dash=dash)
