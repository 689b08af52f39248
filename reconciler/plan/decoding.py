"""
Plans back from the JSON values that `encoding` makes of them.

A saved plan comes from outside, so every member is checked for what it must be.
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
from reconciler.model.findings import Concern, Finding, Severity, quoted
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
from reconciler.plan.fingerprints import FORMAT_VERSION, content_hash


class PlanUnreadableError(ValueError):
    """A text that is no plan of this format; the message says why."""


def decode_plan(value: object) -> Plan:
    """
    Return the plan that JSON values stand for.

    Raises PlanUnreadableError, also where the content hash is not that of the changes; whether the
    plan is current is for `apply` to find out by planning again.
    """
    if not isinstance(value, Mapping) or value.get("format_version") != FORMAT_VERSION:
        raise PlanUnreadableError(f"expected a plan of format version {FORMAT_VERSION}")
    try:
        plan = _plan(value)
    except KeyError as error:
        raise PlanUnreadableError(f"a member is missing: {quoted(str(error.args[0]))}") from error
    except (TypeError, ValueError, AttributeError) as error:
        raise PlanUnreadableError("a member has another shape than expected") from error
    if content_hash(plan) != plan.content_hash:
        raise PlanUnreadableError("its changes are not those that its content hash was made of")
    return plan


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
        commit=_optional(fingerprints["commit"]),
        live_fingerprints=_texts(fingerprints["live"]),
        content_hash=_text(value["content_hash"]),
        changes=tuple(_decoded_change(item) for item in value["changes"]),
        unmanaged=tuple(
            Unmanaged(
                address=parse_address(_text(item["address"])),
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
            Blocked(address=parse_address(_text(item["address"])), reason=_text(item["reason"]))
            for item in value["blocked"]
        ),
        impact=value["impact"],
    )


def decode_finding(item: Mapping[str, Any]) -> Finding:
    """Return the finding that JSON values stand for."""
    return Finding(
        code=_text(item["code"]),
        severity=Severity(item["severity"]),
        concern=Concern(item["concern"]),
        what=_text(item["what"]),
        place=_decoded_place(item["place"]),
        address=_address(item["address"]),
        server=_optional(item["server"]),
        expected=tuple(_text(line) for line in item["expected"]),
        remedy=_text(item["remedy"]),
        see=_text(item["see"]),
    )


def _decoded_server(item: Mapping[str, Any]) -> ServerFacts:
    return ServerFacts(
        name=_text(item["name"]),
        role=_text(item["role"]),
        build=_optional(item["build"]),
        read_at=_optional(item["read_at"]),
        kind_of_source=_text(item["source"]),
        instance=_optional(item["instance"]),
    )


def _decoded_change(item: Mapping[str, Any]) -> Change:
    return Change(
        address=parse_address(_text(item["address"])),
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
        operations=tuple(_decoded_operation(part) for part in item["operations"]),
        follow_ups=tuple(
            FollowUp(
                connector=_text(part["connector"]), step=Step(part["step"]), by=_text(part["by"])
            )
            for part in item["follow_ups"]
        ),
    )


def _decoded_operation(part: Mapping[str, Any]) -> Operation:
    return Operation(
        id=_text(part["id"]),
        server=_text(part["server"]),
        verb=_text(part["verb"]),
        target=_text(part["target"]),
        group=_text(part["group"]),
        expect=_texts(part["expect"]),
        value={**part["value"]},
    )


def _decoded_place(item: Mapping[str, Any] | None) -> Place | None:
    if item is None:
        return None
    return Place(
        file=_text(item["file"]),
        line=_number(item["line"]),
        column=_number(item["column"]),
        element=_text(item["element"]),
    )


def _address(text: object) -> Address | None:
    return None if text is None else parse_address(_text(text))


def _texts(value: Mapping[str, Any]) -> dict[str, str]:
    return {name: _text(item) for name, item in value.items()}


def _optional(value: object) -> str | None:
    return None if value is None else _text(value)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _number(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(value)
    return value
