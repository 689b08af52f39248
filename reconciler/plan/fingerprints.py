"""
Canonical bytes and hashes: of the desired state, of live things, and of a plan's content (D2).

Nothing that changes without meaning takes part: no time, path, version of the tool or identifier.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping

from reconciler.kinds.registry import KINDS
from reconciler.model.addresses import Address
from reconciler.model.changes import Change, FieldChange
from reconciler.model.estates import DocumentType, Estate
from reconciler.model.nodes import Plain
from reconciler.model.plans import Plan
from reconciler.model.resources import Reading, Resource

FORMAT_VERSION = 1
_POSITION = re.compile(r"\[[0-9]+\]")


def canonical_bytes(value: Plain) -> bytes:
    """Return sorted compact UTF-8 JSON."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.encode("utf-8", "surrogatepass")


def digest(value: Plain) -> str:
    """Return the SHA-256 of a value's canonical bytes, in hexadecimal."""
    return hashlib.sha256(canonical_bytes(value)).hexdigest()


def desired_fingerprint(estate: Estate, resources: Mapping[str, Mapping[Address, Resource]]) -> str:
    """Return the hash of what is declared: the environment and every resource's normal values."""
    environment = estate.only(DocumentType.ENVIRONMENT)
    return digest(
        {
            "environment": _in_any_order(environment.root.plain()) if environment else None,
            "resources": {
                str(address): _declared(resource)
                for by_address in resources.values()
                for address, resource in by_address.items()
            },
        }
    )


def live_fingerprints(readings: Iterable[Reading]) -> dict[str, str]:
    """Return the hash of each thing that was read, by address."""
    return {
        str(resource.address): resource_fingerprint(resource)
        for reading in readings
        for resource in reading.resources
    }


def resource_fingerprint(resource: Resource) -> str:
    """Return the hash of a resource's normal values."""
    return digest(_normal(resource))


def content_hash(plan: Plan) -> str:
    """Return the hash that an approval is bound to (decision D2)."""
    return digest(
        {
            "format_version": FORMAT_VERSION,
            "environment": plan.environment,
            "selection": {
                "server": plan.selection.server,
                "role": next((server.role for server in plan.servers), ""),
                "targets": [str(target) for target in plan.selection.targets],
            },
            "desired": plan.desired_fingerprint,
            "changes": [_content(change) for change in plan.changes],
        }
    )


def _in_any_order(value: Plain) -> Plain:
    """
    Return a value with every list in one order.

    Most lists are sets. Where an order counts, the normal values of the desired side tell it.
    """
    if isinstance(value, dict):
        return {name: _in_any_order(item) for name, item in value.items()}
    if isinstance(value, list):
        return sorted(map(_in_any_order, value), key=canonical_bytes)
    return value


def _normal(resource: Resource) -> dict[str, Plain]:
    fields = KINDS[resource.address.kind].fields
    return {
        name: fields[name].normal(value)
        for name, value in sorted(resource.fields.items())
        if name in fields
    }


def _declared(resource: Resource) -> Plain:
    moved_from = str(resource.moved_from) if resource.moved_from else None
    return {"fields": _normal(resource), "moved_from": moved_from}


def _content(change: Change) -> Plain:
    return {
        "address": str(change.address),
        "kind": change.kind,
        "server": change.server,
        "action": change.action.value,
        "moved_from": str(change.moved_from) if change.moved_from else None,
        "after": [str(address) for address in change.after],
        "fields": sorted(map(_field, change.fields), key=canonical_bytes),
        "operations": [
            {
                "verb": operation.verb,
                "target": operation.target,
                "value": _in_any_order({**operation.value}),
            }
            for operation in change.operations
        ],
        "follow_ups": [
            {"connector": step.connector, "step": step.step.value, "by": step.by}
            for step in change.follow_ups
        ],
    }


def _field(field: FieldChange) -> Plain:
    """Return a field change without the position that a condition has in its document."""
    path = _POSITION.sub("[]", field.path)
    before, after = _in_any_order(field.before), _in_any_order(field.after)
    return {"path": path, "before": before, "after": after}
