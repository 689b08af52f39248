"""What the hashes of a plan are made of, and what never changes them (decision D2)."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reconciler.model.addresses import Address
from reconciler.model.changes import Attribution, Risk, Support
from reconciler.model.estates import Estate
from reconciler.model.findings import Concern, Finding, Severity
from reconciler.model.nodes import Plain
from reconciler.model.plans import Plan
from reconciler.plan.building import Request, build_plan
from reconciler.plan.fingerprints import canonical_bytes, content_hash, digest
from tests.plan.estates import (
    CORP_DOCUMENT,
    ENTRA_DOCUMENT,
    ENVIRONMENT,
    NAME,
    Fields,
    estate,
    live,
    live_rule,
    plan,
    policy,
    rule,
)

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)
SCOPE: list[Plain] = [
    [{"attribute": "mail", "operator": "ISNOTNULL"}, {"attribute": "c", "operator": "ISNULL"}],
    [{"attribute": "title", "operator": "EQUAL", "value": "x"}],
]


def example(**changed: Plain) -> Estate:
    """Return an estate that differs from its server by one rule and by its units."""
    corp: Fields = {**CORP_DOCUMENT, "domains": {"corp.contoso.com": "all"}}
    return estate({**rule(scope=SCOPE), **changed}, connectors=(corp, ENTRA_DOCUMENT))


def test_canonical_bytes_are_sorted_compact_utf_8() -> None:
    assert canonical_bytes({"b": [1, None], "a": "é"}) == '{"a":"é","b":[1,null]}'.encode()


@settings(deadline=None)
@given(JSON, JSON)
def test_digests_are_equal_exactly_when_values_are(one: Plain, other: Plain) -> None:
    assert (digest(one) == digest(other)) is (canonical_bytes(one) == canonical_bytes(other))


@settings(deadline=None)
@given(st.text(st.characters(categories=["Cs"]), min_size=1))
def test_half_characters_have_bytes_too(text: str) -> None:
    assert len(digest(text)) == 64


def test_the_same_request_gives_the_same_plan() -> None:
    assert plan(example(), live()) == plan(example(), live())


MEANINGLESS = {
    "server build": {"build": "2.5.191.0"},
    "instance": {"instance": "5f0c0000-0000-0000-0000-000000000001"},
    "time of reading": {"read_at": "2026-11-02T06:15:00"},
    "kind of source": {"kind_of_source": "snapshot"},
    "spelling of the host": {"name": "SYNC01.corp.contoso.com"},
}


@pytest.mark.parametrize("changed", MEANINGLESS.values(), ids=MEANINGLESS)
def test_what_only_the_reading_knows_is_not_in_the_content_hash(changed: dict[str, str]) -> None:
    one, other = live(), replace(live(), **changed)  # type: ignore[arg-type]

    assert plan(example(), one).content_hash == plan(example(), other).content_hash


def test_identifiers_are_not_in_the_content_hash() -> None:
    before = live_rule(rule("B", precedence=7))
    after = {**before, "identifier": "00000000-0000-0000-0000-0000000000ff"}
    estate_ = estate(rule(), rule("B", precedence=8))

    one, other = plan(estate_, live(before)), plan(estate_, live(after))  # type: ignore[arg-type]

    assert one.content_hash == other.content_hash


def told(found: Plan, **changed: object) -> Plan:
    """Return the plan with something about every change told in another way."""
    changes = tuple(replace(change, **changed) for change in found.changes)  # type: ignore[arg-type]
    return replace(found, changes=changes)


FINDING = Finding(
    code="RC3301", severity=Severity.NOTE, concern=Concern.ADVICE, what="something to know"
)


def test_words_and_judgements_are_not_in_the_content_hash() -> None:
    found = plan(example(), live())
    retold = [
        told(found, support=Support.UNSUPPORTED),
        told(found, attribution=Attribution.DRIFT),
        told(found, instructions=("do it",)),
        told(found, risk=Risk.COSMETIC),
        told(found, name="another name"),
        replace(found, findings=(FINDING,)),
        replace(found, commit="3f9c2ab"),
        replace(found, unmanaged=(), coverage=(), blocked=(), live_fingerprints={}, impact=1),
    ]

    assert {content_hash(item) for item in retold} == {found.content_hash}


def test_what_would_be_done_is_in_the_content_hash() -> None:
    found = plan(example(), live())
    change = found.changes[0]
    others = [
        replace(found, environment="test"),
        replace(found, selection=replace(found.selection, server="sync02")),
        replace(found, selection=replace(found.selection, targets=(change.address,))),
        replace(found, servers=(replace(found.servers[0], role="staging"),)),
        replace(found, desired_fingerprint=digest("another")),
        replace(found, changes=found.changes[1:]),
        told(found, address=Address("sync-rule", "corp", "Z")),
        told(found, server="sync02"),
        told(found, moved_from=Address("sync-rule", "corp", "Z")),
        told(found, after=(Address("sync-rule", "corp", "Z"),)),
        told(found, fields=()),
        told(found, operations=()),
        told(found, follow_ups=()),
    ]
    hashes = [content_hash(item) for item in (found, *others)]

    assert len({*hashes}) == len(hashes)


def test_the_order_of_files_does_not_matter() -> None:
    whole = example()
    turned = replace(whole, documents=tuple(reversed(whole.documents)))

    assert plan(whole, live()) == plan(turned, live())


def test_where_a_document_stood_does_not_matter() -> None:
    whole = example()
    moved = replace(
        whole, documents=tuple(replace(item, file=f"x/{item.file}") for item in whole.documents)
    )

    assert plan(whole, live()).content_hash == plan(moved, live()).content_hash


def test_the_order_of_groups_and_of_their_conditions_does_not_matter() -> None:
    groups = [group for group in SCOPE if isinstance(group, list)]
    turned: list[Plain] = [[*reversed(group)] for group in reversed(groups)]
    server = live(live_rule(rule(scope=[[{"attribute": "c", "operator": "ISNOTNULL"}]])))

    one, other = plan(example(), server), plan(example(scope=turned), server)

    assert one.content_hash == other.content_hash


def test_the_order_of_lists_that_are_sets_does_not_matter() -> None:
    attributes: list[Plain] = ["displayName", "mail", "sn", "title"]
    turned: list[Plain] = [*reversed(attributes)]
    allowed = policy(allow_unsupported=["attribute-selection", "organizational-units"])
    again = policy(allow_unsupported=["organizational-units", "attribute-selection"])

    one = estate(
        connectors=({**CORP_DOCUMENT, "attributes": attributes}, ENTRA_DOCUMENT),
        environment=allowed,
    )
    other = estate(
        connectors=({**CORP_DOCUMENT, "attributes": turned}, ENTRA_DOCUMENT), environment=again
    )

    assert plan(one, live()).content_hash == plan(other, live()).content_hash


def test_the_order_of_join_groups_is_a_meaning() -> None:
    join: list[Plain] = [[{"cs": "mail", "mv": "mail"}], [{"cs": "sn", "mv": "sn"}]]
    turned: list[Plain] = [*reversed(join)]

    one, other = plan(example(join=join), live()), plan(example(join=turned), live())

    assert one.content_hash != other.content_hash


def test_blanks_outside_literals_are_in_no_fingerprint() -> None:
    texts = ('Trim([a]) & "x  y"', 'Trim( [a] )&"x  y"', 'Trim([a]) & "x y"')
    one, other, another = (
        plan(example(flows={"title": {"expression": text}}), live()) for text in texts
    )

    assert one.desired_fingerprint == other.desired_fingerprint != another.desired_fingerprint


def test_policy_and_rename_are_in_the_desired_fingerprint() -> None:
    server = live(live_rule(rule()))
    prints = [
        plan(item, server).desired_fingerprint
        for item in (
            estate(rule("B")),
            estate(rule("B", moved_from="A")),
            estate(rule("B"), environment=policy(prune="delete")),
        )
    ]

    assert len({*prints}) == 3


def test_live_fingerprints_are_by_address_and_change_with_the_thing_alone() -> None:
    one = plan(estate(), live(live_rule(rule()), live_rule(rule("B", precedence=51))))
    other = plan(
        estate(), live(live_rule(rule(disabled=True)), live_rule(rule("B", precedence=51)))
    )

    differing = {
        address
        for address in one.live_fingerprints
        if one.live_fingerprints[address] != other.live_fingerprints[address]
    }
    assert differing == {"sync-rule/corp/A"}


def test_a_role_is_the_declared_one() -> None:
    staging: Fields = {**ENVIRONMENT, "servers": {NAME: {"role": "staging"}}}
    request = Request(estate=estate(environment=staging), server=NAME, live=live())

    assert build_plan(request).servers[0].role == "staging"
