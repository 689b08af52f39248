"""The changed fields of a thing as lines: values side by side, members, long texts word by word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from reconciler.model.changes import FieldChange
from reconciler.model.nodes import Plain
from reconciler.report.blocks import Difference, Line, MemberList, Span
from reconciler.report.outline.values import member_text, value_text
from reconciler.report.outline.word_diff import LONGEST, whole_text, word_difference
from reconciler.report.visible import cut, visible

MOST_MEMBERS = 12
MOST_FIELDS = 40
_ONE_VALUE = "value"  # the path of a kind that is one value; its title says what it is
_INLINE = 44  # characters of a value that fits beside another


def difference_lines(fields: Sequence[FieldChange]) -> tuple[tuple[Line, ...], int]:
    """Return the lines of the fields that are shown, and how many fields are folded away."""
    lines: list[Line] = []
    shown = 0
    for is_member, group in groupby(fields, key=lambda field: field.form == "member"):
        changes = list(group)
        if is_member:
            lines += _member_lines(changes)
            shown += len(changes)
            continue
        room = max(0, MOST_FIELDS - len(lines))
        lines += [_group(change) or _difference(change) for change in changes[:room]]
        shown += min(room, len(changes))
    return tuple(lines), len(fields) - shown


def path_text(path: str) -> str:
    """Return a field's path as reports show it; empty where the thing is one value."""
    return "" if path == _ONE_VALUE else visible(path, longest=100)


def _member_lines(changes: list[FieldChange]) -> Iterator[MemberList]:
    for path, group in groupby(changes, key=lambda change: change.path):
        members = list(group)
        gone = [member_text(member.before) for member in members if member.after is None]
        come = [member_text(member.after) for member in members if member.before is None]
        yield MemberList(
            path=path_text(path),
            gone=tuple(cut(text, LONGEST) for text in gone[:MOST_MEMBERS]),
            come=tuple(cut(text, LONGEST) for text in come[:MOST_MEMBERS]),
            more_gone=max(0, len(gone) - MOST_MEMBERS),
            more_come=max(0, len(come) - MOST_MEMBERS),
        )


def _group(change: FieldChange) -> MemberList | None:
    """Return a group of conditions that comes or goes as a line each; None for other changes."""
    if change.before is None and _is_group(change.after):
        come = _conditions(change.after)
        return MemberList(path=path_text(change.path), come=come[0], more_come=come[1])
    if change.after is None and _is_group(change.before):
        gone = _conditions(change.before)
        return MemberList(path=path_text(change.path), gone=gone[0], more_gone=gone[1])
    return None


def _is_group(value: Plain) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(one, dict) for one in value)


def _conditions(value: Plain) -> tuple[tuple[str, ...], int]:
    items = value if isinstance(value, list) else []
    shown = tuple(cut(value_text(item), LONGEST) for item in items[:MOST_MEMBERS])
    return shown, len(items) - len(shown)


def _difference(change: FieldChange) -> Difference:
    expressions = _expression(change.before, change.form), _expression(change.after, change.form)
    path = path_text(change.path)
    if change.before is not None and change.after is not None:
        both = _both(change, expressions)
        is_long = any(expressions) or any(_length(side) > _INLINE for side in both)
        return Difference(path=path, before=both[0], after=both[1], is_long=is_long)
    before = _alone(change.before, expressions[0])
    after = _alone(change.after, expressions[1])
    is_long = _length(before or after) > 2 * _INLINE
    return Difference(path=path, before=before, after=after, is_long=is_long)


def _both(
    change: FieldChange, expressions: tuple[str, str]
) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    if change.form == "expression" or all(expressions):
        before, after = word_difference(*expressions, is_expression=True)
        return _with_rest(before, change.before), _with_rest(after, change.after)
    texts = value_text(change.before), value_text(change.after)
    if isinstance(change.before, str) and max(map(len, texts)) > _INLINE:
        return word_difference(str(change.before), str(change.after), is_expression=False)
    return _span(texts[0], expressions[0], change.before), _span(
        texts[1], expressions[1], change.after
    )


def _span(text: str, expression: str, value: Plain) -> tuple[Span, ...]:
    if expression:
        return _with_rest(whole_text(expression, is_expression=True), value)
    return (Span(cut(text, LONGEST)),)


def _alone(value: Plain, expression: str) -> tuple[Span, ...] | None:
    return None if value is None else _span(value_text(value), expression, value)


def _expression(value: Plain, form: str) -> str:
    """Return the expression that a value is or holds, or an empty text."""
    if form == "expression" and isinstance(value, str):
        return value
    if isinstance(value, dict) and isinstance(found := value.get("expression"), str):
        return found
    return ""


def _with_rest(spans: tuple[Span, ...], value: Plain) -> tuple[Span, ...]:
    """Add what a flow says beside its expression, such as its merge type."""
    rest = (
        {name: item for name, item in value.items() if name != "expression"}
        if isinstance(value, dict)
        else {}
    )
    said = value_text(rest)
    return spans if said == "{}" else (*spans, Span(f"  {cut(said, LONGEST)}"))


def _length(spans: tuple[Span, ...] | None) -> int:
    return sum(len(span.text) for span in spans or ())
