"""
Fitting sections into a limit: what is short is kept before what is long, what is first before last.

The caller subtracts what is never left out. Sizes count as services do: UTF-16 code units.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """
    One thing in two lengths; `full` and `short` may be the same.

    A `middle` length, where there is one, is taken before any other item gets its full one.
    """

    full: str
    short: str
    middle: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Items under a heading; `left_out` is added to the number that did not fit."""

    heading: str
    unit: str
    items: tuple[Item, ...]
    left_out: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitted:
    """What of a group is shown, and how many of its items are not."""

    group: Group
    texts: tuple[str, ...]
    folded: int


def size(text: str) -> int:
    """Return the length in UTF-16 code units, which is never less than the number of characters."""
    return len(text) + sum(1 for character in text if character > "\uffff")


def fit(groups: Sequence[Group], *, room: int) -> tuple[Fitted, ...]:
    """
    Return the groups with as many items as fit into `room`, each item counted with two line feeds.

    First every item is taken in its short form, in order; what room is left turns short forms into
    middle ones and then into full ones, in order. Headings and counts are the caller's.
    """
    shown: dict[tuple[int, int], str] = {}
    for key, item in _items(groups):
        if size(item.short) + 2 <= room:
            shown[key] = item.short
            room -= size(item.short) + 2
    for longer in (_middle, _full):
        for key, item in _items(groups):
            extra = size(longer(item)) - size(shown[key]) if key in shown else 0
            if key in shown and extra <= room:
                shown[key] = longer(item)
                room -= extra
    return tuple(_fitted(group, number, shown) for number, group in enumerate(groups))


def _middle(item: Item) -> str:
    return item.middle or item.short


def _full(item: Item) -> str:
    return item.full


def _items(groups: Sequence[Group]) -> list[tuple[tuple[int, int], Item]]:
    return [
        ((group_number, number), item)
        for group_number, group in enumerate(groups)
        for number, item in enumerate(group.items)
    ]


def _fitted(group: Group, number: int, shown: dict[tuple[int, int], str]) -> Fitted:
    texts = [shown[number, at] for at in range(len(group.items)) if (number, at) in shown]
    folded = len(group.items) - len(texts) + group.left_out
    return Fitted(group=group, texts=tuple(texts), folded=folded)
