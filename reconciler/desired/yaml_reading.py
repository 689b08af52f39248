"""
YAML reading: the bytes of one document to a tree of values with places, by strict rules.

Resolves only what `scalars` resolves and refuses what is not plain data; what a document must
contain is left to `schema_checking`, and its meaning to the kinds.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

from reconciler.desired.codes import Code
from reconciler.desired.scalars import resolved
from reconciler.desired.secrets_scan import is_secret_slot
from reconciler.desired.split_names import is_relative_name, joined_names
from reconciler.desired.text_decoding import decoded
from reconciler.desired.yaml_problems import Stumble, explained, tab_indentation
from reconciler.desired.yaml_refusals import (
    alias_refused,
    directive_refused,
    duplicate_key,
    empty_file,
    item_without_value,
    key_not_text,
    key_without_value,
    merge_key,
    no_blank_after_colon,
    not_a_mapping,
    second_document,
    split_name,
    surrogate_escape,
    tag_refused,
    tilde_for_null,
    too_deep,
)
from reconciler.model.findings import Finding, in_order, quoted
from reconciler.model.nodes import Node
from reconciler.model.places import Place
from reconciler.model.secret_shapes import HIDDEN, masked

if TYPE_CHECKING:
    import yaml

_SURROGATE = re.compile("[\ud800-\udfff]")
_FIRST_LINE = re.compile(r"\n*( *)[^\n]")
_INDICATOR = re.compile(r"\|[^#\n]*[0-9]")

DEEPEST = 64
"""Levels of lists and mappings; real documents have seven."""


def read_yaml(
    data: bytes, *, file: str, with_libyaml: bool = True
) -> tuple[Node | None, tuple[Finding, ...]]:
    """
    Return the document and what is wrong with it; None where no mapping could be read.

    Never raises, whatever the bytes. A node that comes with findings is a best effort for further
    checks: of a repeated key the first value counts. Without libyaml (absent, or not wished) the
    slower parser of PyYAML reads the same, but for a tab between a key and its value.
    """
    text, findings = decoded(data, file=file)
    if text is None:
        return None, findings
    reader = _Reader(file=file, text=text)
    reader.read(with_libyaml=with_libyaml)
    return reader.root, in_order((*findings, *reader.findings))


class _Stop(Exception):  # noqa: N818 - reading ends early, as planned
    """Nothing more is read; tells whether the first document is complete."""

    def __init__(self, *, is_complete: bool) -> None:
        super().__init__()
        self.is_complete = is_complete


@dataclass(frozen=True, slots=True)
class _Key:
    """A key that waits for its value; an unusable one was reported, its value is dropped."""

    text: str
    place: Place
    usable: bool = True


@dataclass(slots=True, kw_only=True)
class _Open:
    """A list or mapping whose end was not seen yet."""

    place: Place
    is_mapping: bool
    is_flow: bool
    key: _Key | None = None
    items: list[Node] = field(default_factory=list)
    plain: list[bool] = field(default_factory=list)
    members: dict[str, Node] = field(default_factory=dict)
    split: list[str] = field(default_factory=list)
    """Parts of a distinguished name that a flow mapping took for keys."""
    split_from: str = ""
    """The member whose value lost them."""

    @property
    def wants_key(self) -> bool:
        return self.is_mapping and self.key is None


class _Reader:
    """One pass over the parser's events; aliases are never expanded, recursion never happens."""

    def __init__(self, *, file: str, text: str) -> None:
        self.root: Node | None = None
        self.findings: list[Finding] = []
        self._file = file
        self._text = text
        self._open: list[_Open] = []
        self._blocks: list[range] = []
        self._documents = 0

    def read(self, *, with_libyaml: bool) -> None:
        """Read the whole text; `root` and `findings` hold the result."""
        complete = self._walk(_events(self._text, with_libyaml=with_libyaml))
        self._report_tabs()
        if not complete:
            self.root = None
        elif self.root is None or self.root.value is None:
            self.findings.append(empty_file(self._file))
            self.root = None
        elif not isinstance(self.root.value, dict):
            self.findings.append(not_a_mapping(self.root))
            self.root = None

    def _walk(self, events: Iterator[yaml.Event]) -> bool:
        """Take in the events; tell whether the first document was read to its end."""
        import yaml

        actions: dict[type[yaml.Event], Callable[[Any], None]] = {
            yaml.ScalarEvent: self._scalar,
            yaml.MappingStartEvent: partial(self._start, is_mapping=True),
            yaml.SequenceStartEvent: partial(self._start, is_mapping=False),
            yaml.MappingEndEvent: self._close,
            yaml.SequenceEndEvent: self._close,
            yaml.AliasEvent: self._alias,
            yaml.DocumentStartEvent: self._document,
        }
        try:
            for event in events:
                if action := actions.get(type(event)):
                    action(event)
        except _Stop as stop:
            return stop.is_complete
        except (yaml.YAMLError, ValueError, OverflowError) as error:
            self.findings.append(self._syntax(error))
            return False
        return True

    def _document(self, event: yaml.DocumentStartEvent) -> None:
        self._documents += 1
        if self._documents > 1:
            self.findings.append(second_document(self._place(event)))
            raise _Stop(is_complete=True)
        if event.tags:
            self.findings.append(directive_refused(self._place(event)))

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        place = self._place(event)
        is_plain = not event.style and not event.tag
        if event.tag or event.anchor:
            self._report_decoration(event, place)
        if self._open and self._open[-1].wants_key:
            self._take_key(event.value, place, is_plain=is_plain)
            return
        value = resolved(event.value) if is_plain else self._whole(event.value, place)
        if is_plain and event.value in ("", "~"):
            self._report_no_value(event.value, place)
            value = None
        if event.style in ("|", ">"):
            self._blocks.append(range(place.line, _last_line(event)))
        self._add(value, place, text=self._text_place(event, place), is_plain=is_plain)

    def _text_place(self, event: yaml.ScalarEvent, place: Place) -> Place | None:
        """Return the place of the first character; None where lines are folded or shifted."""
        if event.style in ("'", '"'):
            return place.shifted(1)
        if event.style != "|":
            return place if not event.style else None
        header_end = self._text.find("\n", event.start_mark.index if event.start_mark else 0)
        header = self._text[event.start_mark.index : header_end] if event.start_mark else ""
        first = _FIRST_LINE.match(self._text, header_end + 1)
        if first is None or _INDICATOR.match(header):
            return None
        return Place(place.file, place.line + 1, len(first[1]) + 1)

    def _take_key(self, text: str, place: Place, *, is_plain: bool) -> None:
        mapping = self._open[-1]
        text = self._whole(text, place)
        usable = False
        if is_plain and text == "<<":
            self.findings.append(merge_key(place))
        elif is_plain and (text in ("", "~") or not isinstance(resolved(text), str)):
            self.findings.append(key_not_text(place, text))
        elif text in mapping.members:
            first = mapping.members[text].key
            self.findings.append(duplicate_key(self._shown(text), place, first=first))
        else:
            usable = True
        mapping.key = _Key(text, place, usable)

    def _add(
        self,
        value: str | float | bool | tuple[Node, ...] | dict[str, Node] | None,  # noqa: FBT001 - a value, no switch
        place: Place,
        *,
        text: Place | None = None,
        is_plain: bool = False,
    ) -> None:
        if not self._open:
            self.root = Node(value=value, place=place, text=text)
            return
        parent = self._open[-1]
        if not parent.is_mapping:
            parent.items.append(Node(value=value, place=place, text=text))
            parent.plain.append(is_plain)
            return
        key, parent.key = parent.key, None
        if key is not None and key.usable:
            node = Node(value=value, place=place, key=key.place, text=text)
            parent.members[key.text] = node

    def _start(self, event: yaml.CollectionStartEvent, *, is_mapping: bool) -> None:
        place = self._place(event)
        if len(self._open) >= DEEPEST:
            self.findings.append(too_deep(place, deepest=DEEPEST))
            raise _Stop(is_complete=False)
        if event.tag or event.anchor:
            self._report_decoration(event, place)
        if self._open and self._open[-1].wants_key:
            self.findings.append(key_not_text(place, None))
            self._open[-1].key = _Key("", place, usable=False)
        is_flow = bool(event.flow_style)
        self._open.append(_Open(place=place, is_mapping=is_mapping, is_flow=is_flow))

    def _close(self, _: yaml.CollectionEndEvent) -> None:
        closed = self._open.pop()
        parent = self._open[-1] if self._open else None
        if parent and parent.key and not parent.key.usable and parent.key.place == closed.place:
            return  # it was a key itself; its own value is still to come
        if closed.is_mapping:
            if closed.split:
                self._rejoin_member(closed)
            self._add(closed.members, closed.place)
            return
        items = tuple(closed.items)
        self._add(self._rejoined(closed, items) if closed.is_flow else items, closed.place)

    def _rejoined(self, closed: _Open, items: tuple[Node, ...]) -> tuple[Node, ...]:
        texts = [node.value for node in items if isinstance(node.value, str)]
        parts = [
            text
            for text, is_plain in zip(texts, closed.plain, strict=False)
            if is_plain and is_relative_name(text)
        ]
        if len(parts) < 2 or len(texts) != len(items):
            return items
        names = joined_names(texts)
        self.findings.append(split_name(items[0].place, names))
        return tuple(Node(value=name, place=items[0].place) for name in names)

    def _rejoin_member(self, closed: _Open) -> None:
        """Give a value its lost parts back; they stood right behind it."""
        name, parts = closed.split_from, closed.split
        node = closed.members.get(name)
        if node and isinstance(node.value, str) and is_relative_name(node.value):
            parts = [node.value, *parts]
            whole = ",".join(parts)
            closed.members[name] = Node(value=whole, place=node.place, key=node.key)
        place = node.place if node else closed.place
        self.findings.append(split_name(place, (",".join(parts),), in_mapping=True))

    def _alias(self, event: yaml.AliasEvent) -> None:
        place = self._place(event)
        self.findings.append(alias_refused(place, sign="*"))
        if self._open and self._open[-1].wants_key:
            self._open[-1].key = _Key("", place, usable=False)
        else:
            self._add("", place)

    def _report_decoration(self, event: yaml.NodeEvent, place: Place) -> None:
        if event.anchor:
            self.findings.append(alias_refused(place, sign="&"))
        if getattr(event, "tag", None):
            self.findings.append(tag_refused(place))

    def _report_no_value(self, text: str, place: Place) -> None:
        parent = self._open[-1] if self._open else None
        key = parent.key if parent else None
        if text == "~":
            self.findings.append(tilde_for_null(place))
        elif parent is None or (key is not None and not key.usable):
            return
        elif key is None:
            self.findings.append(item_without_value(place))
        elif parent.is_flow and is_relative_name(key.text):
            parent.split_from = parent.split_from or next(reversed(parent.members), "")
            parent.split.append(key.text)
            parent.key = _Key(key.text, key.place, usable=False)
        else:
            self.findings.append(self._no_value(key, place, is_flow=parent.is_flow))

    def _no_value(self, key: _Key, place: Place, *, is_flow: bool) -> Finding:
        name, colon, _ = key.text.partition(":")
        if is_flow and colon:
            return no_blank_after_colon(self._shown(name), key.place)
        return key_without_value(self._shown(key.text), place)

    def _shown(self, key: str) -> str:
        """Quote a key, unless it stands where a secret may stand."""
        path = [frame.key.text for frame in self._open[:-1] if frame.key]
        return quoted(HIDDEN if is_secret_slot(path) else masked(key))

    def _whole(self, text: str, place: Place) -> str:
        """Return text without lone surrogates: only escapes bring them, and nothing stores them."""
        if text.isascii() or not _SURROGATE.search(text):
            return text
        self.findings.append(surrogate_escape(place))
        return _SURROGATE.sub("\ufffd", text)

    def _report_tabs(self) -> None:
        if "\t" not in self._text:
            return
        reported = {finding.place.line for finding in self.findings if finding.place}
        covered = {line for block in self._blocks for line in block}
        broken = any(finding.code == Code.TAB for finding in self.findings)
        for number, line in enumerate(self._text.split("\n")):
            content = line.lstrip(" \t")
            indentation = line[: len(line) - len(content)]
            if "\t" not in indentation or not content:
                continue
            if number not in covered and number + 1 not in reported and not broken:
                place = Place(self._file, number + 1, indentation.index("\t") + 1)
                self.findings.append(tab_indentation(place))

    def _syntax(self, error: Exception) -> Finding:
        mark = getattr(error, "problem_mark", None)
        opened = getattr(error, "context_mark", None)
        stumble = Stumble(
            problem=f"{getattr(error, 'problem', '')} {getattr(error, 'context', '')}",
            line=mark.line if mark else 0,
            column=mark.column if mark else 0,
            opened=(opened.line, opened.column) if opened else None,
        )
        return explained(stumble, lines=self._text.split("\n"), file=self._file)

    def _place(self, event: yaml.Event) -> Place:
        mark = event.start_mark
        return Place(self._file, mark.line + 1, mark.column + 1) if mark else Place(self._file)


def _events(text: str, *, with_libyaml: bool) -> Iterator[yaml.Event]:
    import yaml

    fast = getattr(yaml, "CSafeLoader", None) if with_libyaml else None
    parser = (fast or yaml.SafeLoader)(text)
    try:
        while parser.check_event():
            yield parser.get_event()
    finally:
        parser.dispose()


def _last_line(event: yaml.Event) -> int:
    return event.end_mark.line + 1 if event.end_mark else 0
