"""Requests for a change that are wrong in one thing each, as members to send beside sound ones."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.bridge.applying import ADD, CUSTOM_RULE, SWITCH, flow, rule


def op(**members: Any) -> Callable[[], dict[str, Any]]:
    """Return a request for a change whose operation has other members."""
    wanted = {"verb": SWITCH.verb, "target": SWITCH.target, "expect": [], "value": SWITCH.value}
    return lambda: {"op": {**wanted, **members}}


def adding(**members: Any) -> Callable[[], dict[str, Any]]:
    return op(verb="add-rule", target=ADD.target, value=rule(**members))


def connector(**value: Any) -> Callable[[], dict[str, Any]]:
    return op(verb="set-connector", target="connector/" + CUSTOM_RULE, value=value)


BAD: dict[str, Callable[[], dict[str, Any]]] = {
    "an unknown verb": op(verb="set-everything"),
    "an unknown member": op(force=True),
    "a target of another verb": op(target="scheduler"),
    "a target that is no GUID": op(target="rule/all"),
    "a value of another type": op(value={"disabled": "true"}),
    "an unknown setting": op(value={"disabled": True, "name": "x"}),
    "an empty value": op(verb="set-scheduler", target="scheduler", value={}),
    "a value that is no object": op(value=[]),
    "an unknown facet": op(expect=[{"facet": "everything", "revision": "absent"}]),
    "an expectation that is no object": op(expect=["scheduler"]),
    "a span that is none": op(
        verb="set-scheduler", target="scheduler", value={"interval": "30 minutes"}
    ),
    "a cleared override": op(
        verb="set-override", target="overrides/" + CUSTOM_RULE, value={"full_sync": False}
    ),
    "an unknown operator": adding(
        scope=[[{"attribute": "a", "operator": "ISNOTBITSET", "value": "2"}]]
    ),
    "a rule of another identifier": adding(identifier=CUSTOM_RULE),
    "a custom rule with a tag": adding(tag="Microsoft.Something.001"),
    "a rule without a name": adding(name=" "),
    "an expression without text": adding(flows=[flow("title", type="Expression")]),
    "a constant of two texts": adding(flows=[flow("title", type="Constant", source=["a", "b"])]),
    "an expression in a direct flow": adding(
        flows=[flow("title", source=["title"], expression="x")]
    ),
    "a precedence that is a text": adding(precedence="50"),
    "a scope group that is no list": adding(scope=[{}]),
    "an empty attribute selection": connector(attribute_selection=[]),
    "a partition without a name": connector(domains=[{"partition_dn": "", "selected": True}]),
    "a list of numbers": connector(object_types=["user", 7]),
    "an id that leaves the folder": lambda: {"id": "../lease"},
    "an empty id": lambda: {"id": ""},
    "a lease that is a number": lambda: {"lease": 7},
    "no what_if": lambda: {"what_if": None},
}
