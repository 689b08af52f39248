"""
Plans as JSON values (decision D1); the same plan gives the same values.

`decoding` reads them back; `schemas/plan.schema.json` describes them.
"""

from __future__ import annotations

from reconciler.model.changes import Action, Change, Operation
from reconciler.model.findings import Finding
from reconciler.model.nodes import Plain
from reconciler.model.plans import Plan, ServerFacts
from reconciler.plan.fingerprints import FORMAT_VERSION


def encode_plan(plan: Plan) -> dict[str, Plain]:
    """Return the plan as JSON values."""
    return {
        "format_version": FORMAT_VERSION,
        "environment": plan.environment,
        "selection": {
            "server": plan.selection.server,
            "targets": [str(target) for target in plan.selection.targets],
        },
        "servers": [_server(server) for server in plan.servers],
        "fingerprints": {
            "desired": plan.desired_fingerprint,
            "commit": plan.commit,
            "live": dict(sorted(plan.live_fingerprints.items())),
        },
        "content_hash": plan.content_hash,
        "summary": {
            "create": plan.count(Action.CREATE),
            "update": plan.count(Action.UPDATE),
            "delete": plan.count(Action.DELETE),
            "manual": plan.manual_count,
        },
        "changes": [_change(change) for change in plan.changes],
        "unmanaged": [
            {"address": str(item.address), "name": item.name, "server": item.server}
            for item in plan.unmanaged
        ],
        "findings": [encode_finding(finding) for finding in plan.findings],
        "coverage": [
            {
                "kind": item.kind,
                "server": item.server,
                "state": item.state.value,
                "note": item.note,
                "declared": item.declared,
            }
            for item in plan.coverage
        ],
        "blocked": [{"address": str(item.address), "reason": item.reason} for item in plan.blocked],
        "impact": plan.impact,
    }


def encode_finding(finding: Finding) -> dict[str, Plain]:
    """Return a finding as JSON values."""
    place = finding.place
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "concern": finding.concern.value,
        "what": finding.what,
        "place": {
            "file": place.file,
            "line": place.line,
            "column": place.column,
            "element": place.element,
        }
        if place
        else None,
        "address": str(finding.address) if finding.address else None,
        "server": finding.server,
        "expected": [*finding.expected],
        "remedy": finding.remedy,
        "see": finding.see,
    }


def _server(server: ServerFacts) -> Plain:
    return {
        "name": server.name,
        "build": server.build,
        "role": server.role,
        "read_at": server.read_at,
        "source": server.kind_of_source,
        "instance": server.instance,
    }


def _change(change: Change) -> Plain:
    return {
        "address": str(change.address),
        "name": change.name,
        "kind": change.kind,
        "server": change.server,
        "action": change.action.value,
        "risk": change.risk.value,
        "support": change.support.value,
        "attribution": change.attribution.value,
        "moved_from": str(change.moved_from) if change.moved_from else None,
        "after": [str(address) for address in change.after],
        "fields": [
            {"path": item.path, "before": item.before, "after": item.after, "form": item.form}
            for item in change.fields
        ],
        "instructions": [*change.instructions],
        "operations": [_operation(operation) for operation in change.operations],
        "follow_ups": [
            {"connector": step.connector, "step": step.step.value, "by": step.by}
            for step in change.follow_ups
        ],
    }


def _operation(operation: Operation) -> Plain:
    return {
        "id": operation.id,
        "server": operation.server,
        "verb": operation.verb,
        "target": operation.target,
        "group": operation.group,
        "expect": {**operation.expect},
        "value": {**operation.value},
    }
