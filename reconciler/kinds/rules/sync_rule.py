"""
Custom sync rules: the one kind that the vendor lets scripts create, change and remove.

The rule's parts are compared in `comparison`, its numbers solved in `precedence`, its risk told in
`judgement`; this module says where rules stand and which writes change them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar

from reconciler.kinds.kind import Draft, Kind, OperationDraft, Presence, Settled, World, Written
from reconciler.kinds.naming import Naming
from reconciler.kinds.rules.comparison import RULE_FIELDS
from reconciler.kinds.rules.editor_steps import editor_steps
from reconciler.kinds.rules.followups import rule_follow_ups
from reconciler.kinds.rules.judgement import judge
from reconciler.kinds.rules.normal_form import (
    DEFAULTS,
    RepeatedTargetError,
    from_tree,
    to_document,
    to_rule,
)
from reconciler.kinds.rules.precedence import next_default
from reconciler.kinds.rules.rule_documents import rule_resource, text_of, written_rule
from reconciler.kinds.rules.settling import settle_precedence
from reconciler.kinds.rules.tags import parse_tag
from reconciler.model.addresses import Address
from reconciler.model.changes import Action, FollowUp, Risk
from reconciler.model.estates import DocumentType, Estate
from reconciler.model.findings import Concern, Finding, Severity, quoted
from reconciler.model.nodes import Plain
from reconciler.model.resources import Reading, Resource
from reconciler.model.rules import Direction
from reconciler.model.snapshots import Part, RuleTree, Server

TWO_RULES_OF_ONE_NAME = "RC4202"  # two rules of the server have one connector and name
TWO_FLOWS_TO_ONE_ATTRIBUTE = "RC4203"  # a rule of the server has two flows to one attribute

IMMUTABLE = frozenset({"direction", "source", "target"})
"""A change of these replaces the rule (adsync-server.md 5.4); the connector is in the address."""


class SyncRule(Kind):
    """A rule without a vendor's tag, found by connector and exact name."""

    name = "sync-rule"
    title = "rule"
    document = DocumentType.SYNC_RULE
    parts = (Part.RULES, Part.CONNECTORS)
    fields: ClassVar = RULE_FIELDS
    defaults = DEFAULTS
    only_live = Presence.CHANGE
    rank = 40

    def declared(self, estate: Estate, server: str) -> Iterator[Resource]:
        """Yield the rule of each document; the first of two with one name (a check reports it)."""
        seen: set[Address] = set()
        for document in estate.of_type(self.document):
            alias, name = text_of(document, "connector"), text_of(document, "rule")
            address = Address(self.name, alias, name)
            if address not in seen:
                seen.add(address)
                old = text_of(document, "moved_from")
                moved_from = Address(self.name, alias, old) if old else None
                yield rule_resource(document, address=address, moved_from=moved_from)

    def read(self, server: Server, naming: Naming) -> Reading:
        """Return the custom rules of the server; two of one name make the address unreadable."""
        rules = [
            (Address(self.name, alias, tree["name"]), tree)
            for tree in server.tree.get("rules", [])
            if parse_tag(tree["tag"]) is None and (alias := naming.alias_of(tree["connector"]))
        ]
        return read_rules(rules)

    def settle(self, desired: Mapping[Address, Resource], world: World) -> Settled:
        """Solve relative precedences against the numbers of the server."""
        return settle_precedence(desired, world)

    def written(self, resource: Resource, world: World) -> Written | None:
        """Return the rule's document; a number of 100 or more becomes an insertion (A7)."""
        fields = dict(resource.fields)
        number = fields["precedence"]
        if isinstance(number, int) and number >= 100:
            fields["precedence"] = insertion(number, world)
        document = written_rule(resource, to_document(fields))
        return Written(document=self.document, owner=str(resource.address), path=(), value=document)

    def risk(self, draft: Draft) -> Risk:
        """Judge by what the rule decides."""
        return judge(draft)

    def operations(self, draft: Draft) -> tuple[OperationDraft, ...]:
        """Return one write, or remove and add where a property cannot change in place."""
        target = str(draft.address)
        old = str(draft.moved_from or draft.address)
        if draft.desired is None:
            return (OperationDraft(verb="remove-rule", target=target, value={}),)
        value: dict[str, Plain] = {"name": draft.name, **draft.desired.fields}
        if draft.action is Action.CREATE:
            return (OperationDraft(verb="add-rule", target=target, value=value, expect="absent"),)
        if draft.paths & IMMUTABLE:
            return (
                OperationDraft(verb="remove-rule", target=old, value={}),
                OperationDraft(verb="add-rule", target=target, value=value, expect="after"),
            )
        return (OperationDraft(verb="set-rule", target=old, value=value),)

    def needs(self, draft: Draft, others: Sequence[Draft]) -> tuple[Address, ...]:
        """Return the attribute selection that the rule waits for, which selects what it names."""
        used = _attributes_used(draft)
        return tuple(
            other.address
            for other in others
            if other.address.kind == "attribute-selection"
            and other.address.connector == draft.address.connector
            and used & {str(change.after) for change in other.fields if change.after is not None}
        )

    def follow_ups(self, draft: Draft, world: World) -> tuple[FollowUp, ...]:
        """Return the full synchronizations that make the rule count."""
        return rule_follow_ups(draft, world)

    def instructions(self, draft: Draft, world: World) -> tuple[str, ...]:
        """Return the editor's steps."""
        return editor_steps(draft, world, is_replaced=bool(draft.paths & IMMUTABLE))


