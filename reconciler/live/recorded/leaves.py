"""
Raw leaves: texts and attributes that no decoder took, under paths that people can read.

Paths are keyed by names; siblings without a name are numbered, by their content where the order of
the file means nothing. What is encrypted and noise (`omissions`) is left out, and so is what may be
a secret (`withholding`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from reconciler.live.recorded.elements import Element
from reconciler.live.recorded.inspection import Inspection
from reconciler.live.recorded.omissions import is_encrypted, is_noise
from reconciler.live.recorded.withholding import is_withheld, withholding
from reconciler.live.recorded.words import guid_in, with_line_feeds

Leaf = tuple[str, str]

_ALIASES = {
    "attribute-mappings": "flows",
    "ma-partition-data": "partitions",
    "ma-run-data": "run-profiles",
    "parameter-values": "parameters",
    "relationshipCriteria": "join",
    "synchronizationCriteria": "scope",
}
_ORDERED = {"condition": "condition", "conditions": "group", "scope": "condition", "step": "step"}
_NAMED = frozenset({"mapping", "parameter", "partition", "run-configuration"})
_ELIDED = frozenset({"configuration", "mv-data"})
_KEYS = ("name", "dest", "primary_class")
_KEY_ATTRIBUTES = ("name", "object_class")


def leaves_below(element: Element, inspection: Inspection) -> tuple[Leaf, ...]:
    """
    Return path and text of everything untaken at and below `element`, relative to it, sorted.

    What is left out because it may be a secret is reported.
    """
    return tuple(sorted(_leaves(element, inspection)))


def rooted(prefix: str, leaves: Iterable[Leaf]) -> Iterator[Leaf]:
    """Yield the leaves below `prefix`."""
    return ((f"{prefix}/{path}" if path else prefix, text) for path, text in leaves)


def named(leaves: Iterable[Leaf], names: Mapping[str, str]) -> dict[str, str]:
    """
    Return the leaves by path, sorted; identifiers in `names` become names, a path twice a number.

    Connectors and partitions have other identifiers on each server: with names two servers compare.
    """
    result: dict[str, str] = {}
    for path, text in sorted(leaves):
        unique, number = path, 1
        while unique in result:
            number += 1
            unique = f"{path}[{number}]"
        guid = guid_in(text)
        result[unique] = text if guid is None else names.get(guid, guid)
    return result


def step_in_path(name: str) -> str:
    """
    Return a name as one step of a path.

    >>> step_in_path("In/Out 100%")
    'In%2FOut 100%25'
    """
    return "".join(
        f"%{ord(character):02X}" if character in "/%" or not character.isprintable() else character
        for character in name
    )


def _leaves(element: Element, inspection: Inspection) -> Iterator[Leaf]:
    if is_encrypted(element) or is_noise(element) or _is_withheld(element, inspection):
        return
    text = with_line_feeds(element.text)
    if not element.is_taken and (text.strip() or not (element.children or element.attributes)):
        yield "", text.strip("\n") if text.strip() else ""
    for name, value in element.attributes.items():
        if name in element.taken_attributes:
            continue
        if is_withheld(name, value):
            inspection.advise(withholding(name, value, element.place(inspection.file)))
        else:
            yield f"@{name}", value
    groups: dict[str, list[Element]] = {}
    for child in element.children:
        groups.setdefault(_step(child), []).append(child)
    for step, children in groups.items():
        yield from _group(step, [leaves_below(child, inspection) for child in children], children)


def _group(step: str, groups: list[tuple[Leaf, ...]], children: list[Element]) -> Iterator[Leaf]:
    if children[0].tag in _ORDERED:
        found = list(enumerate(groups, start=1))
    else:
        found = list(enumerate(sorted(filter(None, groups)), start=1))
    for number, leaves in found:
        numbered = children[0].tag in _ORDERED or number > 1
        yield from rooted(f"{step}[{number}]" if numbered else step, leaves) if step else leaves


def _is_withheld(element: Element, inspection: Inspection) -> bool:
    """Tell whether an element with all that is below it may be a secret, and report it."""
    is_parameter = element.tag == "parameter"
    name = element.attributes.get("name", "") if is_parameter else element.tag
    text = "" if element.is_taken else element.text
    if not is_withheld(name, text):
        return False
    if text.strip() or element.children or element.attributes:
        inspection.advise(withholding(name, text, element.place(inspection.file)))
    return True


def _step(element: Element) -> str:
    tag = element.tag
    if tag in _ELIDED:
        return ""
    if tag in _ORDERED:
        return _ORDERED[tag]
    name = step_in_path(_name_of(element))
    if name and tag in _NAMED:
        return name
    step = _ALIASES.get(tag, tag)
    return f"{step}[{name}]" if name else step


def _name_of(element: Element) -> str:
    for key in _KEY_ATTRIBUTES:
        if key in element.attributes:
            return element.attributes[key]
    for key in _KEYS:
        child = element.first(key)
        if child is not None and child.text.strip():
            return child.text
    return ""
