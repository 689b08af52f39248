"""Laws of all checks, over arbitrary rules and connectors."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from reconciler.checks.registry import CHECKS
from reconciler.checks.running import run_checks
from reconciler.model.estates import Document
from reconciler.model.findings import Severity
from reconciler.model.nodes import Plain
from reconciler.model.rules import OPERATORS, LinkType, MergeType
from tests.checks.estates import (
    SCHEMAS,
    connector,
    default_rule,
    desired,
    environment,
    recorded,
    rule,
    server,
)

names = st.sampled_from(["HR", "Payroll", "A", "B", "C/D", "Ünïcode → “x”"])
attributes = st.sampled_from(
    ["department", "manager", "mail", "dn", "nix", "cloudFiltered", "accountEnabled", ""]
)
texts = st.text(max_size=12)
expressions = st.one_of(
    texts,
    st.sampled_from(
        ["Trim([department])", "IIF(", "iif([mail], 1, 2)", "CBin(1)", '[a] = "x" || [b] & [c]']
    ),
)
merges = st.sampled_from(list(MergeType)).map(str)
flow = st.one_of(
    st.fixed_dictionaries({"from": attributes, "merge": merges}),
    st.fixed_dictionaries({"constant": texts, "merge": merges}),
    st.fixed_dictionaries({"expression": expressions, "merge": merges}),
)
scope = st.lists(
    st.lists(
        st.fixed_dictionaries(
            {"attribute": attributes, "operator": st.sampled_from(OPERATORS), "value": texts}
        ),
        max_size=3,
    ),
    max_size=3,
)
join = st.lists(
    st.lists(
        st.fixed_dictionaries(
            {"cs": attributes, "mv": attributes, "case_sensitive": st.booleans()}
        ),
        max_size=3,
    ),
    max_size=3,
)
precedence = st.one_of(
    st.integers(-1, 300),
    st.builds(lambda word, name: {word: name}, st.sampled_from(["before", "after"]), names),
    st.just({"insert_before": "corp/Microsoft.A"}),
    st.just({"insert_after": "last"}),
)
body = {
    "connector": st.sampled_from(["corp", "entra", "unknown"]),
    "direction": st.sampled_from(["inbound", "outbound"]),
    "source": st.sampled_from(["user", "person", "*", "nix"]),
    "target": st.sampled_from(["user", "person", "*", "nix"]),
    "link": st.sampled_from(list(LinkType)).map(str),
    "disabled": st.booleans(),
    "soft_delete_expiry": st.sampled_from(["00:00:00", "1.00:00:00", "x"]),
    "scope": scope,
    "join": join,
    "flows": st.dictionaries(attributes, flow, max_size=4),
}
custom_rules = st.builds(
    lambda name, file, fields, moved: rule(
        name, file=f"rules/{file}.yaml", **fields, **({"moved_from": moved} if moved else {})
    ),
    names,
    st.integers(0, 9),
    st.fixed_dictionaries({**body, "precedence": precedence}),
    st.one_of(st.none(), names),
)
default_rules = st.builds(
    lambda number, fields: default_rule(
        f"Default {number}", tag=f"Microsoft.{number}.001", precedence=100 + number, **fields
    ),
    st.integers(0, 3),
    st.fixed_dictionaries(body),
)
dns = st.sampled_from(["OU=A", "OU=B,OU=A", "ou=a", "A", "", r"OU=\,", "OU=A,DC=fabrikam,DC=com"])
lists = st.fixed_dictionaries(
    {}, optional={"include": st.lists(dns, max_size=4), "exclude": st.lists(dns, max_size=4)}
)


def _connector(units: dict[str, Plain], selected: list[str] | None) -> Document:
    domains: Plain = {"corp.contoso.com": {"organizational_units": units}, "x.y": "all"}
    more: dict[str, Plain] = {} if selected is None else {"attributes": [*selected]}
    return connector(domains=domains, object_types=["user"], group_filter="x", **more)


connectors = st.builds(_connector, lists, st.none() | st.lists(attributes, max_size=4))
estates = st.builds(
    lambda custom, default, corp: (
        *custom,
        *default,
        corp,
        server(scheduler={"interval": "00:10:00"}, minimum_build="x"),
        environment(a="active", b="active"),
    ),
    st.lists(custom_rules, max_size=6),
    st.lists(default_rules, max_size=3),
    connectors,
)


@given(estates)
@settings(max_examples=150, deadline=None)
def test_no_check_raises_and_the_order_of_running_makes_no_difference(
    documents: tuple[Document, ...],
) -> None:
    subject = desired(*documents, schemas=SCHEMAS)

    forwards = run_checks(subject, recorded=None)
    backwards = run_checks(subject, recorded=None, checks=tuple(reversed(CHECKS)))

    assert forwards == backwards


@given(estates)
@settings(max_examples=100, deadline=None)
def test_the_order_of_documents_makes_no_difference(documents: tuple[Document, ...]) -> None:
    # rules that share a name are told apart by their files alone
    unique = {(document.type, document.file): document for document in documents}.values()
    one = run_checks(desired(*unique, schemas=SCHEMAS), recorded=None)
    other = run_checks(desired(*reversed(list(unique)), schemas=SCHEMAS), recorded=None)

    assert one == other


@given(estates)
@settings(max_examples=100, deadline=None)
def test_what_the_server_holds_already_is_never_an_error(documents: tuple[Document, ...]) -> None:
    on_server = recorded(*documents, schemas=SCHEMAS)

    checked = run_checks(on_server, recorded=on_server)

    assert not [item for item in checked.findings if item.severity is Severity.ERROR]


@given(estates)
@settings(max_examples=100, deadline=None)
def test_recording_a_server_only_ever_makes_findings_milder(
    documents: tuple[Document, ...],
) -> None:
    subject = desired(*documents, schemas=SCHEMAS)
    alone = run_checks(subject, recorded=None).findings
    beside = run_checks(subject, recorded=recorded(*documents, schemas=SCHEMAS)).findings

    assert {(item.code, item.what) for item in beside} <= {(item.code, item.what) for item in alone}
    assert sum(item.severity is Severity.ERROR for item in beside) <= sum(
        item.severity is Severity.ERROR for item in alone
    )
