"""
Plans as JSON and back (decision D1); canonical: the same plan is the same text.

Reports and `apply` read it; `schemas/plan.schema.json` describes it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from reconciler.model.addresses import Address, parse_address
from reconciler.model.changes import (
    Action,
    Attribution,
    Change,
    FieldChange,
    FollowUp,
    Operation,
    Risk,
    Step,
    Support,
)
from reconciler.model.findings import Concern, Finding, Severity
from reconciler.model.nodes import Plain
from reconciler.model.places import Place
from reconciler.model.plans import (
    Blocked,
    KindCoverage,
    Plan,
    Selection,
    ServerFacts,
    Unmanaged,
)
from reconciler.model.snapshots import State
from reconciler.plan.fingerprints import FORMAT_VERSION, digest


class PlanUnreadableError(ValueError):
    """A text that is no plan of this format; the message says why."""


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


def decode_plan(value: object) -> Plan:
    """
    Return the plan that JSON values stand for.

    Raises PlanUnreadableError, also where the content hash of the file does not belong to its
    contents in shape; whether the plan is current is for `apply` to find out by planning again.
    """
    if not isinstance(value, Mapping) or value.get("format_version") != FORMAT_VERSION:
        raise PlanUnreadableError(f"expected a plan of format version {FORMAT_VERSION}")
    try:
        return _plan(value)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise PlanUnreadableError(f"a member is missing or has another shape ({error})") from error


def plan_digest(plan: Plan) -> str:
    """Return the SHA-256 of the whole file's meaning, which names a saved plan."""
    return digest(encode_plan(plan))


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


def _plan(value: Mapping[str, Any]) -> Plan:
    fingerprints = value["fingerprints"]
    return Plan(
        environment=_text(value["environment"]),
        selection=Selection(
            server=_text(value["selection"]["server"]),
            targets=tuple(parse_address(text) for text in value["selection"]["targets"]),
        ),
        servers=tuple(_decoded_server(item) for item in value["servers"]),
        desired_fingerprint=_text(fingerprints["desired"]),
        commit=fingerprints["commit"],
        live_fingerprints={**fingerprints["live"]},
        content_hash=_text(value["content_hash"]),
        changes=tuple(_decoded_change(item) for item in value["changes"]),
        unmanaged=tuple(
            Unmanaged(
                address=parse_address(item["address"]),
                name=_text(item["name"]),
                server=_text(item["server"]),
            )
            for item in value["unmanaged"]
        ),
        findings=tuple(decode_finding(item) for item in value["findings"]),
        coverage=tuple(
            KindCoverage(
                kind=_text(item["kind"]),
                server=_text(item["server"]),
                state=State(item["state"]),
                note=_text(item["note"]),
                declared=item["declared"] is True,
            )
            for item in value["coverage"]
        ),
        blocked=tuple(
            Blocked(address=parse_address(item["address"]), reason=_text(item["reason"]))
            for item in value["blocked"]
        ),
        impact=value["impact"],
    )


def decode_finding(item: Mapping[str, Any]) -> Finding:
    """Return the finding that JSON values stand for."""
    place = item["place"]
    return Finding(
        code=_text(item["code"]),
        severity=Severity(item["severity"]),
        concern=Concern(item["concern"]),
        what=_text(item["what"]),
        place=Place(place["file"], place["line"], place["column"], place["element"])
        if place
        else None,
        address=_address(item["address"]),
        server=item["server"],
        expected=tuple(_text(line) for line in item["expected"]),
        remedy=_text(item["remedy"]),
        see=_text(item["see"]),
    )


def _decoded_server(item: Mapping[str, Any]) -> ServerFacts:
    return ServerFacts(
        name=_text(item["name"]),
        role=_text(item["role"]),
        build=item["build"],
        read_at=item["read_at"],
        kind_of_source=_text(item["source"]),
        instance=item["instance"],
    )


def _decoded_change(item: Mapping[str, Any]) -> Change:
    return Change(
        address=parse_address(item["address"]),
        name=_text(item["name"]),
        kind=_text(item["kind"]),
        server=_text(item["server"]),
        action=Action(item["action"]),
        risk=Risk(item["risk"]),
        support=Support(item["support"]),
        attribution=Attribution(item["attribution"]),
        fields=tuple(
            FieldChange(
                path=_text(part["path"]),
                before=part["before"],
                after=part["after"],
                form=_text(part["form"]),
            )
            for part in item["fields"]
        ),
        moved_from=_address(item["moved_from"]),
        after=tuple(parse_address(text) for text in item["after"]),
        instructions=tuple(_text(line) for line in item["instructions"]),
        operations=tuple(
            Operation(**{**part, "expect": {**part["expect"]}, "value": {**part["value"]}})
            for part in item["operations"]
        ),
        follow_ups=tuple(
            FollowUp(
                connector=_text(part["connector"]), step=Step(part["step"]), by=_text(part["by"])
            )
            for part in item["follow_ups"]
        ),
    )


def _address(text: object) -> Address | None:
    return parse_address(str(text)) if text else None


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"expected text, found {type(value).__name__}")
    return value
