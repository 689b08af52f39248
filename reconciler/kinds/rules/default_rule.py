"""
Default rules: the vendor's own, recorded in full, of which only `disabled` may be declared.

The vendor supports no other edit, re-creates a deleted one enabled and resets an edited one on
upgrade (adsync-server.md 5.6). A difference is therefore a finding, never a write.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar

from reconciler.kinds.comparison import exact
from reconciler.kinds.kind import Draft, Kind, OperationDraft, Presence, Settled, World, Written
from reconciler.kinds.naming import Naming
from reconciler.kinds.rules.baselines import attribute_difference, baseline_hash
from reconciler.kinds.rules.comparison import RULE_FIELDS
from reconciler.kinds.rules.followups import rule_follow_ups
from reconciler.kinds.rules.judgement import judge
from reconciler.kinds.rules.normal_form import FIELDS, to_document
from reconciler.kinds.rules.rule_documents import rule_resource, text_of, written_rule
from reconciler.kinds.rules.sync_rule import read_rules
from reconciler.kinds.rules.tags import parse_tag
from reconciler.model.addresses import Address
from reconciler.model.changes import Attribution, FieldChange, FollowUp, Risk
from reconciler.model.estates import Document, DocumentType, Estate
from reconciler.model.findings import Concern, Finding, Severity, quoted
from reconciler.model.nodes import Plain
from reconciler.model.resources import Reading, Resource
from reconciler.model.snapshots import Part, Server

DEFAULT_RULE_DIFFERS = "RC3102"  # a default rule is not as its baseline says
DEFAULT_RULE_NEW = "RC3103"  # a default rule that git does not know
DEFAULT_RULE_MISSING = "RC3104"  # a default rule that the server lacks
DEFAULT_RULE_ORDER = "RC3105"  # the default rules stand in another order

_COMPARED = tuple(name for name in FIELDS if name != "precedence")
_NAME = "rule"  # the rule's name, by the key of its document: it is found by tag, not by name
_MEANING = {
    Attribution.PRODUCT_UPGRADE: "a product upgrade brought a newer version of the rule",
    Attribution.DRIFT: "somebody edited it: tag and build are those of the baseline",
    Attribution.UNDECIDED: "an edit by hand or another version: the build is not the baseline's",
}


class DefaultRule(Kind):
    """A rule with a vendor's tag, found by connector and tag without its number."""

    name = "default-rule"
    title = "default rule"
    document = DocumentType.DEFAULT_RULE
    parts = (Part.RULES, Part.CONNECTORS)
    fields: ClassVar = {_NAME: exact, **{name: RULE_FIELDS[name] for name in _COMPARED}}
    observed = frozenset({_NAME, *_COMPARED}) - {"disabled"}
    only_live = Presence.FINDING
    only_desired = Presence.FINDING
    rank = 45

    def declared(self, estate: Estate, server: str) -> Iterator[Resource]:
        """Yield the rule of each baseline document; the first of two with one tag."""
        seen: set[Address] = set()
        for document in estate.of_type(self.document):
            resource = _declared(document)
            if resource.address not in seen:
                seen.add(resource.address)
                yield resource

    def read(self, server: Server, naming: Naming) -> Reading:
        """Return the default rules of the server without their numbers, which upgrades move."""
        rules = [
            (Address(self.name, alias, tag.agnostic), tree)
            for tree in server.tree.get("rules", [])
            if (tag := parse_tag(tree["tag"])) and (alias := naming.alias_of(tree["connector"]))
        ]
        reading = read_rules(rules)
        resources = tuple(_compared(resource, server.build or "") for resource in reading.resources)
        return Reading(
            resources=resources, findings=reading.findings, unreadable=reading.unreadable
        )

    def settle(self, desired: Mapping[Address, Resource], world: World) -> Settled:
        """Return the desired side as it is, and a finding where the order of the rules differs."""
        live = world.live[self.name].by_address()
        common = [address for address in desired if address in live]
        in_git = sorted(
            common, key=lambda address: (int(desired[address].notes["precedence"]), address)
        )
        on_server = sorted(
            common, key=lambda address: (int(live[address].notes["precedence"]), address)
        )
        findings = () if in_git == on_server else (_order_finding(in_git, on_server, world.server),)
        return Settled(resources=desired, findings=findings if world.is_whole else ())

    def written(self, resource: Resource, world: World) -> Written | None:
        """Return the rule in full with its baseline."""
        fields = {**resource.fields, "precedence": int(resource.notes["precedence"])}
        alias = resource.address.connector
        baseline: dict[str, Plain] = {
            "tag": resource.notes["tag"],
            "build": resource.notes["build"],
            "sha256": baseline_hash(resource.name, alias, fields),
        }
        head = written_rule(resource, {"baseline": baseline})
        if fields["disabled"]:
            head["disabled"] = True
        rest = to_document({**fields, "disabled": False})
        return Written(
            document=self.document,
            owner=str(resource.address),
            path=(),
            value={**head, **rest},
        )

    def missing(self, resource: Resource, *, on_live: bool) -> Finding | None:
        """Word a default rule that only one side has."""
        if on_live:
            what = f"default rule {quoted(resource.name)} is not on the server"
            remedy = (
                "the next upgrade re-creates it enabled; restore it, "
                "then disable it in git if it is unwanted"
            )
        else:
            what = f"the server has a default rule {quoted(resource.name)} that git does not know"
            remedy = (
                "`reconciler import ENV --from SOURCE` records it; "
                "a feature or an upgrade brings new default rules"
            )
        return Finding(
            code=DEFAULT_RULE_MISSING if on_live else DEFAULT_RULE_NEW,
            severity=Severity.WARNING,
            concern=Concern.LIVE,
            what=what,
            address=resource.address,
            place=resource.place,
            remedy=remedy,
        )

    def differs(
        self, desired: Resource, live: Resource, fields: Sequence[FieldChange]
    ) -> Finding | None:
        """Word one finding that holds both texts of everything that differs."""
        whose = attribute_difference(
            baseline_tag=_tag_number(desired),
            live_tag=_tag_number(live),
            baseline_build=desired.notes["build"],
            live_build=live.notes["build"],
        )
        return Finding(
            code=DEFAULT_RULE_DIFFERS,
            severity=Severity.WARNING,
            concern=Concern.LIVE,
            what=f"default rule {quoted(desired.name)} differs from its baseline",
            address=desired.address,
            place=desired.place_of(fields[0].path),
            expected=(
                _MEANING[whose],
                *(line for change in fields for line in _both_texts(change)),
            ),
            remedy=_remedy(whose, desired.address),
        )

    def risk(self, draft: Draft) -> Risk:
        """Judge by what the rule decides."""
        return judge(draft)

    def operations(self, draft: Draft) -> tuple[OperationDraft, ...]:
        """Return the one write that the vendor supports; none where something else differs."""
        if draft.paths != {"disabled"}:
            return ()
        value = {"disabled": draft.after("disabled")}
        return (OperationDraft(verb="set-rule-disabled", target=str(draft.address), value=value),)

    def follow_ups(self, draft: Draft, world: World) -> tuple[FollowUp, ...]:
        """Return the full synchronizations that make the switch count."""
        return rule_follow_ups(draft, world)

    def instructions(self, draft: Draft, world: World) -> tuple[str, ...]:
        """Return the editor's step; the vendor supports no other edit than this one."""
        if draft.paths != {"disabled"}:
            return (f'leave "{draft.name}" to the wizard and the upgrades of the product',)
        verb = "Disable" if draft.after("disabled") else "Enable"
        return (f'Synchronization Rules Editor: select "{draft.name}" and {verb}',)


