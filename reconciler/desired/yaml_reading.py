"""
YAML reading: the bytes of one document to a tree of values with places, by strict rules.

Resolves only what `scalars` resolves and refuses what is not plain data; what a document must
contain is left to `schema_checking`, and its meaning to the kinds.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reconciler.desired.codes import Code
from reconciler.desired.scalars import resolved
from reconciler.desired.secrets_scan import HIDDEN, is_secret_slot, masked
from reconciler.desired.split_names import is_relative_name, joined_names
from reconciler.desired.text_decoding import decoded
from reconciler.desired.yaml_problems import Stumble, explained, tab_indentation
from reconciler.model.findings import Finding, in_order, quoted
from reconciler.model.nodes import Node
from reconciler.model.places import Place

if TYPE_CHECKING:
    import yaml

DEEPEST = 64
"""Levels of lists and mappings; real documents have seven."""


def read_yaml(
    data: bytes, *, file: str, with_libyaml: bool = True
) -> tuple[Node | None, tuple[Finding, ...]]:
    """
    Return the document and what is wrong with it; None where no mapping could be read.

    Never raises, whatever the bytes. A node that comes with findings is a best effort for further
    checks: of a repeated key the first value counts. Without libyaml (absent, or not wished) the
    slower parser of PyYAML reads the same.
    """
    text, findings = decoded(data, file=file)
    if text is None:
        return None, findings
    reader = _Reader(file=file, text=text)
    reader.read(with_libyaml=with_libyaml)
    return reader.root, in_order((*findings, *reader.findings))


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
        elif self._documents == 0:
            self.findings.append(_empty(self._file))
        elif self.root is not None and not isinstance(self.root.value, dict):
            self.findings.append(_not_a_mapping(self.root))
            self.root = None

    def _walk(self, events: Iterator[yaml.Event]) -> bool:
        """Take in the events; tell whether the first document was read to its end."""
        import yaml

        scalar, alias = yaml.ScalarEvent, yaml.AliasEvent
        start, end = yaml.CollectionStartEvent, yaml.CollectionEndEvent
        document = yaml.DocumentStartEvent
        try:
            for event in events:
                if isinstance(event, scalar):
                    self._scalar(event)
                elif isinstance(event, end):
                    self._close()
                elif isinstance(event, start):
                    if not self._start(event, is_mapping=isinstance(event, yaml.MappingStartEvent)):
                        return False
                elif isinstance(event, alias):
                    self._alias(event)
                elif isinstance(event, document) and not self._document(event):
                    return True
        except (yaml.YAMLError, ValueError, OverflowError) as error:
            self.findings.append(self._syntax(error))
            return False
        return True

    def _document(self, event: yaml.DocumentStartEvent) -> bool:
        self._documents += 1
        if self._documents > 1:
            self.findings.append(_second_document(self._place(event)))
            return False
        if event.tags:
            self.findings.append(_directive(self._place(event)))
        return True

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        place = self._place(event)
        is_plain = not event.style and not event.tag
        if event.tag or event.anchor:
            self._report_decoration(event, place)
        if self._open and self._open[-1].wants_key:
            self._take_key(event.value, place, is_plain=is_plain)
            return
        value = resolved(event.value) if is_plain else event.value
        if is_plain and event.value in ("", "~"):
            self._report_no_value(event.value, place)
            value = None
        is_block = event.style in ("|", ">")
        if is_block:
            self._blocks.append(range(event.start_mark.line + 1, event.end_mark.line + 1))
        if not is_plain:
            self._report_surrogate(event.value, place)
        self._add(value, place, is_block=is_block, is_plain=is_plain)

    def _take_key(self, text: str, place: Place, *, is_plain: bool) -> None:
        mapping = self._open[-1]
        self._report_surrogate(text, place)
        usable = False
        if is_plain and text == "<<":
            self.findings.append(_merge_key(place))
        elif is_plain and (text in ("", "~") or not isinstance(resolved(text), str)):
            self.findings.append(_key_not_text(place, text))
        elif text in mapping.members:
            first = mapping.members[text].key
            self.findings.append(_duplicate(self._shown(text), place, first=first))
        else:
            usable = True
        mapping.key = _Key(text, place, usable)

    def _add(
        self,
        value: str | float | bool | tuple[Node, ...] | dict[str, Node] | None,  # noqa: FBT001 - a value, no switch
        place: Place,
        *,
        is_block: bool = False,
        is_plain: bool = False,
    ) -> None:
        if not self._open:
            if self._documents == 1:
                self.root = Node(value=value, place=place, is_block=is_block)
            return
        parent = self._open[-1]
        if not parent.is_mapping:
            parent.items.append(Node(value=value, place=place, is_block=is_block))
            parent.plain.append(is_plain)
            return
        key, parent.key = parent.key, None
        if key is not None and key.usable:
            node = Node(value=value, place=place, key=key.place, is_block=is_block)
            parent.members[key.text] = node

    def _start(self, event: yaml.CollectionStartEvent, *, is_mapping: bool) -> bool:
        place = self._place(event)
        if len(self._open) >= DEEPEST:
            self.findings.append(_too_deep(place))
            return False
        if event.tag or event.anchor:
            self._report_decoration(event, place)
        if self._open and self._open[-1].wants_key:
            self.findings.append(_key_not_text(place, None))
            self._open[-1].key = _Key("", place, usable=False)
        is_flow = bool(event.flow_style)
        self._open.append(_Open(place=place, is_mapping=is_mapping, is_flow=is_flow))
        return True

    def _close(self) -> None:
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
        self.findings.append(_split_name(items[0].place, names))
        return tuple(Node(value=name, place=items[0].place) for name in names)

    def _rejoin_member(self, closed: _Open) -> None:
        """Give a value its lost parts back; they followed the last member that has a value."""
        name, node = next(reversed(closed.members.items()), ("", None))
        parts = closed.split
        if node and isinstance(node.value, str) and is_relative_name(node.value):
            parts = [node.value, *parts]
            whole = ",".join(parts)
            closed.members[name] = Node(value=whole, place=node.place, key=node.key)
        place = node.place if node else closed.place
        self.findings.append(_split_name(place, (",".join(parts),), in_mapping=True))

    def _alias(self, event: yaml.AliasEvent) -> None:
        place = self._place(event)
        self.findings.append(_alias(place, sign="*"))
        if self._open and self._open[-1].wants_key:
            self._open[-1].key = _Key("", place, usable=False)
        else:
            self._add("", place)

    def _report_decoration(self, event: yaml.NodeEvent, place: Place) -> None:
        if event.anchor:
            self.findings.append(_alias(place, sign="&"))
        if getattr(event, "tag", None):
            self.findings.append(_tag(place))

    def _report_no_value(self, text: str, place: Place) -> None:
        parent = self._open[-1] if self._open else None
        key = parent.key if parent else None
        if text == "~":
            self.findings.append(_tilde(place))
        elif parent is None:
            self.findings.append(_empty(self._file))
            self._documents = 2  # nothing more is to be said about it
        elif key is None:
            self.findings.append(_no_item(place))
        elif not key.usable:
            return
        elif parent.is_flow and is_relative_name(key.text):
            parent.split.append(key.text)
            parent.key = _Key(key.text, key.place, usable=False)
        else:
            self.findings.append(self._no_value(key, is_flow=parent.is_flow))

    def _no_value(self, key: _Key, *, is_flow: bool) -> Finding:
        name, colon, _ = key.text.partition(":")
        if is_flow and colon:
            return _no_blank(self._shown(name), key.place)
        return _no_value(self._shown(key.text), key.place)

    def _shown(self, key: str) -> str:
        """Quote a key, unless it stands where a secret may stand."""
        path = [frame.key.text for frame in self._open[:-1] if frame.key]
        return quoted(HIDDEN if is_secret_slot(path) else masked(key))

    def _report_surrogate(self, text: str, place: Place) -> None:
        if not text.isascii() and any("\ud800" <= character <= "\udfff" for character in text):
            self.findings.append(_surrogate(place))

    def _report_tabs(self) -> None:
        if "\t" not in self._text:
            return
        reported = {finding.place.line for finding in self.findings if finding.place}
        covered = {line for block in self._blocks for line in block}
        broken = any(finding.code == Code.TAB for finding in self.findings)
        for number, line in enumerate(self._text.split("\n")):
            content = line.lstrip(" \t")
            indentation = line[: len(line) - len(content)]
            if "\t" not in indentation or not content or content.startswith("#"):
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
        return Place(self._file, mark.line + 1, mark.column + 1)


def _events(text: str, *, with_libyaml: bool) -> Iterator[yaml.Event]:
    import yaml

    fast = getattr(yaml, "CSafeLoader", None) if with_libyaml else None
    parser = (fast or yaml.SafeLoader)(text)
    try:
        while parser.check_event():
            yield parser.get_event()
    finally:
        parser.dispose()


def _empty(file: str) -> Finding:
    return Code.EMPTY.at(
        Place(file),
        "the file holds no value",
        expected=("a mapping of keys and values",),
        remedy="write the document, or remove the file",
    )


def _not_a_mapping(root: Node) -> Finding:
    found = "a list" if isinstance(root.value, tuple) else "a single value"
    return Code.NOT_A_MAPPING.at(
        root.place,
        f"the document is {found}",
        expected=("a mapping of keys and values",),
        remedy='begin with "key: value" lines',
    )


def _second_document(place: Place) -> Finding:
    return Code.SECOND_DOCUMENT.at(
        place,
        "a second document begins here",
        expected=("one document a file",),
        remedy="move it to a file of its own",
    )


def _directive(place: Place) -> Finding:
    return Code.TAG.at(
        place,
        "a %TAG directive",
        expected=("plain data without tags",),
        remedy="remove the directive and the tags",
    )


def _tag(place: Place) -> Finding:
    return Code.TAG.at(
        place,
        "a tag",
        expected=("plain data: text, numbers, true, false, null, lists and mappings",),
        remedy='remove the tag; text that begins with "!" wants quotes',
    )


def _alias(place: Place, *, sign: str) -> Finding:
    return Code.ALIAS.at(
        place,
        "an alias (*)" if sign == "*" else "an anchor (&)",
        expected=("plain data, in which every value stands where it is used",),
        remedy=f'write the value out; text that begins with "{sign}" wants quotes',
    )


def _merge_key(place: Place) -> Finding:
    return Code.MERGE_KEY.at(
        place,
        "a merge key (<<)",
        expected=("plain data, in which every value stands where it is used",),
        remedy="write the merged keys out",
    )


def _too_deep(place: Place) -> Finding:
    return Code.TOO_DEEP.at(
        place,
        f"nested deeper than {DEEPEST} levels; the rest of the file was not read",
        expected=(f"at most {DEEPEST} levels",),
        remedy="write the value without so many brackets",
    )


def _key_not_text(place: Place, text: str | None) -> Finding:
    if text is None:
        what, remedy = "a list or mapping stands as a key", "use text as the key, or add quotes"
    elif text:
        what, remedy = f"the key {text} is no text", f'put it in quotes: "{text}"'
    else:
        what, remedy = "a value without a key", 'write "key: value"'
    return Code.KEY_NOT_TEXT.at(place, what, expected=("keys that are text",), remedy=remedy)


def _duplicate(text: str, place: Place, *, first: Place | None) -> Finding:
    where = f"line {first.line}, column {first.column}" if first else "the same mapping"
    return Code.DUPLICATE_KEY.at(
        place,
        f"the key {text} stands twice",
        expected=(f"each key once; it stands first in {where}",),
        remedy="remove one of the two",
    )


def _tilde(place: Place) -> Finding:
    return Code.TILDE.at(
        place,
        "~ is neither text nor null here",
        expected=("null, or quoted text",),
        remedy='write null, or "~" for the character',
    )


def _no_item(place: Place) -> Finding:
    return Code.NO_VALUE.at(
        place,
        "a list item without a value",
        expected=('a value after "- "',),
        remedy='add the value, remove the item, or write "" for empty text',
    )


def _no_value(key: str, place: Place) -> Finding:
    return Code.NO_VALUE.at(
        place,
        f"{key} has no value",
        expected=('a value; nothing is written as null, "", [] or {}',),
        remedy="add the value, or remove the key",
    )


def _no_blank(key: str, place: Place) -> Finding:
    return Code.NO_VALUE.at(
        place,
        f"no blank after the colon of {key}",
        expected=("{key: value}",),
        remedy="put a blank after the colon",
    )


def _split_name(place: Place, names: tuple[str, ...], *, in_mapping: bool = False) -> Finding:
    texts = [f'"{masked(name)}"' for name in names]
    block = "" if in_mapping else f"write each name as a block item (- {masked(names[0])}), or "
    quotes = texts[0] if in_mapping else f"[{', '.join(texts)}]"
    return Code.SPLIT_NAME.at(
        place,
        f"a distinguished name that falls apart at its commas: {quoted(masked(names[0]))}",
        expected=("in [ ] and { } every comma begins a new item, unless the text is in quotes",),
        remedy=f"{block}put it in quotes: {quotes}",
    )


def _surrogate(place: Place) -> Finding:
    return Code.UNPRINTABLE.at(
        place,
        "an escape for half a character (a surrogate)",
        expected=("characters that exist on their own",),
        remedy=r"write the whole character, or its \U escape with eight digits",
    )
