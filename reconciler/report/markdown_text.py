"""
Text from the world inside Markdown: in a code span, in a fence, or in the title of a `<details>`.

There is no fourth way. In these three nothing is markup, a mention, a reference or a link; plain
prose holds our own words and numbers alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from reconciler.report.visible import visible

_HTML = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"})
_PUNCTUATION = re.compile(r"([\\`*_{}\[\]<>#|~@&])")


def code(text: str) -> str:
    r"""
    Return a code span that shows the text; its fence is longer than any run of backticks inside.

    >>> code("a `b`")
    '`` a `b` ``'
    """
    shown = visible(text) or '""'
    fence = "`" * (_longest_run(shown) + 1)
    needs_room = shown.startswith(("`", " ")) or shown.endswith(("`", " "))
    room = " " if needs_room else ""
    return f"{fence}{room}{shown}{room}{fence}"


def fenced(lines: Sequence[str], *, language: str) -> str:
    """Return a code block of the lines, with a fence that no line can close."""
    shown = [visible(line) for line in lines]
    fence = "`" * max(3, *(_longest_run(line) + 1 for line in shown))
    return "\n".join([f"{fence}{language}", *shown, fence])


def html_code(text: str) -> str:
    """Return the text as code in HTML: in the title of a `<details>` Markdown is not read."""
    return f"<code>{visible(text).translate(_HTML)}</code>"


def html_prose(text: str) -> str:
    """Return our own words for HTML."""
    return visible(text).translate(_HTML)


def prose(text: str) -> str:
    """Return our own words so that no character of them is markup."""
    return _PUNCTUATION.sub(r"\\\1", visible(text))


def _longest_run(text: str) -> int:
    return max((len(run) for run in re.findall("`+", text)), default=0)
