"""
The sections that a server answered with, as the one server of a snapshot.

Strict: what is missing or of the wrong type is damage of its part, never an empty value. Asking for
the sections is `reading`'s.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from reconciler.live.server.codes import Code
from reconciler.live.server.connectors import decode_connector
from reconciler.live.server.hierarchy import PartitionHierarchy, decode_hierarchy
from reconciler.live.server.info import BridgeInfo
from reconciler.live.server.inspection import Inspection
from reconciler.live.server.members import Members
from reconciler.live.server.rules import decode_rule
from reconciler.live.server.schemas import METAVERSE, decode_schema
from reconciler.live.server.settings import decode_settings
from reconciler.model.findings import Finding, quoted
from reconciler.model.snapshots import (
    ConnectorTree,
    Coverage,
    Part,
    RuleTree,
    SchemaTree,
    Server,
    ServerTree,
    State,
)

T = TypeVar("T")

PARTS_OF_SECTION: Mapping[str, tuple[Part, ...]] = {
    "settings": (Part.GLOBAL_SETTINGS, Part.AUDIT_LOGGING),
    "connectors": (Part.CONNECTORS, Part.PREFERRED_DOMAIN_CONTROLLERS),
    "rules": (Part.RULES,),
    "schemas": (Part.SCHEMAS,),
    "hierarchy": (),
}
"""What is lost when a section cannot be read; the hierarchy is no part of a snapshot."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """Why a section was not answered."""

    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What a server answered: sections as they came, and why others are missing."""

    info: BridgeInfo
    read_at: str
    sections: Mapping[str, object] = field(default_factory=dict)
    unread: Mapping[str, Unread] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """A server, the findings of decoding it, and its containers; None where they are unread."""

    server: Server
    findings: tuple[Finding, ...]
    hierarchy: tuple[PartitionHierarchy, ...] | None


def decode_server(answers: Answers) -> Decoded:
    """Return the server that the answers describe, as far as they can be read."""
    work = _Work(answers)
    tree = ServerTree()
    work.settings(tree)
    work.connectors(tree)
    work.rules(tree)
    work.schemas(tree)
    hierarchy = work.hierarchy()
    server = Server(
        name=answers.info.server,
        kind_of_source="bridge",
        read_at=answers.read_at,
        build=answers.info.build or None,
        instance=answers.info.instance,
        tree=tree,
        coverage=tuple(work.coverage(part) for part in Part),
    )
    return Decoded(server=server, findings=tuple(work.inspection.findings), hierarchy=hierarchy)


