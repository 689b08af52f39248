"""Two long texts among the lines of a finding, shown where they differ instead of cut alike."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from reconciler.report.blocks import Span
from reconciler.report.outline.word_diff import word_difference
from reconciler.report.visible import visible

_IN_GIT = re.compile(r"(\s*in git\s+)(.*)", re.DOTALL)
_ON_SERVER = re.compile(r"(\s*on server\s+)(.*)", re.DOTALL)
_LONG = 90  # characters that a line shows whole
_MOST = 320  # characters of a side
_KEPT = 40  # equal characters before the first difference of two long words


def compared(lines: Sequence[str]) -> Iterator[str]:
    """Yield the lines; of two long texts, git's and the server's, equal stretches are left out."""
    pending = list(lines)
    path = ""
    while pending:
        line = pending.pop(0)
        in_git = _IN_GIT.fullmatch(line)
        on_server = _ON_SERVER.fullmatch(pending[0]) if in_git and pending else None
        if in_git and on_server and max(len(in_git[2]), len(on_server[2])) > _LONG:
            pending.pop(0)
            is_expression = path.endswith("expression")
            sides = _sides(in_git[2], on_server[2], is_expression=is_expression)
            yield f"{in_git[1]}{sides[0]}"
            yield f"{on_server[1]}{sides[1]}"
        else:
            yield line
        path = line


def _sides(one: str, other: str, *, is_expression: bool) -> tuple[str, str]:
    spans = word_difference(one, other, is_expression=is_expression)
    texts = _text(spans[0]), _text(spans[1])
    if max(map(len, texts)) <= _MOST:
        return texts
    start = max(0, _first_difference(*texts) - _KEPT)
    mark = "…" if start else ""
    return f"{mark}{texts[0][start:]}", f"{mark}{texts[1][start:]}"


def _first_difference(one: str, other: str) -> int:
    pairs = zip(one, other, strict=False)
    return next((at for at, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


def _text(spans: Sequence[Span]) -> str:
    return visible("".join(span.text for span in spans))
