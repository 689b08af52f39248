"""`lineage`: who feeds an attribute, in which order and on which condition, in both directions."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from reconciler.application.assembly.reading import assess_environment, open_tree
from reconciler.application.assessing import Assessment, refuse_invalid
from reconciler.application.exits import Exit
from reconciler.application.refusals import Refusal, usage
from reconciler.application.servers import addressed_server
from reconciler.kinds.rules.normal_form import to_rule
from reconciler.model.addresses import Address
from reconciler.model.findings import quoted
from reconciler.model.lineage import Contribution, Lineage
from reconciler.model.nodes import Plain
from reconciler.model.resources import Resource
from reconciler.model.rules import Direction, Flow, FlowType, Rule, ScopeCondition
from reconciler.plan.policy import roles_of
from reconciler.plan.sides import declared_resources, sides_of

_UNSOLVED = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Traced:
    """The lineages of an environment's rules, by attribute, object type and direction."""

    environment: str
    lineages: tuple[Lineage, ...]

    @property
    def exit_code(self) -> Exit:
        """Return 0."""
        return Exit.DONE

    def encode(self) -> dict[str, Plain]:
        """Return the members of the JSON result."""
        return {
            "findings": [],
            "environment": self.environment,
            "lineages": [_encoded(lineage) for lineage in self.lineages],
        }


def trace(folder: str, environment: str, attribute: str | None) -> Traced:
    """
    Return the lineages, of one attribute or of all.

    Raises Refusal: 65 for an invalid tree, 64 for an attribute that no rule feeds.
    """
    assessment = assess_environment(open_tree(folder), environment)
    refuse_invalid(assessment)
    lineages = lineages_of(_rules(assessment))
    if attribute is not None:
        known = {item.attribute for item in lineages}
        if attribute not in known:
            raise _unfed(attribute, environment, known)
        lineages = tuple(item for item in lineages if item.attribute == attribute)
    return Traced(environment=environment, lineages=lineages)


def _unfed(attribute: str, environment: str, known: Collection[str]) -> Refusal:
    """Return the refusal of an attribute that no rule feeds, with the name that was meant."""
    same = sorted(name for name in known if name.casefold() == attribute.casefold())
    nearest = same or get_close_matches(attribute, sorted(known), n=1)
    return usage(
        f"no rule of {environment} feeds {quoted(attribute)}",
        expected=("the name of a target attribute; names are case-sensitive",),
        remedy=f"did you mean {quoted(nearest[0])}?"
        if nearest
        else f"see them all: reconciler lineage {environment}",
    )


def lineages_of(rules: Iterable[tuple[Address, Rule]]) -> tuple[Lineage, ...]:
    """Return the lineage of every attribute that a rule feeds."""
    found: dict[tuple[str, str, Direction], list[tuple[Address, Rule, Flow]]] = {}
    for address, rule in rules:
        for flow in rule.flows:
            key = (flow.target, rule.target, rule.direction)
            found.setdefault(key, []).append((address, rule, flow))
    return tuple(
        Lineage(
            attribute=attribute,
            object_type=object_type,
            direction=direction,
            contributions=tuple(
                _contribution(*item)
                for item in sorted(found[attribute, object_type, direction], key=_order)
            ),
        )
        for attribute, object_type, direction in sorted(
            found, key=lambda key: (key[0].casefold(), *key)
        )
    )


def _rules(assessment: Assessment) -> Iterator[tuple[Address, Rule]]:
    roles = roles_of(assessment.estate)
    server = addressed_server(roles, None) if roles else ""
    recording = assessment.recordings.get(server)
    sides: Mapping[str, Mapping[Address, Resource]] = declared_resources(assessment.estate, server)
    numbers: Mapping[Address, Resource] = {}
    if recording is not None:
        settled = sides_of(assessment.estate, recording.server, name=server)
        sides, numbers = settled.desired, settled.live["default-rule"].by_address()
    for address, resource in sides["sync-rule"].items():
        yield address, to_rule(resource.fields, name=resource.name, connector=address.connector)
    for address, resource in sides["default-rule"].items():
        number = numbers.get(address, resource).notes["precedence"]
        fields = {**resource.fields, "precedence": int(number)}
        yield address, to_rule(fields, name=resource.name, connector=address.connector)


def _order(item: tuple[Address, Rule, Flow]) -> tuple[int, Address]:
    number = item[1].precedence
    return (_UNSOLVED if number is None else number, item[0])


def _contribution(address: Address, rule: Rule, flow: Flow) -> Contribution:
    return Contribution(
        precedence=rule.precedence,
        rule=rule.name,
        address=address,
        connector=rule.connector,
        flow=_flow_text(flow),
        merge=flow.merge.value,
        scope=tuple(" and ".join(map(_condition, group)) for group in rule.scope),
        is_disabled=rule.disabled,
    )


def _flow_text(flow: Flow) -> str:
    if flow.type is FlowType.DIRECT:
        return ", ".join(flow.sources)
    return f'"{flow.constant}"' if flow.type is FlowType.CONSTANT else flow.expression


def _condition(condition: ScopeCondition) -> str:
    return " ".join(
        part for part in (condition.attribute, condition.operator, condition.value) if part
    )


def _encoded(lineage: Lineage) -> Plain:
    return {
        "attribute": lineage.attribute,
        "object_type": lineage.object_type,
        "direction": lineage.direction.value,
        "contributions": [
            {
                "precedence": item.precedence,
                "rule": item.rule,
                "address": str(item.address),
                "connector": item.connector,
                "flow": item.flow,
                "merge": item.merge,
                "scope": [*item.scope],
                "disabled": item.is_disabled,
            }
            for item in lineage.contributions
        ],
    }
