"""
A server's tree as the bridge would answer it: the inverse of the decoding, for tests alone.

Written from the contract and not from the decoder, so that the two can disagree.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from itertools import starmap
from typing import cast

from reconciler.model.nodes import Plain
from reconciler.model.snapshots import (
    ConnectorTree,
    FlowTree,
    PartitionTree,
    RuleTree,
    SchemaTree,
    ServerTree,
)

INSTANCE = "5f0c6a3e-1111-4222-8333-0123456789ab"
TIME = "2026-11-02T06:15:00Z"
GENERATION = "0f" * 16

SCHEDULER: dict[str, Plain] = {
    "allowed_interval": "00:30:00",
    "effective_interval": "00:30:00",
    "customized_interval": None,
    "next_policy": "Delta",
    "cycle_enabled": True,
    "maintenance_enabled": True,
    "purge_interval": "7.00:00:00",
    "staging_mode": False,
    "is_suspended": False,
    "in_progress": False,
}


def info_value(**changed: Plain) -> dict[str, Plain]:
    """Return the value of a Get-ReconcilerInfo answer."""
    return {
        "bridge": "1.0.0",
        "contract": "1.0",
        "capabilities": ["read"],
        "powershell": "5.1.20348.2849",
        "server": "SYNC01",
        "build": "2.5.190.0",
        "module_version": "2.5.190.0",
        "instance": INSTANCE,
        "tenant": "contoso.onmicrosoft.com",
        "scheduler": dict(SCHEDULER),
        "is_cycle_running": False,
        "running_connectors": [],
        "is_wizard_open": False,
        "cmdlets": [{"name": "Set-ADSyncScheduler", "parameters": ["Force", "SyncCycleEnabled"]}],
        "lease": None,
        **changed,
    }


def lease_value(**changed: Plain) -> dict[str, Plain]:
    """Return a lease as Get-ReconcilerInfo shows it."""
    return {
        "run": "run-7",
        "owner": "pipeline 42",
        "plan_hash": "ab" * 32,
        "commit": None,
        "state": "held",
        "since": "2026-11-02T05:00:00Z",
        "expires": None,
        "scheduler_as_found": {"cycle_enabled": True},
        "last_request": None,
        "last_result": None,
        **changed,
    }


def state_of(tree: ServerTree, **settings: Plain) -> dict[str, Plain]:
    """Return every section that Get-ReconcilerState would answer for the tree."""
    connectors = tree.get("connectors", [])
    return {
        "settings": {
            "parameters": _pairs(tree.get("parameters", {})),
            "scheduler": dict(SCHEDULER),
            "automatic_upgrade": {
                "state": tree.get("parameters", {}).get(
                    "Microsoft.OptionalFeature.AutoUpgradeState", "Disabled"
                ),
                "reason": None,
            },
            "audit_logging": tree.get("audit_logging"),
            **settings,
        },
        "connectors": [_connector(connector) for connector in connectors],
        "rules": [_rule(rule) for rule in tree.get("rules", [])],
        "schemas": [_schema(owner, schema) for owner, schema in tree.get("schemas", {}).items()],
        "hierarchy": [
            {
                "connector": connector["identifier"],
                "partition_dn": partition["dn"],
                "nodes": [{"dn": f"OU=People,{partition['dn']}", "state": 1}],
            }
            for connector in connectors
            if connector["type"] == "AD"
            for partition in connector["partitions"]
        ],
    }


def reply_value(value: Plain, **changed: Plain) -> dict[str, Plain]:
    """Return a whole reply, without marks."""
    return {
        "contract": "1.0",
        "id": "",
        "ok": True,
        "value": value,
        "error": None,
        "revision": None,
        "server_time": TIME,
        "generation": GENERATION,
        **changed,
    }


def marked_text(value: Plain) -> str:
    """Return the JSON text with the mark, written a second time so that tests can tell."""
    return json.dumps(_marked(value))


def _marked(value: Plain) -> Plain:
    match value:
        case str():
            return f"={value}"
        case list():
            return [_marked(item) for item in value]
        case dict():
            return {name: _marked(item) for name, item in value.items()}
        case _:
            return value


def _pairs(values: Mapping[str, str]) -> list[Plain]:
    return [{"name": name, "value": text} for name, text in values.items()]


def _connector(tree: ConnectorTree) -> Plain:
    return {
        "identifier": tree["identifier"],
        "name": tree["name"],
        "type": tree["type"],
        "subtype": tree["subtype"],
        "parameters": [
            {"holder": holder, "name": name, "value": text}
            for holder, values in tree["parameters"].items()
            for name, text in values.items()
        ],
        "partitions": [_partition(partition) for partition in reversed(tree["partitions"])],
        "attributes": [*reversed(tree["attributes"])],
        "object_types": [],
        "password_hash_sync": _synchronization(tree),
    }


def _synchronization(tree: ConnectorTree) -> Plain:
    found = tree.get("password_hash_sync")
    return None if found is None else {"enabled": found["enabled"], "target": found["target"]}


def _partition(tree: PartitionTree) -> Plain:
    controllers = tree.get("preferred_domain_controllers")
    return {
        "dn": tree["dn"],
        "name": tree["name"],
        "selected": tree["selected"],
        "is_domain": tree["is_domain"],
        "object_classes": [*tree["object_classes"]],
        "inclusions": [*tree["inclusions"]],
        "exclusions": [*tree["exclusions"]],
        "preferred_domain_controllers": None if controllers is None else [*controllers],
        "parameters": _pairs(tree["parameters"]),
    }


def _rule(tree: RuleTree) -> Plain:
    scope = [[cast("Plain", dict(condition)) for condition in group] for group in tree["scope"]]
    join = [[cast("Plain", dict(condition)) for condition in group] for group in tree["join"]]
    return {
        "identifier": tree["identifier"],
        "name": tree["name"],
        "description": tree["description"].replace("\n", "\r\n"),
        "tag": tree["tag"],
        "connector": tree["connector"],
        "direction": tree["direction"],
        "disabled": tree["disabled"],
        "source": tree["source"],
        "target": tree["target"],
        "link": tree["link"],
        "precedence": tree["precedence"],
        "precedence_after": tree["precedence_after"],
        "precedence_before": tree["precedence_before"],
        "soft_delete_expiry": tree["soft_delete_expiry"],
        "password_sync": tree["password_sync"],
        "scope": [*scope],
        "join": [*join],
        "flows": [_flow(flow) for flow in tree["flows"]],
    }


def _flow(tree: FlowTree) -> Plain:
    constant = tree.get("constant")
    return {
        "target": tree["target"],
        "type": tree["type"],
        "source": [*tree["source"]] if constant is None else [constant],
        "expression": tree.get("expression"),
        "merge": tree["merge"],
        "execute_once": tree["execute_once"],
    }


def _schema(owner: str, tree: SchemaTree) -> Plain:
    return {
        "connector": owner,
        "attributes": [*starmap(_attribute, tree["attributes"].items())],
        "classes": [*tree["classes"]],
    }


def _attribute(name: str, text: str) -> Plain:
    words = text.split()
    return {
        "name": name,
        "type": words[0].capitalize(),
        "multi": "multi" in words,
        "indexable": "indexable" in words,
        "read_only": "read-only" in words,
        "export_only": "export-only" in words,
    }
