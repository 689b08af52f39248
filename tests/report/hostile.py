"""Plans of hostile names: every text from the world carries MARK, so that it can be found again."""

from __future__ import annotations

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

MARK = "zqx"

PIECES = (
    "`",
    "``",
    "````",
    "~~~",
    "|",
    "</details>",
    "</summary>",
    "</code>",
    "<script>",
    "<!--",
    "-->",
    "&lt;",
    "@octocat",
    "@contoso/admins",
    "#123",
    "contoso/repo#1",
    "![x](https://contoso.example/x.png)",
    "[y](javascript:1)",
    "https://contoso.example/",
    "www.contoso.example",
    "**",
    "__",
    "\n",
    "\r\n",
    "\n\n# heading\n\n",
    "\n- [ ] task",
    "\n::error::forged",
    "##[error]forged",
    "\x1b[31m",
    "\x1b]8;;https://contoso.example\x07",
    "\x07",
    "\x00",
    "\x85",
    "\u202e",
    "\u2066",
    "\u200b",
    "\u2028",
    "\ufeff",
    "\ud800",
    "\U000e0041",
    "\\",
    "%0A",
    ":",
    ",",
    '"',
    "[bold red]",
    "→",
    " ",
    "  ",
    "Ünïcode",
    "給与",
    "👩‍💻",
    "OU=Sales,DC=corp,DC=contoso,DC=com",
)

texts = st.lists(st.sampled_from(PIECES), max_size=8).map(
    lambda pieces: MARK.join(["", *pieces, ""]) or MARK
)
long_texts = st.builds(lambda text, times: text * times, texts, st.sampled_from([1, 1, 1, 1, 100]))

values: st.SearchStrategy[Plain] = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(0, 99),
    long_texts,
    st.lists(texts, max_size=3).map(lambda items: [*items]),
    st.dictionaries(texts, texts, max_size=2).map(lambda items: {**items}),
    st.builds(lambda text: {"expression": text, "merge": "update"}, long_texts),
)
fields = st.builds(
    FieldChange,
    path=st.one_of(texts, st.just("value")),
    before=values,
    after=values,
    form=st.sampled_from(["text", "member", "expression", "flow"]),
)
addresses = st.builds(
    Address,
    kind=st.sampled_from(["sync-rule", "domain", "scheduler", "unknown-to-us"]),
    connector=texts,
    name=texts,
)
follow_ups = st.builds(
    FollowUp,
    connector=texts,
    step=st.sampled_from(Step),
    by=st.sampled_from(["reconciler", "wizard", "person"]),
)
operations = st.builds(
    Operation,
    id=st.just("1"),
    server=texts,
    verb=st.just("set-rule"),
    target=texts,
    group=st.just("1"),
    expect=st.just({}),
    value=st.just({}),
)
changes = st.builds(
    Change,
    address=addresses,
    name=long_texts,
    kind=st.just("sync-rule"),
    server=texts,
    action=st.sampled_from(Action),
    risk=st.sampled_from(Risk),
    support=st.sampled_from(Support),
    attribution=st.sampled_from(Attribution),
    fields=st.lists(fields, max_size=4).map(tuple),
    moved_from=st.one_of(st.none(), addresses),
    after=st.lists(addresses, max_size=2).map(tuple),
    instructions=st.lists(long_texts, max_size=3).map(tuple),
    operations=st.lists(operations, max_size=1).map(tuple),
    follow_ups=st.lists(follow_ups, max_size=3).map(tuple),
)
places = st.builds(
    Place, file=texts, line=st.integers(0, 9), column=st.integers(0, 9), element=texts
)
findings = st.builds(
    Finding,
    code=st.sampled_from(["RC1203", "RC2104", "RC3102"]),
    severity=st.sampled_from(Severity),
    concern=st.sampled_from(Concern),
    what=long_texts,
    place=st.one_of(st.none(), places),
    address=st.one_of(st.none(), addresses),
    server=st.one_of(st.none(), texts),
    expected=st.lists(long_texts, max_size=3).map(tuple),
    remedy=texts,
    see=texts,
)
servers = st.builds(
    ServerFacts,
    name=long_texts,
    role=texts,
    build=st.one_of(st.none(), texts),
    read_at=st.one_of(st.none(), texts),
    kind_of_source=texts,
)
coverages = st.builds(
    KindCoverage,
    kind=texts,
    server=texts,
    state=st.sampled_from(State),
    note=long_texts,
    declared=st.booleans(),
)


def _many(items: st.SearchStrategy[Change]) -> st.SearchStrategy[tuple[Change, ...]]:
    """Some plans are small, some repeat their changes until no comment could hold them."""
    return st.builds(
        lambda found, times: tuple(found) * times,
        st.lists(items, max_size=4),
        st.sampled_from([1, 1, 1, 60]),
    )


plans = st.builds(
    Plan,
    environment=long_texts,
    selection=st.builds(
        Selection, server=texts, targets=st.lists(addresses, max_size=5).map(tuple)
    ),
    servers=st.lists(servers, max_size=6).map(tuple),
    desired_fingerprint=texts,
    commit=st.one_of(st.none(), texts),
    live_fingerprints=st.just({}),
    content_hash=long_texts,
    changes=_many(changes),
    unmanaged=st.lists(
        st.builds(Unmanaged, address=addresses, name=long_texts, server=texts), max_size=30
    ).map(tuple),
    findings=st.lists(findings, max_size=4).map(tuple),
    coverage=st.lists(coverages, max_size=4).map(tuple),
    blocked=st.lists(st.builds(Blocked, address=addresses, reason=long_texts), max_size=3).map(
        tuple
    ),
)
