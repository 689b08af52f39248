"""
Which organizational units of a domain are synchronized, and what happens to new ones.

The server keeps two lists of DNs; the nearest listed ancestor decides (adsync-server.md 4.5). The
domain itself in one of the lists is what the wizard calls the choice for new OUs (mapping marked
uncertain there).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import ClassVar

from reconciler.kinds.comparison import exact, name_members
from reconciler.kinds.connector_settings import WIZARD
from reconciler.kinds.distinguished_names import (
    absolute,
    domain_dn,
    normal_dn,
    relative_to,
    tidy_dn,
)
from reconciler.kinds.domain import ALL, declared_domains, filter_follow_ups, partitions
from reconciler.kinds.effective_scope import Region, regions_of, risk_of
from reconciler.kinds.kind import Draft, Kind, OperationDraft, World, Written
from reconciler.kinds.naming import Naming
from reconciler.kinds.wizard_boxes import box_steps
from reconciler.model.addresses import Address
from reconciler.model.changes import Action, FollowUp, Risk, Support
from reconciler.model.estates import DocumentType, Estate
from reconciler.model.nodes import Node, Plain
from reconciler.model.places import Place
from reconciler.model.resources import Reading, Resource
from reconciler.model.snapshots import Part, Server

NEW = {
    (True, False): "included",
    (False, True): "excluded",
    (False, False): "unlisted",
    (True, True): "both",
}
"""What becomes of a new OU, by whether the domain is in the inclusions and in the exclusions."""


class OrganizationalUnits(Kind):
    """The OU filter of a selected domain, as full DNs without the domain itself."""

    name = "organizational-units"
    title = "organizational units"
    document = DocumentType.CONNECTOR
    slot = ("domains", "*", "organizational_units")
    parts = (Part.CONNECTORS,)
    fields: ClassVar = {"include": name_members, "exclude": name_members, "new": exact}
    support = Support.UNSUPPORTED
    hand_tool_runs_steps = True
    rank = 30

    def declared(self, estate: Estate, server: str) -> Iterator[Resource]:
        """Yield the filter of each listed domain that has one; `all` is one."""
        for alias, domain, node in declared_domains(estate):
            units = node if node.value == ALL else node.member("organizational_units")
            if units is not None:
                yield self._declared(alias, domain, units)

    def read(self, server: Server, naming: Naming) -> Reading:
        """Return the filter of each domain, selected or not."""
        resources = [
            Resource(
                address=Address(self.name, alias, partition["name"].casefold()),
                name=f"{self.title} of {partition['name']}",
                fields=_fields(partition["inclusions"], partition["exclusions"], partition["dn"]),
                notes={
                    "dn": partition["dn"],
                    "domain": partition["name"],
                    "selected": str(partition["selected"]),
                },
            )
            for alias, partition in partitions(naming)
        ]
        return Reading(resources=tuple(resources))

    def written(self, resource: Resource, world: World) -> Written | None:
        """Return the filter of a selected domain in its shortest form, DNs relative to it."""
        if resource.notes["selected"] != "True":
            return None
        root = resource.notes["dn"]
        return Written(
            document=self.document,
            owner=resource.address.connector,
            path=("domains", resource.notes["domain"], "organizational_units"),
            value=_written(resource, root),
        )

    def risk(self, draft: Draft) -> Risk:
        """Judge by the scope that results; an entry that decides nothing is cosmetic."""
        return risk_of(_regions(draft))

    def operations(self, draft: Draft) -> tuple[OperationDraft, ...]:
        """Return the write of both lists of one partition."""
        if draft.desired is None or draft.action is not Action.UPDATE:
            return ()
        there = draft.live.fields if draft.live else {}
        domain = draft.address.name
        inclusions, exclusions = _lists({**there, **draft.desired.fields}, domain_dn(domain))
        value: dict[str, Plain] = {
            "domain": domain,
            "inclusions": _respelled(inclusions, there),
            "exclusions": _respelled(exclusions, there),
        }
        target = f"connector/{draft.address.connector}"
        facet = f"{self.name}/{domain}"
        return (OperationDraft(verb="set-connector", target=target, facet=facet, value=value),)

    def needs(self, draft: Draft, others: Sequence[Draft]) -> tuple[Address, ...]:
        """Return the domain's own change where the domain is not on the server yet."""
        domain = Address("domain", draft.address.connector, draft.address.name)
        return (domain,) if draft.action is Action.CREATE else ()

    def follow_ups(self, draft: Draft, world: World) -> tuple[FollowUp, ...]:
        """Return full import, then delta synchronization, where the scope changes (8.1)."""
        if self.risk(draft) is Risk.COSMETIC:
            return ()
        return filter_follow_ups(draft.address.connector)

    def instructions(self, draft: Draft, world: World) -> tuple[str, ...]:
        """Return the wizard's page, the boxes to click from the top down, and who is affected."""
        directory = world.naming.server_name(draft.address.connector)
        domain = draft.live.notes["domain"] if draft.live else draft.address.name
        is_new = not _is_selected(draft.live)
        return (
            f"{WIZARD} → Domain and OU filtering → directory {directory} → {domain}:",
            *box_steps(_regions(draft), domain, is_new=is_new),
        )

    def _declared(self, alias: str, domain: str, node: Node) -> Resource:
        root = domain_dn(domain)
        places: dict[str, Place] = {}
        if node.value == ALL:
            fields: dict[str, Plain] = {"include": [], "exclude": [], "new": "included"}
        elif node.member("inclusions") or node.member("exclusions"):
            fields = _fields(
                _names(node, "inclusions", root), _names(node, "exclusions", root), root
            )
        else:
            new = node.member("new")
            fields = {
                "include": [*_names(node, "include", root)],
                "exclude": [*_names(node, "exclude", root)],
                "new": new.plain() if new else "excluded",
            }
        for name, member in node.members():
            places[name] = member.place
            places.update(
                {f"{name}[{number}]": item.place for number, item in enumerate(member.items())}
            )
        return Resource(
            address=Address(self.name, alias, domain.casefold()),
            name=f"{self.title} of {domain}",
            fields=fields,
            place=node.key or node.place,
            places=places,
        )