def _declared(document: Document) -> Resource:
    alias = text_of(document, "connector")
    baseline = document.root.member("baseline")
    notes = {name: str(node.value) for name, node in (baseline.members() if baseline else ())}
    tag = parse_tag(notes.get("tag", ""))
    address = Address("default-rule", alias, tag.agnostic if tag else text_of(document, "rule"))
    resource = rule_resource(document, address=address)
    notes["precedence"] = str(resource.fields["precedence"] or 0)
    return _only_compared(resource, notes)


def _compared(resource: Resource, build: str) -> Resource:
    return _only_compared(resource, {**resource.notes, "build": build})


def _only_compared(resource: Resource, notes: Mapping[str, str]) -> Resource:
    return Resource(
        address=resource.address,
        name=resource.name,
        fields={_NAME: resource.name, **{name: resource.fields[name] for name in _COMPARED}},
        place=resource.place,
        places=resource.places,
        notes=notes,
    )


def _tag_number(resource: Resource) -> int:
    tag = parse_tag(resource.notes.get("tag", ""))
    return tag.number if tag else 0


def _both_texts(change: FieldChange) -> tuple[str, ...]:
    return (
        change.path,
        f"  in git     {_shown(change.after)}",
        f"  on server  {_shown(change.before)}",
    )


def _shown(value: Plain) -> str:
    if value is None:
        return "(not there)"
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text.replace("\n", " ")


def _remedy(whose: Attribution, address: Address) -> str:
    if whose is Attribution.PRODUCT_UPGRADE:
        return (
            "review the difference, then `reconciler import ENV --from SOURCE` "
            "records the new version"
        )
    return (
        "undo the edit (clone the rule, then disable the original); "
        f"`reconciler import ENV --from SOURCE --adopt-default '{address}'` "
        "records what the server has"
    )


def _order_finding(in_git: Sequence[Address], on_server: Sequence[Address], server: str) -> Finding:
    first = next(
        number for number, (a, b) in enumerate(zip(in_git, on_server, strict=True)) if a != b
    )
    return Finding(
        code=DEFAULT_RULE_ORDER,
        severity=Severity.WARNING,
        concern=Concern.LIVE,
        what="the default rules stand in another order",
        address=on_server[first],
        server=server,
        expected=(
            f"first difference: expected {in_git[first]}, the server has {on_server[first]}",
        ),
        remedy=(
            "adding a forest or a feature in the wizard reorders them; "
            "`reconciler import ENV --from SOURCE` records the order"
        ),
    )
