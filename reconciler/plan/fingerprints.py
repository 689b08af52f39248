"""
Canonical bytes and hashes: of the desired state, of live things, and of a plan's content (D2).

Nothing that changes without meaning takes part: no time, path, version of the tool or identifier.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping

from reconciler.kinds.registry import KINDS
from reconciler.model.addresses import Address
from reconciler.model.changes import Change
from reconciler.model.estates import DocumentType, Estate
from reconciler.model.nodes import Plain
from reconciler.model.plans import Selection
from reconciler.model.resources import Resource

FORMAT_VERSION = 1


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
            "environment": environment.root.plain() if environment else None,
            "resources": {
                str(address): _declared(resource)
                for by_address in resources.values()
                for address, resource in by_address.items()
            },
        }
    )


def resource_fingerprint(resource: Resource) -> str:
    """Return the hash of a resource's normal values."""
    return digest(_normal(resource))


def content_hash(
    *,
    environment: str,
    selection: Selection,
    role: str,
    fingerprint: str,
    changes: Iterable[Change],
) -> str:
    """Return the hash that an approval is bound to (decision D2)."""
    return digest(
        {
            "format_version": FORMAT_VERSION,
            "environment": environment,
            "selection": {
                "server": selection.server,
                "role": role,
                "targets": [str(target) for target in selection.targets],
            },
            "desired": fingerprint,
            "changes": [_content(change) for change in changes],
        }
    )


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
        "fields": [
            {"path": field.path, "before": field.before, "after": field.after}
            for field in change.fields
        ],
        "operations": [
            {"verb": operation.verb, "target": operation.target, "value": {**operation.value}}
            for operation in change.operations
        ],
        "follow_ups": [
            {"connector": step.connector, "step": step.step.value, "by": step.by}
            for step in change.follow_ups
        ],
    }
