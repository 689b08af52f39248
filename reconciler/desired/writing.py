"""
Writing: a value to tidy YAML that reads back as the same value.

`styling` decides the forms; changing a file that exists is left to `editing`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from io import StringIO
from typing import TYPE_CHECKING, Any, cast

from reconciler.desired.styling import HOUSE, Form, Spot, Style, Styled, styled
from reconciler.desired.text_decoding import UNPRINTABLE
from reconciler.model.nodes import Plain

if TYPE_CHECKING:
    import yaml

_STYLES = {Form.PLAIN: None, Form.DOUBLE: '"', Form.SINGLE: "'", Form.LITERAL: "|"}
_INVISIBLE = {code: f"\\u{code:04X}" for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))}


def new_text(
    document: Mapping[str, Plain],
    *,
    schema: str,
    comment: tuple[str, ...] = (),
    style: Style | None = None,
) -> str:
    """
    Return the text of a new document: schema line, comment lines, keys in the given order.

    `read_yaml` reads it back as the same values. Text must hold whole characters (no lone
    surrogates); raises ValueError for a number that is not finite.
    """
    head = (f"yaml-language-server: $schema={schema}", *_comment_lines(comment))
    lines = "".join(f"# {line}".rstrip() + "\n" for line in head)
    return lines + block_text(styled(document, Spot(style=style or HOUSE)))


def block_text(value: Styled, *, indented_lists: bool = True) -> str:
    """
    Return a styled collection as text that begins in column 0 and ends with a line end.

    `indented_lists` puts the items of a list below a key two columns to the right of it.
    """
    import yaml

    stream = StringIO()
    emitter = _emitter_type()(stream, indented_lists=indented_lists)
    emitter.emit(yaml.StreamStartEvent())
    emitter.emit(yaml.DocumentStartEvent(explicit=False))
    for event in _events(value):
        emitter.emit(event)
    emitter.emit(yaml.DocumentEndEvent(explicit=False))
    emitter.open_ended = False  # no "..." is needed at the end of a file
    emitter.emit(yaml.StreamEndEvent())
    return stream.getvalue().translate(_INVISIBLE)


@cache
def _emitter_type() -> type[Any]:
    """Return PyYAML's emitter with our two habits; made late, because the import is."""
    from yaml.emitter import Emitter

    class TidyEmitter(Emitter):
        """Indents lists below keys, and takes each scalar's form as it was decided."""

        def __init__(self, stream: StringIO, *, indented_lists: bool) -> None:
            super().__init__(stream, allow_unicode=True, width=_ENDLESS, line_break="\n")
            self._indented_lists = indented_lists

        def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: FBT001, FBT002 - its signature
            super().increase_indent(flow, indentless and not self._indented_lists)

        def choose_scalar_style(self) -> str:
            event = cast("yaml.ScalarEvent", self.event)  # it asks for scalars alone
            self.analysis = self.analyze_scalar(event.value)
            return event.style or ""

    return TidyEmitter


_ENDLESS = 1 << 30


def _comment_lines(comment: tuple[str, ...]) -> Iterator[str]:
    for text in comment:
        for line in text.split("\n"):
            yield UNPRINTABLE.sub("\ufffd", line.replace("\r", ""))


def _events(value: Styled) -> Iterator[yaml.Event]:
    import yaml

    if value.members is not None:
        yield yaml.MappingStartEvent(None, None, True, flow_style=value.is_flow)  # noqa: FBT003 - its signature
        for name, member in value.members:
            yield from _events(name)
            yield from _events(member)
        yield yaml.MappingEndEvent()
    elif value.items is not None:
        yield yaml.SequenceStartEvent(None, None, True, flow_style=value.is_flow)  # noqa: FBT003 - its signature
        for item in value.items:
            yield from _events(item)
        yield yaml.SequenceEndEvent()
    else:
        implicit = (True, True)
        yield yaml.ScalarEvent(None, None, implicit, value.text, style=_STYLES[value.form])
