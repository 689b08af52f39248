"""Small configurations for checks: documents as people write them, a value on each line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import count

from reconciler.checks.check import Check
from reconciler.checks.subject import Subject
from reconciler.kinds.rules.baselines import baseline_hash
from reconciler.kinds.rules.normal_form import from_document
from reconciler.model.estates import Document, DocumentType, Estate
from reconciler.model.findings import Finding
from reconciler.model.nodes import Node, Plain
from reconciler.model.places import Place
from reconciler.model.snapshots import SchemaTree
from reconciler.plan.sides import declared_resources

SERVER = "sync01.corp.contoso.com"

Fields = Mapping[str, Plain]


def rule(name: str = "In from AD - User - HR", /, *, file: Plain = "", **fields: Plain) -> Document:
    """Return a custom rule that no check complains about, with some fields changed."""
    document: dict[str, Plain] = {
        "rule": name,
        "connector": "corp",
        "direction": "inbound",
        "source": "user",
        "target": "person",
        "link": "join",
        "precedence": 50,
        "flows": {"department": {"from": "department"}},
    }
    slug = "".join(c if c.isalnum() else "-" for c in name.lower())
    return _document(DocumentType.SYNC_RULE, file or f"rules/{slug}.yaml", {**document, **fields})


def outbound(name: str = "Out to AAD - User - HR", /, **fields: Plain) -> Document:
    """Return an outbound custom rule to the tenant."""
    head: dict[str, Plain] = {
        "connector": "entra",
        "direction": "outbound",
        "source": "person",
        "target": "user",
    }
    return rule(name, **{**head, **fields})


def default_rule(
    name: str = "In from AD - User Join",
    /,
    *,
    tag: str = "Microsoft.InfromADUserJoin.003",
    precedence: Plain = 100,
    file: Plain = "",
    edited: Fields | None = None,
    **fields: Plain,
) -> Document:
    """Return a recorded default rule; `edited` is changed after its hash was taken."""
    document: dict[str, Plain] = {
        "rule": name,
        "connector": "corp",
        "direction": "inbound",
        "source": "user",
        "target": "person",
        "link": "provision",
        "precedence": precedence,
        "join": [[{"cs": "objectGUID", "mv": "sourceAnchorBinary"}]],
        "flows": {"cn": {"from": "cn"}},
        **fields,
    }
    alias = str(document["connector"])
    sha256 = baseline_hash(name, alias, from_document(document))
    baseline: Plain = {"tag": tag, "build": "2.5.190.0", "sha256": sha256}
    whole = {**document, "baseline": baseline, **(edited or {})}
    place = file or f"rules/default/{alias}/{tag.lower()}.yaml"
    return _document(DocumentType.DEFAULT_RULE, place, whole)


def connector(alias: str = "corp", /, *, file: Plain = "", **fields: Plain) -> Document:
    """Return the document of an AD connector."""
    head: dict[str, Plain] = {"connector": alias, "forest": f"{alias}.contoso.com"}
    place = file or f"connectors/{alias}.yaml"
    return _document(DocumentType.CONNECTOR, place, {**head, **fields})


def tenant(**fields: Plain) -> Document:
    """Return the document of the tenant's connector."""
    value: dict[str, Plain] = {"connector": "entra", "tenant": "contoso.onmicrosoft.com"}
    return _document(DocumentType.CONNECTOR, "connectors/entra.yaml", {**value, **fields})


def units(domain: str = "corp.contoso.com", **lists: Plain) -> Document:
    """Return a connector with one domain and its organizational units."""
    return connector(domains={domain: {"organizational_units": dict(lists)}})


def server(**fields: Plain) -> Document:
    """Return the document of server settings."""
    return _document(DocumentType.SERVER, "server.yaml", dict(fields))


