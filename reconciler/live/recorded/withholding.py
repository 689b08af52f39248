"""
What a snapshot leaves out because it is, or may be, a secret that somebody put into a setting.

Each time a finding says so, by name and never by value. What the product itself encrypts is left
out without a word, see `omissions`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from reconciler.live.recorded.codes import Code
from reconciler.model.findings import Concern, Finding, Severity, quoted
from reconciler.model.places import Place
from reconciler.model.secret_shapes import masked, names_secret, shape_of
from reconciler.model.snapshots import ConnectorTree, PartitionTree, RuleTree, ServerTree

Places = Callable[[str], Place]


def shown(text: str) -> str:
    """Return text of a source quoted for a finding; what is shaped like a secret is hidden."""
    return quoted(masked(text))


def is_withheld(name: str, value: str) -> bool:
    """Tell whether a setting is left out, for its name or for the shape of its value."""
    return _is_secret_name(name) or shape_of(value) is not None


def withholding(name: str, value: str, place: Place) -> Finding:
    """Return the finding about a setting that is left out."""
    shape = shape_of(value) or shape_of(name)
    reason = f"it holds {shape}" if shape else "it is called like a secret"
    return Finding(
        code=Code.WITHHELD.value,
        severity=Severity.WARNING if shape else Severity.NOTE,
        concern=Concern.ADVICE,
        what=f"{shown(name)} was left out: {reason}",
        place=place,
        expected=("no secret in a setting that anybody who may export can read",),
        remedy="keep it elsewhere and change it" if shape else "nothing, unless it should be here",
    )


def secrets_in_rule(rule: RuleTree, place: Place) -> Iterator[Finding]:
    """Yield a finding for each text of a rule that is shaped like a secret; the rule is kept."""
    texts = list(_texts(rule))
    if shape_of("\n".join(text for _, text in texts)) is None:
        return
    for name, text in texts:
        shape = shape_of(text)
        if shape:
            yield Finding(
                code=Code.RULE_TEXT.value,
                severity=Severity.WARNING,
                concern=Concern.ADVICE,
                what=f"{name} of the rule {shown(rule['name'])} holds {shape}",
                place=place,
                expected=("no secret in a rule: rules are recorded and come into git",),
                remedy="take it out of the rule on the server, change it, and export again",
            )


def without_secrets(tree: ServerTree, place: Places) -> tuple[ServerTree, tuple[Finding, ...]]:
    """
    Return the tree without the settings and leaves that are, or may be, secrets, and what was said.

    `place` makes the place of a member, such as `parameters.Contoso.Note`.
    """
    work = _Withholding(place)
    kept = tree.copy()
    if "parameters" in tree:
        kept["parameters"] = work.settings(tree["parameters"], "parameters")
    if "connectors" in tree:
        kept["connectors"] = [
            work.connector(connector, f"connectors[{number}]")
            for number, connector in enumerate(tree["connectors"])
        ]
    if "raw" in tree:
        kept["raw"] = work.settings(tree["raw"], "raw")
    for number, rule in enumerate(tree.get("rules", [])):
        work.findings.extend(secrets_in_rule(rule, place(f"rules[{number}]")))
    return kept, tuple(work.findings)


@dataclass(slots=True)
class _Withholding:
    place: Places
    findings: list[Finding] = field(default_factory=list)

    def settings(self, values: dict[str, str], member: str) -> dict[str, str]:
        found = {
            path: name
            for path, value in values.items()
            if is_withheld(name := _last_step(path) if member == "raw" else path, value)
        }
        for path, name in found.items():
            place = self.place(f"{member}.{masked(path)}")
            self.findings.append(withholding(name, values[path], place))
        return {path: value for path, value in values.items() if path not in found}

    def connector(self, tree: ConnectorTree, member: str) -> ConnectorTree:
        kept = tree.copy()
        kept["parameters"] = {
            use: self.settings(values, f"{member}.parameters.{use}")
            for use, values in tree["parameters"].items()
        }
        kept["partitions"] = [
            self._partition(partition, f"{member}.partitions[{number}]")
            for number, partition in enumerate(tree["partitions"])
        ]
        return kept

    def _partition(self, tree: PartitionTree, member: str) -> PartitionTree:
        kept = tree.copy()
        kept["parameters"] = self.settings(tree["parameters"], f"{member}.parameters")
        return kept


@lru_cache(maxsize=8192)
def _is_secret_name(name: str) -> bool:
    return names_secret(name) or shape_of(name) is not None


def _last_step(path: str) -> str:
    """Return the name at the end of a raw leaf's path, without the name of what it is about."""
    return path.rpartition("/")[2].partition("[")[0]


def _texts(rule: RuleTree) -> Iterator[tuple[str, str]]:
    """Yield every text of a rule that people write, with its name."""
    yield from (("the name", rule["name"]), ("the tag", rule["tag"]))
    yield "the description", rule["description"]
    for group in rule["scope"]:
        for condition in group:
            yield f"the scope filter on {shown(condition['attribute'])}", condition["value"]
    for flow in rule["flows"]:
        target = shown(flow["target"])
        yield f"the constant of the flow to {target}", flow.get("constant", "")
        yield f"the expression of the flow to {target}", flow.get("expression", "")
        yield f"the source of the flow to {target}", "\n".join(flow["source"])