def _attributes_used(draft: Draft) -> set[str]:
    """Return the attributes of the rule's own connector that it reads or writes."""
    if draft.desired is None:
        return set()
    rule = to_rule(draft.desired.fields, name=draft.name, connector=draft.address.connector)
    used = {condition.cs for group in rule.join for condition in group}
    if rule.direction is Direction.OUTBOUND:
        return used | {flow.target for flow in rule.flows}
    used |= {condition.attribute for group in rule.scope for condition in group}
    return used | {source for flow in rule.flows for source in flow.sources}


def read_rules(rules: list[tuple[Address, RuleTree]]) -> Reading:
    """Return the rules as resources; what cannot be told apart or held is unreadable (A2)."""
    count = Counter(address for address, _ in rules)
    resources, findings, unreadable = [], [], set()
    for address, tree in rules:
        if count[address] > 1:
            unreadable.add(address)
            findings.append(_ambiguous(address, count[address]))
            continue
        try:
            resources.append(_live_rule(address, tree))
        except RepeatedTargetError as error:
            unreadable.add(address)
            findings.append(_repeated_target(address, str(error)))
    return Reading(
        resources=tuple(resources),
        findings=tuple(dict.fromkeys(findings)),
        unreadable=frozenset(unreadable),
    )


def insertion(number: int, world: World) -> Plain:
    """Return where a rule is inserted among the default rules, as documents say it."""
    following = next_default(number, default_numbers(world))
    return {"insert_before": following} if following else {"insert_after": "last"}


def default_numbers(world: World) -> dict[str, int]:
    """Return `alias/tag` and number of the default rules of the server."""
    return {
        f"{resource.address.connector}/{resource.address.name}": int(resource.notes["precedence"])
        for resource in world.live["default-rule"].resources
    }


def _live_rule(address: Address, tree: RuleTree) -> Resource:
    notes = {
        "identifier": tree["identifier"],
        "tag": tree["tag"],
        "precedence": str(tree["precedence"]),
    }
    return Resource(address=address, name=tree["name"], fields=from_tree(tree), notes=notes)


def _ambiguous(address: Address, count: int) -> Finding:
    return Finding(
        code=TWO_RULES_OF_ONE_NAME,
        severity=Severity.ERROR,
        concern=Concern.SOURCE,
        what=(
            f"the server has {count} rules called {quoted(address.name)} "
            f"on connector {address.connector}"
        ),
        address=address,
        expected=("a rule is found by connector and name, so both must be unique",),
        remedy="rename all but one of them in the Synchronization Rules Editor",
    )


def _repeated_target(address: Address, target: str) -> Finding:
    return Finding(
        code=TWO_FLOWS_TO_ONE_ATTRIBUTE,
        severity=Severity.ERROR,
        concern=Concern.SOURCE,
        what=f"the rule has more than one flow to {quoted(target)}",
        address=address,
        expected=("one flow per target attribute, as the engine demands (adsync-server.md 5.7)",),
        remedy="remove all but one of the flows in the Synchronization Rules Editor",
    )
