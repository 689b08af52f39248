"""
Revising: the smallest replacements that turn the text of one document into that of another.

`editing` is the door: it says what shall stand; here is where the characters go.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from reconciler.desired.equality import frozen_plain
from reconciler.desired.spans import Lines, Span, span_of
from reconciler.desired.styling import Form, Spot, Style, Styled, may_be_literal, styled
from reconciler.desired.writing import block_text
from reconciler.model.nodes import Plain

_LIST_BELOW_KEY = re.compile(r"^( *)[^\s#-][^\n]*:[ ]*\n\1- ", re.MULTILINE)


def revision_of(text: str, old: Plain, new: Mapping[str, Plain], *, style: Style) -> str:
    """Return the text of `old`, whose line ends are LF, changed to that of `new`."""
    revision = _Revision(text, style)
    revision.value(span_of(text), old, dict(new), Spot(style=style))
    return revision.result()


class _Revision:
    """Replacements `(start, end, new text)`, collected while walking both documents."""

    def __init__(self, text: str, style: Style) -> None:
        self._text = text
        self._lines = Lines(text)
        self._style = style
        self._replacements: list[tuple[int, int, int, str]] = []
        self._indents_lists = _LIST_BELOW_KEY.search(text) is None

    def result(self) -> str:
        """Make the replacements, last first; of two insertions at one position the order stays."""
        text = self._text
        for start, end, _, new in sorted(self._replacements, reverse=True):
            text = text[:start] + new + text[end:]
        return text

    def value(self, span: Span, old: Plain, new: Plain, spot: Spot) -> None:
        """Change the value at a span where it differs; `spot` is where it stands."""
        if frozen_plain(old) == frozen_plain(new):
            return
        if isinstance(old, dict) and isinstance(new, dict) and self._keeps_members(span, old, new):
            self._mapping(span, old, new, spot)
        elif isinstance(old, list) and isinstance(new, list) and self._keeps_items(span, old, new):
            self._list(span, old, new)
        else:
            self._replace(span, new, spot)

    def _keeps_members(
        self, span: Span, old: Mapping[str, Plain], new: Mapping[str, Plain]
    ) -> bool:
        if span.is_flow:
            return list(old) == list(new) and not any(map(_is_collection, new.values()))
        explicit = any(self._text[: member.first].endswith("? ") for member in _members(span))
        return not explicit and bool(old.keys() & new.keys())

    def _keeps_items(self, span: Span, old: Sequence[Plain], new: Sequence[Plain]) -> bool:
        return not span.is_flow and any(
            tag == "equal" or _paired(old[start:end], new[new_start:new_end])
            for tag, start, end, new_start, new_end in _matches(old, new)
        )

    def _mapping(
        self, span: Span, old: Mapping[str, Plain], new: Mapping[str, Plain], spot: Spot
    ) -> None:
        members = span.members or {}
        if span.is_flow:
            for name, member in members.items():
                self.value(member, old[name], new[name], spot.inside(name))
            return
        here = Spot(style=self._style, indent=self._lines.column(span.start))
        kept = [name for name in members if name in new]
        self._remove([members[name] for name in members if name not in new], members[kept[0]])
        for name in kept:
            self.value(members[name], old[name], new[name], here.member(name, width=len(name)))
        before: str | None = None
        for name, value in new.items():
            if name in members:
                before = name
                continue
            after = members[before] if before is not None else None
            lines = self._block(_only_member(name, value, here))
            self._insert(lines, after=after, first=members[kept[0]], indent=here.indent)

    def _list(self, span: Span, old: Sequence[Plain], new: Sequence[Plain]) -> None:
        items = span.items or ()
        here = Spot(style=self._style, indent=self._lines.column(span.start))
        kept: list[Span] = []
        gone: list[Span] = []
        added: list[tuple[int, Plain]] = []
        for tag, start, end, new_start, new_end in _matches(old, new):
            if tag == "equal":
                kept += items[start:end]
                continue
            pairs = _paired(old[start:end], new[new_start:new_end])
            for number in range(pairs):
                item = items[start + number]
                self.value(item, old[start + number], new[new_start + number], here.item())
            kept += items[start : start + pairs]
            gone += items[start + pairs : end]
            added += [(len(kept), item) for item in new[new_start + pairs : new_end]]
        self._remove(gone, kept[0])
        for number, value in added:
            lines = self._block(Styled(items=(styled(value, here.item()),)))
            after = kept[number - 1] if number else None
            self._insert(lines, after=after, first=kept[0], indent=here.indent)

    def _remove(self, spans: Sequence[Span], first_kept: Span) -> None:
        """Remove members or items with their lines; comments on lines of their own stay."""
        if spans and not self._owns_its_line(spans[0]):
            self._remove_beginning(spans[0], first_kept)
            spans = [span for span in spans if span.first > first_kept.first]
        for span in spans:
            end = min(self._lines.end_of(span.end) + 1, len(self._text))
            self._replaced(self._lines.start_of(span.first), end, "")

    def _remove_beginning(self, first: Span, first_kept: Span) -> None:
        """Remove what stands right behind the dash of an item, up to the first that is kept."""
        gap = self._text[self._lines.end_of(first.end) : first_kept.first]
        comments = [line.strip() for line in gap.split("\n") if line.lstrip().startswith("#")]
        line = self._lines.start_of(first.first)
        indent = re.match(" *", self._text[line:])
        margin = indent[0] if indent else ""
        self._replaced(line, line, "".join(f"{margin}{comment}\n" for comment in comments))
        self._replaced(first.first, first_kept.first, "")

    def _insert(
        self, lines: Sequence[str], *, after: Span | None, first: Span, indent: int
    ) -> None:
        margin = " " * indent
        if after is None:
            block = _shifted(lines, indent).lstrip(" ")
            self._replaced(first.first, first.first, f"{block}\n{margin}")
            return
        end = self._lines.end_of(after.end)
        self._replaced(end, end, "\n" + _shifted(lines, indent))

    def _replace(self, span: Span, new: Plain, spot: Spot) -> None:
        value = styled(new, spot)
        if isinstance(new, str):
            value = _in_old_quotes(span, value, in_flow=spot.in_flow)
        if spot.in_flow:
            self._replaced(span.start, span.end, _on_one_line(value))
            return
        if span.key is None and span.dash is None:
            self._replaced(span.start, span.end, "\n".join(self._block(value)))
            return
        sign, wrapped = ":", Styled(members=((Styled(text="k"), value),))
        if span.key is None:
            sign, wrapped = "-", Styled(items=(value,))
        first, *rest = self._block(wrapped)
        begin = self._text.index(":", span.key[1]) + 1 if span.key else (span.dash or 0) + 1
        head = first.partition(sign)[2].strip(" ")
        below = "\n" + _shifted(rest, spot.indent - 2) if rest else ""
        self._replace_after(begin, span, f" {head}" if head else "", below)

    def _replace_after(self, begin: int, span: Span, head: str, below: str) -> None:
        """Put `head` behind the key or dash where the value began, `below` on the next lines."""
        line_end = self._lines.end_of(begin)
        if span.start > line_end:  # the value begins on a later line than its key
            self._replaced(begin, begin, head)
            self._replaced(line_end, span.end, below)
        elif span.head < span.end and span.quote in ("|", ">"):
            self._replaced(begin, span.head, head)
            self._replaced(self._lines.end_of(span.head), span.end, below)
        else:
            self._replaced(begin, span.end, head)
            end = self._lines.end_of(span.end)
            self._replaced(end, end, below)

    def _owns_its_line(self, span: Span) -> bool:
        return not self._text[self._lines.start_of(span.first) : span.first].strip()

    def _block(self, value: Styled) -> list[str]:
        text = block_text(value, indented_lists=self._indents_lists)
        return text.removesuffix("\n").split("\n")

    def _replaced(self, start: int, end: int, new: str) -> None:
        if start != end or new:
            self._replacements.append((start, end, len(self._replacements), new))


def _matches(
    old: Sequence[Plain], new: Sequence[Plain]
) -> Sequence[tuple[str, int, int, int, int]]:
    before, after = list(map(frozen_plain, old)), list(map(frozen_plain, new))
    return SequenceMatcher(None, before, after, autojunk=False).get_opcodes()


def _paired(old: Sequence[Plain], new: Sequence[Plain]) -> int:
    """Return how many items, from the first, are the same thing changed: collections, not words."""
    pairs = zip(old, new, strict=False)
    return next(
        (number for number, pair in enumerate(pairs) if not all(map(_is_collection, pair))),
        min(len(old), len(new)),
    )


def _only_member(name: str, value: Plain, spot: Spot) -> Styled:
    """Return a block mapping of one member, as it stands in a mapping at `spot`."""
    key = styled(name, Spot(style=Style()).inside())
    return Styled(members=((key, styled(value, spot.member(name, width=len(name)))),))


def _in_old_quotes(span: Span, value: Styled, *, in_flow: bool) -> Styled:
    """Keep the quotes, or the block, that the old text stood in; numbers and words have none."""
    if value.items is not None or value.members is not None or value.form is Form.LITERAL:
        return value
    if span.quote == "|" and not in_flow and may_be_literal(value.text):
        return replace(value, form=Form.LITERAL)
    if span.quote == '"':
        return replace(value, form=Form.DOUBLE)
    if span.quote == "'" and value.text.isprintable():
        return replace(value, form=Form.SINGLE)
    return value


def _on_one_line(value: Styled) -> str:
    first = block_text(Styled(members=((Styled(text="k"), value),)))
    return first.removesuffix("\n").partition(":")[2].strip(" ")


def _shifted(lines: Sequence[str], columns: int) -> str:
    margin = " " * columns
    return "\n".join(margin + line if line else line for line in lines)


def _members(span: Span) -> Sequence[Span]:
    return tuple((span.members or {}).values())


def _is_collection(value: Plain) -> bool:
    return isinstance(value, list | dict)
