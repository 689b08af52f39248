"""
What an expression reads: attributes, parameters, functions.

Whether these exist is for those who know a schema or a connector.
"""

from __future__ import annotations

from collections.abc import Iterable

from reconciler.expressions.syntax import (
    AttributeReference,
    Call,
    Node,
    Parameter,
    StringLiteral,
    walk,
)

# These take the name of the attribute as a text (declarative-provisioning.md 2.1).
NAME_TAKING_FUNCTIONS = frozenset({"ImportedValue", "ValueCount"})


def attribute_references(tree: Node) -> tuple[str, ...]:
    """Return all attribute names read, bracketed or given as text, by first appearance."""
    return _unique(_attribute_name(node) for node in walk(tree))


def bracketed_attributes(tree: Node) -> tuple[str, ...]:
    """Return the attribute names in square brackets, by first appearance."""
    return _unique(node.name for node in walk(tree) if isinstance(node, AttributeReference))


def named_attributes(tree: Node) -> tuple[str, ...]:
    """Return the attribute names given as text to ImportedValue and ValueCount."""
    return _unique(_named_attribute(node) for node in walk(tree))


def parameters(tree: Node) -> tuple[str, ...]:
    """Return the names of the %parameters%, by first appearance."""
    return _unique(node.name for node in walk(tree) if isinstance(node, Parameter))


def functions(tree: Node) -> tuple[str, ...]:
    """Return the names of the functions called, known or not, by first appearance."""
    return _unique(node.function for node in walk(tree) if isinstance(node, Call))


def _attribute_name(node: Node) -> str | None:
    return node.name if isinstance(node, AttributeReference) else _named_attribute(node)


def _named_attribute(node: Node) -> str | None:
    if not isinstance(node, Call) or node.function not in NAME_TAKING_FUNCTIONS:
        return None
    first = node.arguments[0] if node.arguments else None
    return first.value if isinstance(first, StringLiteral) else None


def _unique(names: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in names if name is not None))
