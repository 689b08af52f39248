"""Equality of values as JSON has it, for sets of values; comparing meanings is the kinds' task."""

from __future__ import annotations

from collections.abc import Hashable, Mapping

from reconciler.model.nodes import Node, Scalar


def frozen(node: Node) -> Hashable:
    """Return a value that is equal exactly for equal JSON values: true is not 1, 1 is 1.0."""
    value = node.value
    if isinstance(value, tuple):
        return ("list", *map(frozen, value))
    if isinstance(value, Mapping):
        return ("mapping", frozenset((name, frozen(member)) for name, member in value.items()))
    return _frozen_scalar(value)


def frozen_plain(value: object) -> Hashable:
    """Return the same as `frozen` for a value without places."""
    if isinstance(value, list):
        return ("list", *map(frozen_plain, value))
    if isinstance(value, Mapping):
        return (
            "mapping",
            frozenset((name, frozen_plain(member)) for name, member in value.items()),
        )
    return _frozen_scalar(value)  # type: ignore[arg-type]  # what JSON has beside these two


def _frozen_scalar(value: Scalar) -> Hashable:
    return ("boolean", value) if isinstance(value, bool) else value
