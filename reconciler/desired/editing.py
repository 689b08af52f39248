"""
Editing: changes to a document that a person wrote, line by line, comments kept.

Only the lines of a changed value change. New text comes from `styling` and `writing`; why a value
changes is the business of whoever asks. ruamel.yaml was tried: it moves comments to other keys when
one is inserted, and rewrites `True`, which is text here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import takewhile

from reconciler.desired.equality import frozen, frozen_plain
from reconciler.desired.revising import revision_of
from reconciler.desired.styling import HOUSE, Spot, Style, styled
from reconciler.desired.writing import block_text
from reconciler.desired.yaml_reading import read_yaml
from reconciler.model.nodes import Plain


class Missing(Enum):
    """The value of something that is to be removed."""

    MISSING = "missing"


MISSING = Missing.MISSING


@dataclass(frozen=True, slots=True)
class Edit:
    """
    One change: the value that shall stand at a path, or MISSING to remove what stands there.

    A position at the end of a list appends.
    """

    path: tuple[str | int, ...]
    value: Plain | Missing


def edited_text(
    old: str, edits: Sequence[Edit], *, order: Sequence[str] = (), style: Style | None = None
) -> str:
    """
    Return the text with the edits made; without edits the same text.

    A new key goes behind those that precede it in `order`, else to the end. Raises ValueError where
    the old text is no valid document or a path leads nowhere.
    """
    document = _document(old)
    for edit in edits:
        document = _edited(document, edit, order=order)
    if not isinstance(document, dict):
        raise ValueError(edits)  # noqa: TRY004 - the edits are wrong, not their type
    return revised_text(old, document, style=style)


def revised_text(old: str, document: Mapping[str, Plain], *, style: Style | None = None) -> str:
    """
    Return the text changed so that it reads as `document`; what stays equal is not touched.

    A new key goes behind the nearest one that precedes it in `document`. Line ends and a byte order
    mark stay as they are. Raises ValueError where the old text is no valid document.
    """
    before = _document(old)
    if frozen_plain(before) == frozen_plain(dict(document)):
        return old
    mark, body = ("\ufeff", old[1:]) if old.startswith("\ufeff") else ("", old)
    text = body.replace("\r\n", "\n").replace("\r", "\n")
    result = revision_of(text, before, dict(document), style=style or HOUSE)
    if not _reads_as(result, document):
        result = _rewritten(text, document, style=style or HOUSE)
    return mark + (result.replace("\n", "\r\n") if "\r\n" in body else result)


def _document(text: str) -> Plain:
    root, findings = read_yaml(text.encode("utf-8", "surrogatepass"), file="")
    if root is None or findings:
        raise ValueError([finding.what for finding in findings])
    return root.plain()


def _reads_as(text: str, document: Mapping[str, Plain]) -> bool:
    root, findings = read_yaml(text.encode(), file="")
    return root is not None and not findings and frozen(root) == frozen_plain(dict(document))


def _rewritten(text: str, document: Mapping[str, Plain], *, style: Style) -> str:
    """Return a new text below the old first comments: where a rare form defies small changes."""
    lines = text.split("\n")
    head = takewhile(lambda line: not line or line.startswith("#"), lines)
    return "".join(f"{line}\n" for line in head) + block_text(styled(document, Spot(style=style)))


def _edited(value: Plain, edit: Edit, *, order: Sequence[str]) -> Plain:
    if not edit.path:
        if edit.value is MISSING:
            raise ValueError(edit)
        return edit.value
    step, rest = edit.path[0], Edit(edit.path[1:], edit.value)
    if isinstance(value, dict) and isinstance(step, str):
        return _edited_member(value, step, rest, order=order)
    if isinstance(value, list) and isinstance(step, int) and 0 <= step <= len(value):
        if not rest.path and rest.value is MISSING:
            return [*value[:step], *value[step + 1 :]]
        here = value[step] if step < len(value) else {}
        return [*value[:step], _edited(here, rest, order=order), *value[step + 1 :]]
    raise ValueError(edit)


def _edited_member(
    value: dict[str, Plain], name: str, rest: Edit, *, order: Sequence[str]
) -> dict[str, Plain]:
    if not rest.path and rest.value is MISSING:
        return {key: member for key, member in value.items() if key != name}
    new = _edited(value.get(name, {}), rest, order=order)
    if name in value or name not in order:
        return {**value, name: new}
    earlier = set(order[: order.index(name)])
    ahead = max((at for at, key in enumerate(value, 1) if key in earlier), default=0)
    members = list(value.items())
    return dict([*members[:ahead], (name, new), *members[ahead:]])