def environment(*, environment: str = "prod", **roles: str) -> Document:
    """Return an environment whose servers have these roles; `__` stands for a dot."""
    servers: dict[str, Plain] = {
        name.replace("__", "."): {"role": role} for name, role in roles.items()
    }
    value: dict[str, Plain] = {"environment": environment, "servers": servers}
    return _document(DocumentType.ENVIRONMENT, "environment.yaml", value)


def schema(classes: str = "user group contact", **attributes: str) -> SchemaTree:
    """Return a schema; the words of an attribute as a snapshot has them."""
    return SchemaTree(attributes=attributes, classes=classes.split())


SCHEMAS: Mapping[str, SchemaTree] = {
    "metaverse": schema(
        "person group",
        department="string indexable",
        cn="string indexable",
        sourceAnchorBinary="binary indexable",
        manager="reference",
        member="reference multi",
        proxyAddresses="string multi",
        accountEnabled="boolean",
        pwdLastSet="integer",
        info="string",
        mail="string indexable",
    ),
    "corp": schema(
        department="string",
        departmentNumber="string multi",
        cn="string",
        objectGUID="binary read-only",
        manager="reference",
        proxyAddresses="string multi",
        mail="string",
    ),
    "entra": schema(department="string", sourceAnchor="string read-only"),
}
"""Schemas of the metaverse and of both connectors."""


def desired(*documents: Document, schemas: Mapping[str, SchemaTree] | None = None) -> Subject:
    """Return the side of git; both connectors have documents unless the caller brings one."""
    given = list(documents)
    if not any(document.type is DocumentType.CONNECTOR for document in given):
        given.append(connector())
    if not any(document.file == "connectors/entra.yaml" for document in given):
        given.append(tenant())
    estate = Estate(
        environment="prod", documents=tuple(sorted(given, key=lambda document: document.file))
    )
    document = estate.only(DocumentType.ENVIRONMENT)
    return Subject(
        server=SERVER,
        resources=declared_resources(estate, SERVER),
        environment=document.root.plain() if document else None,
        schemas=schemas,
        estate=estate,
    )


def recorded(*documents: Document, schemas: Mapping[str, SchemaTree] | None = None) -> Subject:
    """Return the same configuration as a server would show it: without documents and places."""
    subject = desired(*documents, schemas=schemas)
    return Subject(server="sync01", resources=subject.resources, schemas=schemas)


def read_as(rule_: Document, *beside: Document, **notes: str) -> Subject:
    """Return the side of git with a recording that has the same default rule as other notes say."""
    subject = desired(rule_, *beside)
    rules = {
        address: replace(resource, notes={**resource.notes, **notes})
        for address, resource in subject.resources["default-rule"].items()
    }
    there = Subject(server="sync01", resources={**subject.resources, "default-rule": rules})
    return replace(subject, recorded=there)


def run(
    check: Check, *documents: Document, schemas: Mapping[str, SchemaTree] | None = None
) -> list[Finding]:
    """Return what one check says about a configuration."""
    return list(check.run(desired(*documents, schemas=schemas)))


def as_node(value: Plain, file: str) -> Node:
    """Return the value as a tree whose parts stand on lines of their own, from line 1 on."""
    lines = count(1)

    def node(part: Plain, column: int, key: Place | None = None) -> Node:
        place = Place(file, key.line if key else next(lines), column)
        if isinstance(part, dict):
            members = {}
            for name, item in part.items():
                at = Place(file, next(lines), column)
                members[name] = node(item, column + len(name) + 2, at)
            return Node(value=members, place=place, key=key)
        if isinstance(part, list):
            items = tuple(node(item, column + 2) for item in part)
            return Node(value=items, place=place, key=key)
        text = place if isinstance(part, str) and "\n" not in part else None
        return Node(value=part, place=place, key=key, text=text)

    return node(value, 1)


def _document(type_: DocumentType, file: Plain, value: dict[str, Plain]) -> Document:
    return Document(type=type_, file=str(file), root=as_node(value, str(file)))
