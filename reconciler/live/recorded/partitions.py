"""One partition of an exported connector: which domain, which containers, which object types."""

from __future__ import annotations

from collections.abc import Mapping

from reconciler.live.recorded.elements import Element
from reconciler.live.recorded.fields import Fields, items_of, name_in
from reconciler.live.recorded.parameters import take_parameters
from reconciler.live.recorded.words import with_line_feeds
from reconciler.model.snapshots import PartitionTree


def decode_partition(fields: Fields) -> PartitionTree:
    """Return the partition, without preferred domain controllers: no export has them."""
    specific = _specific(fields)
    dn = specific.name("dn") if specific else fields.name("name")
    display_name = fields.text("display-name")
    parameters = _parameters(fields)
    if specific:
        hold_in(specific.element, {**parameters, "name": display_name})
    hold_in(fields.element, {"name": dn})
    tree = PartitionTree(
        dn=dn,
        name=display_name,
        selected=fields.flag("selected"),
        is_domain=specific.flag("is-domain") if specific else False,
        object_classes=[],
        inclusions=[],
        exclusions=[],
        parameters=parameters,
    )
    filter_ = fields.child("filter")
    if filter_:
        _take_filter(Fields(fields.inspection, filter_), tree)
    return tree


def hold_in(element: Element, values: Mapping[str, str]) -> None:
    """
    Take the leaves below `element` that only repeat a value which the tree already holds.

    The vendor writes many settings twice: as a parameter and as an element or attribute of that
    name. Where the two differ, the leaf stays.
    """
    for child in element.children:
        if not child.children and values.get(child.tag) == child.text:
            child.take()
        for name, text in child.attributes.items():
            if child.tag != "parameter-values" and values.get(name) == text:
                child.take_attribute(name)


def _specific(fields: Fields) -> Fields | None:
    # `adma-partition-data` or `ecma-partition-data`, by the connector's type
    custom = fields.optional("custom-data")
    for child in custom.children if custom else ():
        if child.tag.endswith("-partition-data"):
            return Fields(fields.inspection, child)
    return None


def _parameters(fields: Fields) -> dict[str, str]:
    holder = fields.optional("parameter-values")
    found = take_parameters(holder, fields.inspection, use="partition") if holder else {}
    return found.get("partition", {})


def _take_filter(fields: Fields, tree: PartitionTree) -> None:
    classes = fields.child("object-classes")
    if classes:
        names = {name_in(fields.inspection, item) for item in items_of(classes, "object-class")}
        tree["object_classes"] = sorted(names)
    containers = fields.child("containers")
    if containers:
        inner = Fields(fields.inspection, containers)
        tree["inclusions"] = _names(inner.child("inclusions"), "inclusion")
        tree["exclusions"] = _names(inner.child("exclusions"), "exclusion")


def _names(holder: Element | None, tag: str) -> list[str]:
    # the Entra connector has one empty inclusion: no container at all
    texts = {with_line_feeds(item.take()) for item in items_of(holder, tag)}
    return sorted(text for text in texts if text.strip())
