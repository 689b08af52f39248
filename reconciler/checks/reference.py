"""The reference page of the checks, generated from what each states about itself."""

from __future__ import annotations

from itertools import groupby

from reconciler.checks.check import Check
from reconciler.checks.registry import CHECKS

_TITLES = {
    "RC14": "Expressions",
    "RC20": "Identity and order of rules",
    "RC21": "Form of rules",
    "RC22": "Attribute filters",
    "RC23": "Against the schema",
    "RC24": "Connectors",
    "RC25": "Server settings",
    "RC26": "Topology",
}

_HEAD = """\
# Checks

`reconciler validate` runs these checks on the documents of an environment; `plan` and `import` run
them too. This page is generated from the code.

* An **error** makes the desired state refused (exit code 65); warnings and notes never do.
* A violation that stands unchanged in the recorded snapshot of the server is a **warning** ("as
  found on …"): what runs today is accepted, what git introduces or alters is not.
* What a default rule also does is accepted in custom rules, so that its clone is never refused.
* A check **against the schema** is reported as skipped where no snapshot with a schema was
  recorded.
* Authorities: `adsync-server.md` and `declarative-provisioning.md` are the collections of facts
  that the project is built on; other names are pages of Microsoft's documentation.
"""


def reference_page(checks: tuple[Check, ...] = CHECKS) -> str:
    """Return the page as Markdown: a table, then a section for each check."""
    parts = [_HEAD, _table(checks)]
    for prefix, group in groupby(checks, key=lambda check: check.code[:4]):
        parts.append(f"## {_TITLES[prefix]}\n")
        parts.extend(_section(check) for check in group)
    return "\n".join(parts)


def _table(checks: tuple[Check, ...]) -> str:
    rows = [
        f"| [{check.code}](#{check.code.lower()}) | {check.severity} | {check.title} |"
        for check in checks
    ]
    return "\n".join(["| code | severity | what is found |", "| --- | --- | --- |", *rows, ""])


def _section(check: Check) -> str:
    facts = [f"*{check.severity}*"]
    if check.needs_schema:
        facts.append("needs a recorded schema")
    if check.is_silent_when_standing:
        facts.append("silent about what the server already has")
    return "\n".join(
        [
            f"### {check.code}",
            "",
            f"**{check.title}** · {' · '.join(facts)}",
            "",
            check.description,
            "",
            "```yaml",
            check.example,
            "```",
            "",
            f"Authority: {check.authority}.",
            "",
        ]
    )
