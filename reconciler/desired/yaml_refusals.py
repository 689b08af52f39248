"""
YAML refusals: what strict reading does not accept, as findings, one function each.

`yaml_reading` meets them; what the parser itself stumbles over is in `yaml_problems`.
"""

from __future__ import annotations

from reconciler.desired.codes import Code
from reconciler.model.findings import Finding, quoted
from reconciler.model.nodes import Node
from reconciler.model.places import Place
from reconciler.model.secret_shapes import masked


def empty_file(file: str) -> Finding:
    """Return the finding for a file without a value."""
    return Code.EMPTY.at(
        Place(file),
        "the file holds no value",
        expected=("a mapping of keys and values",),
        remedy="write the document, or remove the file",
    )


def not_a_mapping(root: Node) -> Finding:
    """Return the finding for a document that is no mapping."""
    found = "a list" if isinstance(root.value, tuple) else "a single value"
    return Code.NOT_A_MAPPING.at(
        root.place,
        f"the document is {found}",
        expected=("a mapping of keys and values",),
        remedy='begin with "key: value" lines',
    )


def second_document(place: Place) -> Finding:
    """Return the finding for a second document."""
    return Code.SECOND_DOCUMENT.at(
        place,
        "a second document begins here",
        expected=("one document a file",),
        remedy="move it to a file of its own",
    )


def directive_refused(place: Place) -> Finding:
    """Return the finding for a directive that defines tags."""
    return Code.TAG.at(
        place,
        "a %TAG directive",
        expected=("plain data without tags",),
        remedy="remove the directive and the tags",
    )


def tag_refused(place: Place) -> Finding:
    """Return the finding for a tag."""
    return Code.TAG.at(
        place,
        "a tag",
        expected=("plain data: text, numbers, true, false, null, lists and mappings",),
        remedy='remove the tag; text that begins with "!" wants quotes',
    )


def alias_refused(place: Place, *, sign: str) -> Finding:
    """Return the finding for an alias (`*`) or an anchor (`&`)."""
    return Code.ALIAS.at(
        place,
        "an alias (*)" if sign == "*" else "an anchor (&)",
        expected=("plain data, in which every value stands where it is used",),
        remedy=f'write the value out; text that begins with "{sign}" wants quotes',
    )


def merge_key(place: Place) -> Finding:
    """Return the finding for a merge key."""
    return Code.MERGE_KEY.at(
        place,
        "a merge key (<<)",
        expected=("plain data, in which every value stands where it is used",),
        remedy="write the merged keys out",
    )


def too_deep(place: Place, *, deepest: int) -> Finding:
    """Return the finding for values nested too deep."""
    return Code.TOO_DEEP.at(
        place,
        f"nested deeper than {deepest} levels; the rest of the file was not read",
        expected=(f"at most {deepest} levels",),
        remedy="write the value without so many brackets",
    )


def key_not_text(place: Place, text: str | None) -> Finding:
    """Return the finding for a key that is no text; None for a list or mapping."""
    if text is None:
        what, remedy = "a list or mapping stands as a key", "use text as the key, or add quotes"
    elif text:
        what, remedy = f"the key {text} is no text", f'put it in quotes: "{text}"'
    else:
        what, remedy = "a value without a key", 'write "key: value"'
    return Code.KEY_NOT_TEXT.at(place, what, expected=("keys that are text",), remedy=remedy)


def duplicate_key(text: str, place: Place, *, first: Place | None) -> Finding:
    """Return the finding for a repeated key, which is given as it may be shown."""
    where = f"line {first.line}, column {first.column}" if first else "the same mapping"
    return Code.DUPLICATE_KEY.at(
        place,
        f"the key {text} stands twice",
        expected=(f"each key once; it stands first in {where}",),
        remedy="remove one of the two",
    )


def tilde_for_null(place: Place) -> Finding:
    """Return the finding for `~`."""
    return Code.TILDE.at(
        place,
        "~ is neither text nor null here",
        expected=("null, or quoted text",),
        remedy='write null, or "~" for the character',
    )


def item_without_value(place: Place) -> Finding:
    """Return the finding for a list item without a value."""
    return Code.NO_VALUE.at(
        place,
        "a list item without a value",
        expected=('a value after "- "',),
        remedy='add the value, remove the item, or write "" for empty text',
    )


def key_without_value(key: str, place: Place) -> Finding:
    """Return the finding for a key without a value, given as it may be shown."""
    return Code.NO_VALUE.at(
        place,
        f"{key} has no value",
        expected=('a value; nothing is written as null, "", [] or {}',),
        remedy="add the value, or remove the key",
    )


def no_blank_after_colon(key: str, place: Place) -> Finding:
    """Return the finding for `{key:value}`, the key given as it may be shown."""
    return Code.NO_VALUE.at(
        place,
        f"no blank after the colon of {key}",
        expected=("{key: value}",),
        remedy="put a blank after the colon",
    )


def split_name(place: Place, names: tuple[str, ...], *, in_mapping: bool = False) -> Finding:
    """Return the finding for distinguished names that fell apart."""
    texts = [f'"{masked(name)}"' for name in names]
    block = "" if in_mapping else f"write each name as a block item (- {masked(names[0])}), or "
    quotes = texts[0] if in_mapping else f"[{', '.join(texts)}]"
    return Code.SPLIT_NAME.at(
        place,
        f"a distinguished name that falls apart at its commas: {quoted(masked(names[0]))}",
        expected=("in [ ] and { } every comma begins a new item, unless the text is in quotes",),
        remedy=f"{block}put it in quotes: {quotes}",
    )


def surrogate_escape(place: Place) -> Finding:
    """Return the finding for an escape that is no character."""
    return Code.UNPRINTABLE.at(
        place,
        "an escape for half a character (a surrogate)",
        expected=("characters that exist on their own",),
        remedy=r"write the whole character, or its \U escape with eight digits",
    )
