"""How a message of this room quotes what a person wrote."""

from __future__ import annotations

_LONGEST = 80


def quoted(text: str) -> str:
    """Return the text in double quotes, control characters escaped, cut at 80 characters."""
    shown = "".join(map(_visible, text[: _LONGEST + 1]))
    return f'"{shown[: _LONGEST - 1]}…"' if len(shown) > _LONGEST else f'"{shown}"'


def _visible(character: str) -> str:
    if character.isprintable():
        return character
    return character.encode("unicode_escape", "backslashreplace").decode("ascii")