class _Work:
    """The decoding of one set of answers: its damage and what turned out to be absent."""

    def __init__(self, answers: Answers) -> None:
        self._answers = answers
        self.inspection = Inspection()
        self._absent: dict[Part, str] = {}
        for section, unread in answers.unread.items():
            for part in PARTS_OF_SECTION[section]:
                self.inspection.damaged.setdefault(part, []).append(unread.note)

    def settings(self, tree: ServerTree) -> None:
        """Decode global parameters and the audit switch."""
        parts = PARTS_OF_SECTION["settings"]
        holder = self._section("settings")
        found = holder.member("settings") if holder else None
        if found is None:
            return
        settings = decode_settings(found)
        if settings.parameters:
            tree["parameters"] = settings.parameters
        if settings.audit_logging is not None:
            tree["audit_logging"] = settings.audit_logging
        elif parts[1] not in self.inspection.damaged:
            self._absent[parts[1]] = "this server does not say"

    def connectors(self, tree: ServerTree) -> None:
        """Decode the connectors; one that occurs again is none."""
        items = self._list("connectors", "no connector")
        found = _once(
            [(item, decode_connector(item)) for item in items],
            lambda connector: connector["identifier"],
            lambda connector: f"name {connector['name'].casefold()}",
        )
        if found:
            tree["connectors"] = sorted(found, key=_place_of_connector)
        partitions = [partition for tree in found for partition in tree["partitions"]]
        if not all("preferred_domain_controllers" in partition for partition in partitions):
            self._absent[Part.PREFERRED_DOMAIN_CONTROLLERS] = "this build does not say"

    def rules(self, tree: ServerTree) -> None:
        """Decode the rules; one of a connector that is not there is damage."""
        items = self._list("rules", "no synchronization rule")
        decoded = [(item, decode_rule(item)) for item in items]
        found = _once(decoded, lambda rule: rule["identifier"])
        known = self._identifiers("connectors")
        for item, rule in decoded:
            if rule and known and rule["connector"] not in known:
                item.damage(
                    Code.UNKNOWN_CONNECTOR,
                    f"the connector of the rule {quoted(rule['name'])} is not there",
                    expected="a connector of the same answer",
                )
        kept = [rule for rule in found if not known or rule["connector"] in known]
        if kept:
            tree["rules"] = sorted(kept, key=_place_of_rule)

    def schemas(self, tree: ServerTree) -> None:
        """Decode the schemas: the metaverse's and one of each connector."""
        items = self._list("schemas", "no schema")
        found: dict[str, SchemaTree] = {}
        for item in items:
            decoded = decode_schema(item)
            if decoded is None:
                continue
            if decoded[0] in found:
                item.damage(Code.REPEATED, "the same schema again", expected="each schema once")
            found[decoded[0]] = decoded[1]
        wanted = {METAVERSE, *self._identifiers("connectors")} if items else set()
        said = self._identifiers("schemas", key="connector")
        for owner in sorted(wanted - said):
            self.inspection.damage(
                Code.MISSING_VALUE,
                f"the schema of {owner} is missing",
                parts=PARTS_OF_SECTION["schemas"],
                at="schemas",
                expected="the schema of the metaverse and of each connector",
            )
        if found:
            tree["schemas"] = dict(sorted(found.items()))

    def hierarchy(self) -> tuple[PartitionHierarchy, ...] | None:
        """Decode the containers of the directories."""
        holder = self._section("hierarchy")
        before = self.inspection.damage_count
        items = holder.objects("hierarchy") if holder else []
        if holder is None or self.inspection.damage_count != before:
            return None
        return decode_hierarchy(items)

    def coverage(self, part: Part) -> Coverage:
        """Return how far a part was read."""
        notes = self.inspection.damaged.get(part)
        if notes:
            note = notes[0] if len(notes) == 1 else f"{notes[0]}, and {len(notes) - 1} more"
            return Coverage(part=part, state=State.DAMAGED, note=note)
        if part in self._absent:
            return Coverage(part=part, state=State.ABSENT, note=self._absent[part])
        return Coverage(part=part, state=State.READ)

    def _section(self, name: str) -> Members | None:
        if name in self._answers.unread:
            return None
        return Members(
            inspection=self.inspection,
            parts=PARTS_OF_SECTION[name],
            value=dict(self._answers.sections),
            at="",
        )

    def _list(self, name: str, empty: str) -> list[Members]:
        holder = self._section(name)
        if holder is None:
            return []
        before = self.inspection.damage_count
        items = holder.objects(name)
        if not items and self.inspection.damage_count == before:
            holder.damage(Code.EMPTY_LIST, empty, name=name, expected="at least one")
        return items

    def _identifiers(self, section: str, *, key: str = "identifier") -> set[str]:
        # of all that were answered, the damaged ones among them: one damage is enough
        items = self._answers.sections.get(section)
        found = items if isinstance(items, list) else []
        texts = [item.get(key) for item in found if isinstance(item, dict)]
        return {text for text in texts if isinstance(text, str)}


def _once(found: Sequence[tuple[Members, T | None]], *keys: Callable[[T], str]) -> list[T]:
    """Return what occurs once by each key; what occurs again is dropped, all of it."""
    groups: dict[str, list[int]] = defaultdict(list)
    for number, (_, item) in enumerate(found):
        if item is not None:
            for key in keys:
                groups[key(item)].append(number)
    repeated: set[int] = set()
    for text, numbers in groups.items():
        if len(numbers) > 1:
            repeated.update(numbers)
            what = f"{quoted(text)} occurs {len(numbers)} times"
            found[numbers[1]][0].damage(Code.REPEATED, what, expected="each once")
    return [
        item
        for number, (_, item) in enumerate(found)
        if item is not None and number not in repeated
    ]


def _place_of_connector(connector: ConnectorTree) -> tuple[str, str]:
    return connector["name"], connector["identifier"]


def _place_of_rule(rule: RuleTree) -> tuple[int, str, str]:
    return rule["precedence"], rule["name"], rule["identifier"]
