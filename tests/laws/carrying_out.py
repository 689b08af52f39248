"""A plan carried out on a server in memory: each operation does to the tree what its verb says."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from reconciler.kinds.naming import name_connectors
from reconciler.kinds.rules.tags import parse_tag
from reconciler.kinds.scheduler import Scheduler
from reconciler.model.addresses import Address, parse_address
from reconciler.model.changes import Operation
from reconciler.model.plans import Plan
from reconciler.model.snapshots import ConnectorTree, RuleTree, Server
from tests.kinds.trees import tree_of

_SCHEDULER = dict(zip(Scheduler.fields, Scheduler.global_parameters, strict=False))


def carry_out(plan: Plan, server: Server) -> Server:
    """Return the server after every operation of the plan, in the order of their numbers."""
    done = replace(server, tree=copy.deepcopy(server.tree))
    operations = [item for change in plan.changes for item in change.operations]
    for operation in sorted(operations, key=lambda item: int(item.id)):
        _VERBS[operation.verb](done, operation)
        numbers = [rule["precedence"] for rule in done.tree["rules"]]
        assert len({*numbers}) == len(numbers), "two rules hold one number"
    return done


def _connector(server: Server, operation: Operation) -> ConnectorTree:
    alias = operation.target.removeprefix("connector/")
    return name_connectors(server, None).connectors[alias]


def _address(server: Server, rule: RuleTree) -> Address:
    alias = name_connectors(server, None).alias_of(rule["connector"]) or ""
    tag = parse_tag(rule["tag"])
    return (
        Address("default-rule", alias, tag.agnostic)
        if tag
        else Address("sync-rule", alias, rule["name"])
    )


def _rule(server: Server, operation: Operation) -> RuleTree:
    wanted = parse_address(operation.target)
    (found,) = [rule for rule in server.tree["rules"] if _address(server, rule) == wanted]
    return found


def _new_rule(server: Server, operation: Operation) -> RuleTree:
    alias = parse_address(operation.target).connector
    identifier = name_connectors(server, None).connectors[alias]["identifier"]
    name = str(operation.value["name"])
    return tree_of(operation.value, name=name, connector=identifier)


def _add_rule(server: Server, operation: Operation) -> None:
    server.tree["rules"].append(_new_rule(server, operation))


def _remove_rule(server: Server, operation: Operation) -> None:
    server.tree["rules"].remove(_rule(server, operation))


def _set_rule(server: Server, operation: Operation) -> None:
    _remove_rule(server, operation)
    _add_rule(server, operation)


def _set_rule_disabled(server: Server, operation: Operation) -> None:
    _rule(server, operation)["disabled"] = operation.value["disabled"] is True


def _set_connector(server: Server, operation: Operation) -> None:
    connector, value = _connector(server, operation), dict[str, Any](operation.value)
    if "attribute-selection" in value:
        connector["attributes"] = value["attribute-selection"]
    for partition in connector["partitions"]:
        if "object-types" in value:
            partition["object_classes"] = value["object-types"]
        if partition["name"] == value.get("domain"):
            partition.update({name: value[name] for name in value.keys() - {"domain"}})  # type: ignore[typeddict-item]


def _set_password_hash_sync(server: Server, operation: Operation) -> None:
    state = _connector(server, operation)["password_hash_sync"]
    state["enabled"] = operation.value["enabled"] is True


def _set_scheduler(server: Server, operation: Operation) -> None:
    for name, value in operation.value.items():
        server.tree["parameters"][_SCHEDULER[name]] = str(value)


def _set_automatic_upgrade(server: Server, operation: Operation) -> None:
    state = str(operation.value["state"]).capitalize()
    server.tree["parameters"]["Microsoft.OptionalFeature.AutoUpgradeState"] = state


_VERBS: dict[str, Callable[[Server, Operation], None]] = {
    "add-rule": _add_rule,
    "remove-rule": _remove_rule,
    "set-rule": _set_rule,
    "set-rule-disabled": _set_rule_disabled,
    "set-connector": _set_connector,
    "set-password-hash-sync": _set_password_hash_sync,
    "set-scheduler": _set_scheduler,
    "set-automatic-upgrade": _set_automatic_upgrade,
}
