"""A small server of two connectors and the estate that declares it, to change one or the other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from reconciler.kinds.kind import Draft
from reconciler.kinds.rules.normal_form import DEFAULTS, from_document
from reconciler.model.addresses import Address
from reconciler.model.changes import Action
from reconciler.model.estates import Document, DocumentType, Estate
from reconciler.model.nodes import Plain, node_of
from reconciler.model.places import Place
from reconciler.model.plans import Plan
from reconciler.model.resources import Resource
from reconciler.model.snapshots import Part, RuleTree, Server, ServerTree, State
from reconciler.plan.building import Request, build_plan
from reconciler.plan.differences import Differences, Scope, find_differences
from reconciler.plan.sides import sides_of
from tests.kinds import trees, worlds

CORP = trees.CORP
DOMAIN = "corp.contoso.com"
NAME = worlds.NAME

Fields = dict[str, Plain]

ENVIRONMENT: Fields = {
    "environment": "prod",
    "servers": {NAME: {"role": "active"}},
    "policy": {"prune": "report", "allow_unsupported": [], "hold_after": ["destructive"]},
}
CORP_DOCUMENT: Fields = {
    "connector": "corp",
    "forest": DOMAIN,
    "domains": {DOMAIN: {"organizational_units": {"exclude": ["OU=Leavers"], "new": "included"}}},
    "attributes": ["displayName", "mail"],
}
ENTRA_DOCUMENT: Fields = {
    "connector": "entra",
    "tenant": "contoso.onmicrosoft.com",
    "attributes": ["displayName"],
}


def rule(name: str = "A", *, precedence: Plain = 50, **changed: Plain) -> Fields:
    """Return the document of a custom rule."""
    return {
        "rule": name,
        "connector": "corp",
        "direction": "inbound",
        "source": "user",
        "target": "person",
        "link": "join",
        "precedence": precedence,
        **changed,
    }


def live_rule(document: Fields, *, tag: str = "") -> RuleTree:
    """Return the rule on a server that a document declares."""
    name = str(document["rule"])
    tree = trees.tree_of(from_document(document), name=name, tag=tag)
    return {**tree, "identifier": f"00000000-0000-0000-0000-{abs(hash_of(name)):012d}"}


def hash_of(name: str) -> int:
    """Return a number for a name, the same in every run."""
    return sum(position * ord(character) for position, character in enumerate(name, start=1))


def tree(*rules: RuleTree, **changed: object) -> ServerTree:
    """Return what the server holds."""
    partition = trees.partition(
        DOMAIN,
        inclusions=(f"{root()}",),
        exclusions=(f"OU=Leavers,{root()}",),
    )
    found: ServerTree = {
        "parameters": {
            "Microsoft.Synchronize.StagingMode": "False",
            "Microsoft.Synchronize.SynchronizationSchedule": "True",
        },
        "connectors": [trees.ad_connector(partition), trees.entra_connector()],
        "rules": [*rules],
        "schemas": {},
        "raw": {},
    }
    return {**found, **changed}  # type: ignore[typeddict-item]


def root() -> str:
    """Return the DN of the domain."""
    return ",".join(f"DC={label}" for label in DOMAIN.split("."))


def document(type_: DocumentType, value: Mapping[str, Plain], *, file: str = "") -> Document:
    """Return a document that stood in a file."""
    name = file or f"{type_.value}-{value.get('connector', '')}-{value.get('rule', '')}.yaml"
    return Document(type=type_, file=name, root=node_of(dict(value), Place(name, 1, 1)))


def estate(
    *rules: Fields,
    environment: Fields | None = None,
    connectors: tuple[Fields, ...] = (CORP_DOCUMENT, ENTRA_DOCUMENT),
    server: Fields | None = None,
) -> Estate:
    """Return an environment; a rule with a baseline is a default rule."""

    def documents() -> Iterator[Document]:
        yield document(DocumentType.ENVIRONMENT, environment or ENVIRONMENT)
        if server is not None:
            yield document(DocumentType.SERVER, server)
        for connector in connectors:
            yield document(DocumentType.CONNECTOR, connector)
        for item in rules:
            is_default = "baseline" in item
            yield document(
                DocumentType.DEFAULT_RULE if is_default else DocumentType.SYNC_RULE, item
            )

    return Estate(environment="prod", documents=tuple(documents()))


def live(*rules: RuleTree, states: Mapping[Part, State] | None = None, **changed: object) -> Server:
    """Return the server, everything read."""
    return worlds.server(tree(*rules, **changed), states=states)


def policy(**changed: Plain) -> Fields:
    """Return an environment with another policy."""
    there = ENVIRONMENT["policy"]
    assert isinstance(there, dict)
    return {**ENVIRONMENT, "policy": {**there, **changed}}


def plan(estate_: Estate, server: Server, *targets: Address) -> Plan:
    """Return the plan of the one server."""
    return build_plan(Request(estate=estate_, server=NAME, live=server, targets=targets))


def differences(estate_: Estate, server: Server, scope: Scope | None = None) -> Differences:
    """Return the differences of the one server."""
    return find_differences(sides_of(estate_, server, name=NAME), scope)


def draft(
    name: str = "A",
    *,
    before: Mapping[str, Plain] | None = None,
    after: Mapping[str, Plain] | None = None,
    kind: str = "sync-rule",
) -> Draft:
    """Return the draft of a rule that has and gets some fields, all others at their defaults."""
    address = Address(kind, "corp", name)
    first, second = (_resource(address, side) for side in (before, after))
    action = Action.UPDATE if first and second else Action.CREATE if second else Action.DELETE
    return Draft(address=address, name=name, action=action, fields=(), desired=second, live=first)


def _resource(address: Address, fields: Mapping[str, Plain] | None) -> Resource | None:
    if fields is None:
        return None
    basis = {"direction": "inbound", "source": "user", "target": "person", "link": "join"}
    return Resource(
        address=address, name=address.name, fields={**DEFAULTS, **basis, "precedence": 1, **fields}
    )