def _names(node: Node, member: str, root: str) -> list[str]:
    found = node.member(member)
    return [absolute(str(item.value), root) for item in found.items()] if found else []


def _fields(inclusions: list[str], exclusions: list[str], root: str) -> dict[str, Plain]:
    domain = normal_dn(root)
    include = [name for name in inclusions if normal_dn(name) != domain]
    exclude = [name for name in exclusions if normal_dn(name) != domain]
    listed = (len(include) < len(inclusions), len(exclude) < len(exclusions))
    return {"include": [*include], "exclude": [*exclude], "new": NEW[listed]}


def _lists(fields: dict[str, Plain], root: str) -> tuple[list[Plain], list[Plain]]:
    inclusions = [*_list(fields["include"])]
    exclusions = [*_list(fields["exclude"])]
    if fields["new"] in ("included", "both"):
        inclusions.insert(0, root)
    if fields["new"] in ("excluded", "both"):
        exclusions.insert(0, root)
    return inclusions, exclusions


def _respelled(names: list[Plain], there: Mapping[str, Plain]) -> list[Plain]:
    """Return the names as the server has them already, new ones in the vendor's spelling."""
    known = [*_list(there.get("include")), *_list(there.get("exclude"))]
    spelling = {normal_dn(str(name)): str(name) for name in known}
    return [spelling.get(normal_dn(str(name)), tidy_dn(str(name))) for name in names]


def _list(value: Plain) -> list[Plain]:
    return value if isinstance(value, list) else []


def _written(resource: Resource, root: str) -> Plain:
    fields = dict(resource.fields)
    if fields["new"] == "included" and not fields["include"] and not fields["exclude"]:
        return ALL
    if fields["new"] not in ("included", "excluded"):
        inclusions, exclusions = _lists(fields, root)
        return {"inclusions": _sorted(inclusions), "exclusions": _sorted(exclusions)}
    written: dict[str, Plain] = {}
    for name in ("include", "exclude"):
        names = [relative_to(str(item), root) for item in _list(fields[name])]
        if names:
            written[name] = _sorted(names)
    return {**written, "new": fields["new"]}


def _sorted(names: Iterable[Plain]) -> list[Plain]:
    return [*sorted(map(str, names), key=lambda text: (normal_dn(text), text))]


def _regions(draft: Draft) -> tuple[Region, ...]:
    """Return the regions of the domain; one that was not selected had nobody in the scope."""
    there = draft.live.fields if draft.live else {}
    wanted = {**there, **draft.desired.fields} if draft.desired else there
    before = there if _is_selected(draft.live) else None
    return regions_of(before, wanted, domain_dn(draft.address.name))


def _is_selected(live: Resource | None) -> bool:
    return live is not None and live.notes.get("selected") != "False"
