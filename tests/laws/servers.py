"""Arbitrary sync servers of modest size: two connectors, two domains, default and custom rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from hypothesis import strategies as st

from reconciler.kinds.rules.precedence import HIGHEST
from reconciler.model.nodes import Plain
from reconciler.model.snapshots import (
    ENTRA_CONNECTOR,
    ConnectorTree,
    Part,
    PartitionTree,
    RuleTree,
    Server,
    ServerTree,
    State,
)
from tests.kinds import trees, worlds
from tests.kinds.strategies import TEXT, WORDS, rules

DOMAINS = ("corp.contoso.com", "emea.corp.contoso.com")
SPANS = st.sampled_from(["00:30:00", "03:00:00", "7.00:00:00"])
FLAGS = st.sampled_from(["True", "False"])
TAGS = ("InfromADUserJoin", "InfromADUserCommon", "InfromADGroupJoin")
NAMES = st.sampled_from(
    ["A", "a", "B/c %", "Straße", "x: y", "- z", "no", "In from AD"]
) | TEXT.filter(bool)

PARAMETERS = st.fixed_dictionaries(
    {
        "Microsoft.Synchronize.StagingMode": st.just("False"),
        "Microsoft.Synchronize.TimeInterval": SPANS,
        "Microsoft.Synchronize.SynchronizationSchedule": FLAGS,
        "Microsoft.Synchronize.MaintenanceEnabled": FLAGS,
        "Microsoft.Synchronize.RunHistoryPurgeInterval": SPANS,
        "Microsoft.OptionalFeature.AutoUpgradeState": st.sampled_from(["Enabled", "Disabled"]),
    }
)


@st.composite
def servers(draw: st.DrawFn, *, beyond: bool = True) -> Server:
    """Return servers; `beyond` allows custom rules whose numbers lie among the default rules."""
    defaults = draw(_default_rules())
    custom = draw(_custom_rules(defaults, highest=HIGHEST + 60 if beyond else HIGHEST))
    tree: ServerTree = {
        "parameters": draw(PARAMETERS),
        "connectors": draw(_connectors()),
        "rules": draw(st.permutations([*defaults, *custom])),
        "raw": draw(st.dictionaries(WORDS, TEXT, max_size=2)),
    }
    absent = (Part.PREFERRED_DOMAIN_CONTROLLERS, Part.AUDIT_LOGGING, Part.SCHEMAS)
    return worlds.server(tree, states=dict.fromkeys(absent, State.ABSENT))


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Server, Server]:
    """Return two servers whose default rules differ in nothing but whether they are enabled."""
    first, second = draw(servers(beyond=False)), draw(servers(beyond=False))
    defaults = [rule for rule in first.tree["rules"] if rule["tag"]]
    own: list[RuleTree] = [{**rule, "disabled": draw(st.booleans())} for rule in defaults]
    custom = [rule for rule in second.tree["rules"] if not rule["tag"]]
    return first, with_rules(second, [*custom, *own])


def with_rules(server: Server, rules_: list[RuleTree]) -> Server:
    """Return the server with other rules."""
    return replace(server, tree={**server.tree, "rules": rules_})


@st.composite
def _connectors(draw: st.DrawFn) -> list[ConnectorTree]:
    classes = draw(st.lists(st.sampled_from(["user", "group", "contact"]), unique=True))
    partitions = [draw(_partitions(name, tuple(classes))) for name in DOMAINS]
    corp = trees.ad_connector(*partitions)
    corp["attributes"] = draw(st.lists(WORDS, unique=True))
    corp["password_hash_sync"] = {"enabled": draw(st.booleans()), "target": ENTRA_CONNECTOR}
    return draw(st.permutations([corp, trees.entra_connector()]))


@st.composite
def _partitions(draw: st.DrawFn, name: str, classes: tuple[str, ...]) -> PartitionTree:
    root = ",".join(f"DC={label}" for label in name.split("."))
    units = draw(st.lists(st.sampled_from(["OU=A", "OU=B,OU=A", "ou=c", "OU=D\\, E"]), unique=True))
    listed = [f"{unit},{root}" for unit in units]
    cut = draw(st.integers(0, len(listed)))
    inclusions, exclusions = listed[:cut], listed[cut:]
    draw(st.sampled_from([inclusions, exclusions])).append(root)
    partition = trees.partition(name, selected=draw(st.booleans()), classes=classes)
    return {**partition, "inclusions": inclusions, "exclusions": exclusions}


@st.composite
def _default_rules(draw: st.DrawFn) -> list[RuleTree]:
    chosen = draw(st.lists(st.sampled_from(TAGS), unique=True, min_size=1))
    return [
        _rule(
            draw(rules()),
            name=f"In from AD - {tag}",
            number=HIGHEST + 10 * position,
            tag=f"Microsoft.{tag}.00{position}",
        )
        for position, tag in enumerate(chosen, start=1)
    ]


@st.composite
def _custom_rules(draw: st.DrawFn, defaults: list[RuleTree], *, highest: int) -> list[RuleTree]:
    names = draw(st.lists(NAMES, unique=True, max_size=4))
    taken = {rule["precedence"] for rule in defaults}
    numbers = draw(
        st.lists(
            st.integers(1, highest).filter(lambda number: number not in taken),
            min_size=len(names),
            max_size=len(names),
            unique=True,
        )
    )
    return [
        _rule(draw(rules()), name=name, number=number)
        for name, number in zip(names, numbers, strict=True)
    ]


def _rule(fields: Mapping[str, Plain], *, name: str, number: int, tag: str = "") -> RuleTree:
    rule = trees.tree_of({**fields, "precedence": number}, name=name, tag=tag)
    return {**rule, "identifier": f"00000000-0000-0000-0000-{number:012d}"}
