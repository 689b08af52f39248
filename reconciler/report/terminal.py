"""
The terminal form: plain text, or the same text with colours.

Only colours need rich, and only its styles: no text from the world is ever read as markup.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from reconciler.report.blocks import Outline
from reconciler.report.layout import Row, Segment, Tone, laid_out

NARROWEST = 60
"""Columns below which a plan is not readable; a narrower terminal wraps it itself."""

_STYLES = {
    Tone.STRONG: "bold",
    Tone.QUIET: "dim",
    Tone.ADDED: "green",
    Tone.REMOVED: "red",
    Tone.CHANGED: "yellow",
    Tone.ADDED_WORD: "bold green underline",
    Tone.REMOVED_WORD: "bold red underline",
    Tone.LOUD: "bold red",
}


def render_terminal(outline: Outline, *, width: int, colour: bool) -> str:
    """Return the report for a screen of `width` columns, lines ended by line feeds."""
    rows = laid_out(outline, width=max(width, NARROWEST))
    paint = _painter() if colour else _plain
    return "".join(f"{line}\n" for line in _lines(rows, paint))


def _lines(rows: Iterable[Row], paint: Callable[[Segment], str]) -> Iterable[str]:
    for row in rows:
        *front, last = row or (Segment(""),)
        shown = Segment(last.text.rstrip(" "), last.tone)
        yield "".join(paint(segment) for segment in (*front, shown)).rstrip(" ")


def _plain(segment: Segment) -> str:
    return segment.text


def _painter() -> Callable[[Segment], str]:
    from rich.color import ColorSystem
    from rich.style import Style

    styles = {tone: Style.parse(style) for tone, style in _STYLES.items()}

    def paint(segment: Segment) -> str:
        style = styles.get(segment.tone)
        if style is None or not segment.text.strip(" "):
            return segment.text
        return style.render(segment.text, color_system=ColorSystem.STANDARD)

    return paint
