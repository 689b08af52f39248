"""Arbitrary plans for property tests; their content hash is their own."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from hypothesis import strategies as st

from reconciler.model.addresses import Address
from reconciler.model.changes import (
    Action,
    Attribution,
    Change,
    FieldChange,
    FollowUp,
    Operation,
    Risk,
    Step,
    Support,
)
from reconciler.model.findings import Concern, Finding, Severity
from reconciler.model.nodes import Plain
from reconciler.model.places import Place
from reconciler.model.plans import Blocked, KindCoverage, Plan, Selection, ServerFacts, Unmanaged
from reconciler.model.snapshots import State
from reconciler.plan.fingerprints import content_hash

T = TypeVar("T")

TEXT = st.text(max_size=6)
NAME = st.text(min_size=1, max_size=6)
MAYBE = st.none() | TEXT
VALUES: st.SearchStrategy[Plain] = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**6), 10**6) | TEXT,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(TEXT, inner, max_size=2),
    max_leaves=3,
)


def many(items: st.SearchStrategy[T]) -> st.SearchStrategy[tuple[T, ...]]:
    """Return tuples of a few items."""
    return st.lists(items, max_size=2).map(tuple)


def addresses() -> st.SearchStrategy[Address]:
    """Return addresses of one, two and three parts with any characters."""
    return st.one_of(
        st.builds(Address, NAME),
        st.builds(Address, NAME, NAME),
        st.builds(Address, NAME, NAME, NAME),
    )


def findings() -> st.SearchStrategy[Finding]:
    """Return findings with and without place, address and server."""
    numbers = st.integers(0, 10**6)
    return st.builds(
        Finding,
        code=st.from_regex(r"RC[0-9]{4}", fullmatch=True),
        severity=st.sampled_from(Severity),
        concern=st.sampled_from(Concern),
        what=TEXT,
        place=st.none() | st.builds(Place, TEXT, numbers, numbers, TEXT),
        address=st.none() | addresses(),
        server=MAYBE,
        expected=many(TEXT),
        remedy=TEXT,
        see=TEXT,
    )


def changes() -> st.SearchStrategy[Change]:
    """Return changes of every action, risk and support, by hand and not."""
    texts = st.dictionaries(TEXT, TEXT, max_size=2)
    operations = st.builds(
        Operation,
        id=TEXT,
        server=TEXT,
        verb=TEXT,
        target=TEXT,
        group=TEXT,
        expect=texts,
        value=st.dictionaries(TEXT, VALUES, max_size=2),
    )
    return st.builds(
        Change,
        address=addresses(),
        name=TEXT,
        kind=TEXT,
        server=TEXT,
        action=st.sampled_from(Action),
        risk=st.sampled_from(Risk),
        support=st.sampled_from(Support),
        attribution=st.sampled_from(Attribution),
        fields=many(st.builds(FieldChange, path=TEXT, before=VALUES, after=VALUES, form=TEXT)),
        moved_from=st.none() | addresses(),
        after=many(addresses()),
        instructions=many(TEXT),
        operations=many(operations),
        follow_ups=many(st.builds(FollowUp, connector=TEXT, step=st.sampled_from(Step), by=TEXT)),
    )


def plans() -> st.SearchStrategy[Plan]:
    """Return plans of which any part may be empty."""
    facts = st.builds(
        ServerFacts,
        name=TEXT,
        role=TEXT,
        build=MAYBE,
        read_at=MAYBE,
        kind_of_source=TEXT,
        instance=MAYBE,
    )
    coverage = st.builds(
        KindCoverage,
        kind=TEXT,
        server=TEXT,
        state=st.sampled_from(State),
        note=TEXT,
        declared=st.booleans(),
    )
    return st.builds(
        Plan,
        environment=TEXT,
        selection=st.builds(Selection, server=TEXT, targets=many(addresses())),
        servers=many(facts),
        desired_fingerprint=TEXT,
        commit=MAYBE,
        live_fingerprints=st.dictionaries(TEXT, TEXT, max_size=2),
        content_hash=st.just(""),
        changes=many(changes()),
        unmanaged=many(st.builds(Unmanaged, address=addresses(), name=TEXT, server=TEXT)),
        findings=many(findings()),
        coverage=many(coverage),
        blocked=many(st.builds(Blocked, address=addresses(), reason=TEXT)),
        impact=VALUES,
    ).map(lambda plan: replace(plan, content_hash=content_hash(plan)))
