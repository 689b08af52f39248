"""
No value of a document is lost: whoever changes one, `validate` or the plan says so.

Each value is changed on its own. It must be refused, warned of, or a difference of the plan; what
may mean nothing to a plan stands on a written list with its reason.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

import pytest
import yaml

from reconciler.application.assembly.reading import (
    read_environment,
    read_recordings,
    working_tree,
)
from reconciler.application.assessing import Assessment, assess
from reconciler.live.recorded.result import Recorded
from reconciler.model.findings import Severity
from reconciler.model.snapshots import Server
from reconciler.plan.building import Request, build_plan
from tests.counterparts import ROOT

SERVER = "sync01.corp.contoso.com"
ENVIRONMENT = "prod"
DOCUMENTS = (
    "environment.yaml",
    "server.yaml",
    "connectors/corp.yaml",
    "rules/in-from-ad-user-kostentrager.yaml",
    "rules/default/corp/in-from-ad-user-exchange.yaml",
)
BESIDE = ("connectors/entra.yaml", "connectors/fabrikam.yaml")
"""What the documents need beside them; the rules of the example are left out."""

EACH_LIST = 4
"""Items of one list are alike: so many, evenly spread, are changed."""

UNSEEN: Mapping[str, str] = {
    r"environment\.yaml tenant\.": "which tenant it is: compared when the tenant is read",
    r"environment\.yaml policy\.": "what may be done with differences; there is none here",
    r"environment\.yaml servers\.sync02": "another server: its own plan shows it",
    r"in-from-ad-user-exchange\.yaml precedence": "default rules have an order, and only one here",
}
"""Values that may change without a difference to a plan, and why."""

ANOTHER = {
    "true": "false",
    "false": "true",
    "null": "CN=Pilot,DC=corp,DC=contoso,DC=com",
    "inbound": "outbound",
    "outbound": "inbound",
    "provision": "join",
    "join": "sticky-join",
    "enabled": "disabled",
    "disabled": "enabled",
    "included": "excluded",
    "excluded": "included",
    "active": "staging",
    "staging": "active",
    "report": "delete",
    "EQUAL": "NOTEQUAL",
    "merge": "update",
    "update": "merge",
    "global": "china",
}
"""Another word that the schema has at the same place."""


@dataclass(frozen=True, slots=True)
class Value:
    """One scalar of a document: its path, where its text stands, and the text of another one."""

    path: str
    start: int
    end: int
    instead: str


class FewFiles:
    """The example's tree with few files, one of which may have another text."""

    def __init__(self, path: str = "", text: str = "") -> None:
        self._tree = working_tree(str(ROOT / "desired-state"))
        self._path, self._text = path, text
        self.label = self._tree.label

    def environments(self) -> tuple[str, ...]:
        return self._tree.environments()

    def files(self, environment: str) -> tuple[str, ...]:
        known = self._tree.files(environment)
        return tuple(path for path in known if path in (*DOCUMENTS, *BESIDE))

    def read(self, environment: str, path: str) -> bytes:
        return self._text.encode() if path == self._path else self._tree.read(environment, path)


@cache
def recordings() -> tuple[Recorded, ...]:
    return read_recordings(working_tree(str(ROOT / "desired-state")), ENVIRONMENT)


def live() -> Server:
    return recordings()[0].snapshot.servers[0]


def values(document: str) -> Iterator[Value]:
    text = FewFiles().read(ENVIRONMENT, document).decode()
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    assert root is not None
    yield from _scalars(root, text, "")


def _scalars(node: yaml.Node, text: str, path: str) -> Iterator[Value]:
    if isinstance(node, yaml.MappingNode):
        for key, member in node.value:
            yield from _scalars(member, text, f"{path}.{key.value}" if path else key.value)
    elif isinstance(node, yaml.SequenceNode):
        step = max(1, len(node.value) // EACH_LIST)
        for number, item in [*enumerate(node.value)][::step]:
            yield from _scalars(item, text, f"{path}[{number}]")
    elif isinstance(node, yaml.ScalarNode):
        start, end = node.start_mark.index, node.end_mark.index
        yield Value(path, start, end, _instead(node, text[start:end]))


def _instead(node: yaml.ScalarNode, source: str) -> str:
    """Return the text of another value in the same style."""
    if node.style in ("|", ">"):
        body = source.rstrip("\n")
        return f"{body}x{source[len(body) :]}"
    if node.style == '"':
        return json.dumps(_another(node.value, is_plain=False), ensure_ascii=False)
    if node.style == "'":
        return "'" + _another(node.value, is_plain=False).replace("'", "''") + "'"
    return _another(node.value, is_plain=True)


def _another(value: str, *, is_plain: bool) -> str:
    if is_plain and value in ANOTHER:
        return ANOTHER[value]
    if re.fullmatch(r"[0-9]+(\.[0-9]+){3}", value):
        return f"{value[: value.rindex('.')]}.99"
    if is_plain and value.isdecimal():
        return str(int(value) + 1)
    if re.fullmatch(r"(\d+\.)?\d\d:\d\d:\d\d", value):
        return "08:00:00"
    return f"{value}x"


def judged(tree: FewFiles) -> tuple[object, ...] | None:
    """Return what `validate` and a plan say; None where the documents are refused."""
    assessment: Assessment = assess(read_environment(tree, ENVIRONMENT), recordings())
    if not assessment.is_valid:
        return None
    plan = build_plan(Request(estate=assessment.estate, server=SERVER, live=live()))
    warned = {
        (item.code, item.what) for item in assessment.findings if item.severity is Severity.WARNING
    }
    found = [(item.code, item.what, item.expected) for item in plan.findings]
    return (warned, plan.changes, plan.unmanaged, found, plan.coverage, plan.blocked)


@cache
def unchanged() -> tuple[object, ...] | None:
    return judged(FewFiles())


def test_the_documents_are_valid_as_they_are() -> None:
    assert unchanged() is not None


@pytest.mark.parametrize("document", DOCUMENTS)
def test_a_comment_is_no_value(document: str) -> None:
    text = FewFiles().read(ENVIRONMENT, document).decode()

    assert judged(FewFiles(document, f"{text}# more\n")) == unchanged()


@pytest.mark.parametrize("document", DOCUMENTS)
def test_whatever_changes_in_a_document_is_seen(document: str) -> None:
    text = FewFiles().read(ENVIRONMENT, document).decode()
    lost = [
        value.path
        for value in values(document)
        if not reasons(document, value)
        and judged(FewFiles(document, text[: value.start] + value.instead + text[value.end :]))
        == unchanged()
    ]

    assert lost == []


def test_every_reason_is_of_a_value_that_there_is() -> None:
    found = {
        reason
        for document in DOCUMENTS
        for value in values(document)
        for reason in reasons(document, value)
    }

    assert found == UNSEEN.keys()


def reasons(document: str, value: Value) -> list[str]:
    return [reason for reason in UNSEEN if re.search(reason, f"{document} {value.path}")]
