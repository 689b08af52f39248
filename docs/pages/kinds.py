"""
The reference page of the kinds: where each stands, who may change it, and what follows.

Facts and examples come from the registry and the schemas; run steps and hand steps from the folder
that each kind's test compares, so that what the page shows is what happens.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from docs.pages.codes import ROOT
from reconciler.desired.layout import path_for
from reconciler.desired.styling import HOUSE, Spot, styled
from reconciler.desired.writing import block_text
from reconciler.kinds.kind import Kind
from reconciler.kinds.registry import KINDS
from reconciler.kinds.server_settings import VALUE
from reconciler.model.changes import Support
from reconciler.model.estates import DocumentType
from reconciler.model.nodes import Plain

EXAMPLES = ROOT / "tests" / "kinds" / "examples"
"""A folder for each kind: a document, what a server holds, what follows."""

_SUPPORT = {
    Support.SUPPORTED: "supported",
    Support.UNSUPPORTED: "wizard only",
    Support.MANUAL: "by hand",
}
_NAMES = {
    DocumentType.ENVIRONMENT: "sync01.corp.contoso.com",
    DocumentType.CONNECTOR: "corp.contoso.com",
}
_STEP = re.compile(r"(?P<step>.+) of (?P<alias>\S+) by (?P<who>\S+)")
_HEAD = """\
# Kinds

A kind is one thing that can be declared. This page is generated from the code.

* **supported**: the vendor documents a cmdlet for it.
* **wizard only**: a script path exists, but the vendor documents only the wizard or a dialog. It is
  a step for a person unless `policy.allow_unsupported` in `environment.yaml` names the kind.
* **by hand**: only a person can do it; the plan prints the steps, the next reading verifies them.

What follows is the run step that the change needs on its connector. An outbound rule's steps are
for the connectors that feed its objects. See [adding a kind](../adding-a-kind.md).
"""


def kinds_page() -> str:
    """Return the page as Markdown: a table, then a section for each kind."""
    rows = [_row(kind) for kind in KINDS.values()]
    table = ["| kind | stands in | change | what follows |", "| --- | --- | --- | --- |", *rows, ""]
    return "\n".join([_HEAD, "\n".join(table), *(_section(kind) for kind in KINDS.values())])


def _row(kind: Kind) -> str:
    follows = ", ".join(_steps(kind)) or "nothing"
    return (
        f"| [{kind.title}](#{kind.name}) | {_where(kind)} | {_SUPPORT[kind.support]} | {follows} |"
    )


def _where(kind: Kind) -> str:
    file = path_for(kind.document, alias="alias", name="name")
    if kind.document in (DocumentType.CONNECTOR, DocumentType.DEFAULT_RULE):
        file = file.replace("alias", "<alias>")
    file = file.replace("/name.", "/<name>.")
    slot = ".".join(kind.slot)
    return f"`{file}`" + (f" `{slot}`" if slot else "")


def _section(kind: Kind) -> str:
    lines = [f"## {kind.name}", "", f"**{kind.title}** · {_where(kind)}", ""]
    said = _schema(kind).get("description")
    lines += [str(said), ""] if said else []
    fields = [name for name in kind.fields if name != VALUE]
    if fields:
        lines += [f"Compared: {', '.join(f'`{name}`' for name in fields)}.", ""]
    return "\n".join([*lines, *_example(kind)])


def _example(kind: Kind) -> list[str]:
    text = block_text(styled(_document(kind), Spot(style=HOUSE)))
    lines = ["```yaml", text.rstrip("\n"), "```", ""]
    changes = _expected(kind)["changes"]
    steps = [step for change in changes for step in change["instructions"]]
    if steps:
        lines += ["A change by hand, for example:", "", "```text", *steps, "```", ""]
    return lines


def _document(kind: Kind) -> dict[str, Plain]:
    """Return the document's example, or the kind's richest one at its slot."""
    if not kind.slot:
        path = ROOT / "schemas" / "documents" / f"{kind.document.value}.json"
        found: dict[str, Plain] = _json(path)["examples"][0]
        return found
    value: Plain = max(_schema(kind)["examples"], key=lambda item: len(json.dumps(item)))
    for step in reversed(kind.slot):
        name = _NAMES[kind.document] if step == "*" else step
        value = {name: value}
    return value if isinstance(value, dict) else {}


def _steps(kind: Kind) -> list[str]:
    found = [
        matched["step"]
        for change in _expected(kind)["changes"]
        for text in change["follow_ups"]
        if (matched := _STEP.fullmatch(text))
    ]
    return list(dict.fromkeys(found))


def _schema(kind: Kind) -> dict[str, Any]:
    path = ROOT / "schemas" / "kinds" / f"{kind.name}.schema.json"
    return _json(path)


def _expected(kind: Kind) -> dict[str, Any]:
    return _json(EXAMPLES / kind.name / "expected.json")


def _json(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found
