"""The form of rules, and how rules work together."""

from __future__ import annotations

import pytest

from reconciler.checks.rules.any_metaverse_type import AnyMetaverseType
from reconciler.checks.rules.case_sensitive_join import CaseSensitiveJoin
from reconciler.checks.rules.disabled_default import DisabledDefault
from reconciler.checks.rules.enabled_clone import EnabledClone
from reconciler.checks.rules.join_required import JoinRequired
from reconciler.checks.rules.literal_constant import LiteralConstant
from reconciler.checks.rules.member_of import MemberOf
from reconciler.checks.rules.merge_types import MergeTypes
from reconciler.checks.rules.operand import Operand
from reconciler.checks.rules.scopes import may_overlap
from reconciler.checks.rules.several_joins import SeveralJoins
from reconciler.checks.rules.soft_delete import SoftDelete
from reconciler.kinds.rules.normal_form import from_document, to_rule
from reconciler.model.estates import Document
from reconciler.model.findings import Severity
from reconciler.model.nodes import Plain
from reconciler.model.rules import Rule
from tests.checks.estates import default_rule, outbound, rule, run

MAIL: Plain = [[{"cs": "mail", "mv": "mail"}]]
ANCHOR: Plain = [[{"cs": "objectGUID", "mv": "sourceAnchorBinary"}]]


@pytest.mark.parametrize("link", ["provision", "sticky-join"])
def test_a_link_that_creates_or_holds_needs_a_join(link: str) -> None:
    assert run(JoinRequired(), rule(link=link))
    assert run(JoinRequired(), rule(link=link, join=MAIL)) == []


@pytest.mark.parametrize("link", ["join", "join-no-flow"])
def test_other_links_need_none(link: str) -> None:
    assert run(JoinRequired(), rule(link=link)) == []


def test_a_default_rule_without_join_excuses_its_clone() -> None:
    assert run(JoinRequired(), rule(link="provision"), default_rule(join=[])) == []


def test_an_empty_join_group_is_no_join() -> None:
    assert run(JoinRequired(), rule(link="provision", join=[[]]))


def test_a_soft_delete_expiry_that_the_server_accepts_is_refused_all_the_same() -> None:
    (finding,) = run(
        SoftDelete(), outbound(link="provision", join=MAIL, soft_delete_expiry="30.00:00:00")
    )

    assert "documented nowhere" in finding.what


def test_zero_in_another_spelling_is_zero() -> None:
    assert run(SoftDelete(), rule(soft_delete_expiry="0.0:00:00")) == []


@pytest.mark.parametrize(
    ("document", "word"),
    [
        (outbound(source="*", flows={}), "outbound"),
        (rule(target="*", link="provision", join=MAIL, flows={}), "link type provision"),
        (rule(target="*", join=MAIL), "attribute flows"),
    ],
)
def test_each_restriction_of_the_type_star_is_told_on_its_own(
    document: Document, word: str
) -> None:
    (finding,) = run(AnyMetaverseType(), document)

    assert word in finding.what


def test_case_sensitive_conditions_in_different_groups_are_accepted() -> None:
    strict: Plain = {"cs": "mail", "mv": "mail", "case_sensitive": True}

    assert run(CaseSensitiveJoin(), rule(join=[[strict], [strict]])) == []


def test_presence_operators_have_no_value() -> None:
    scope: Plain = [[{"attribute": "mail", "operator": "ISNOTNULL", "value": "x"}]]

    (finding,) = run(Operand(), rule(scope=scope))

    assert 'has the value "x"' in finding.what


def test_membership_is_asked_inbound_only() -> None:
    scope: Plain = [[{"attribute": "", "operator": "ISNOTMEMBEROF", "value": "CN=Pilot"}]]

    assert run(MemberOf(), rule(scope=scope)) == []
    assert run(MemberOf(), outbound(scope=scope))


def feeding(name: str, merge: str, precedence: int, **fields: Plain) -> Document:
    flows: Plain = {"proxyAddresses": {"from": "proxyAddresses", "merge": merge}}
    return rule(name, precedence=precedence, flows=flows, **fields)


def test_the_rule_of_the_lower_number_says_how_to_merge() -> None:
    (finding,) = run(MergeTypes(), feeding("A", "merge", 2), feeding("B", "update", 1))

    assert finding.address is not None
    assert finding.address.name == "A"


def test_the_way_of_the_default_rules_decides() -> None:
    default = default_rule(
        flows={"proxyAddresses": {"from": "proxyAddresses", "merge": "merge-case-insensitive"}}
    )

    assert run(MergeTypes(), feeding("A", "merge-case-insensitive", 1), default) == []
    assert run(MergeTypes(), feeding("A", "update", 1), default)


def test_disabled_rules_and_other_object_types_do_not_count() -> None:
    others = (feeding("B", "merge", 2, disabled=True), feeding("C", "merge", 3, target="group"))

    assert run(MergeTypes(), feeding("A", "update", 1), *others) == []


def test_rules_of_several_forests_feed_one_metaverse() -> None:
    assert run(MergeTypes(), feeding("A", "update", 1), feeding("B", "merge", 2, connector="emea"))


def test_outbound_each_connector_is_fed_on_its_own() -> None:
    one = feeding("A", "update", 1, direction="outbound", source="person", target="user")
    other = feeding(
        "B", "merge", 2, direction="outbound", source="person", target="user", connector="entra"
    )

    assert run(MergeTypes(), one, other) == []


@pytest.mark.parametrize("word", ["NULL", "null", " IgnoreThisFlow ", "AuthoritativeNull"])
def test_a_word_of_the_language_is_text_in_a_constant(word: str) -> None:
    (finding,) = run(LiteralConstant(), rule(flows={"department": {"constant": word}}))

    assert finding.severity is Severity.WARNING
    assert finding.remedy == f"write expression: {_proper(word)}"


def _proper(word: str) -> str:
    return "NULL" if word == "null" else word.strip()


def clone(**fields: Plain) -> Document:
    flows: Plain = {"cn": {"from": "cn"}, "department": {"from": "department"}}
    head: dict[str, Plain] = {"link": "provision", "join": ANCHOR, "flows": flows}
    return rule("In from AD - User Join - Cloned", **{**head, **fields})


def test_a_clone_beside_its_disabled_original_is_accepted() -> None:
    assert run(EnabledClone(), clone(), default_rule(disabled=True)) == []


def test_a_rule_that_joins_otherwise_is_no_clone() -> None:
    assert run(EnabledClone(), clone(join=MAIL), default_rule()) == []


def test_of_several_default_rules_with_one_join_the_one_with_the_same_flows_is_the_original() -> (
    None
):
    identity = default_rule(
        "Group Identity",
        tag="Microsoft.Identity.001",
        flows={"displayName": {"from": "displayName"}},
    )

    assert run(EnabledClone(), clone(), default_rule(disabled=True), identity) == []
    assert run(EnabledClone(), clone(), default_rule(), identity)


def test_a_clone_is_not_reported_as_a_second_join_too() -> None:
    assert run(SeveralJoins(), clone(), default_rule()) == []


def test_a_join_beside_that_of_a_default_rule_is_a_warning() -> None:
    (finding,) = run(SeveralJoins(), rule(join=MAIL), default_rule())

    assert finding.severity is Severity.WARNING
    assert "In from AD - User Join" in finding.what


def test_joins_of_other_object_types_or_outbound_do_not_meet() -> None:
    others = (rule("B", join=MAIL, source="contact"), outbound("C", join=MAIL))

    assert run(SeveralJoins(), rule("A", join=MAIL), *others) == []


def test_many_meetings_are_told_in_one_finding() -> None:
    rules = [rule(f"Rule {number}", join=MAIL, precedence=number) for number in range(1, 7)]

    first, *_ = run(SeveralJoins(), *rules)

    assert first.what.endswith("and 2 more")


def scoped(*conditions: tuple[str, str, str]) -> Rule:
    scope: Plain = [[{"attribute": a, "operator": o, "value": v} for a, o, v in conditions]]
    document: dict[str, Plain] = {
        "direction": "inbound",
        "source": "user",
        "target": "person",
        "link": "join",
        "precedence": 1,
        "scope": scope if conditions else [],
    }
    return to_rule(from_document(document), name="A", connector="corp")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("type", "EQUAL", "Staff"), ("type", "EQUAL", "Guest")),
        (("type", "EQUAL", "Staff"), ("type", "NOTEQUAL", "staff")),
        (("mail", "ISNULL", ""), ("mail", "ISNOTNULL", "")),
        (("mail", "ISNULL", ""), ("mail", "ENDSWITH", "@contoso.com")),
        (("name", "EQUAL", "User_1"), ("name", "NOTSTARTSWITH", "user_")),
        (("name", "EQUAL", "Admin"), ("name", "STARTSWITH", "User_")),
        (("flags", "ISBITSET", "2"), ("flags", "ISBITNOTSET", "2")),
        (("size", "LESSTHAN", "5"), ("size", "GREATERTHAN_OR_EQUAL", "5")),
    ],
)
def test_scopes_that_contradict_each_other_do_not_meet(
    one: tuple[str, str, str], other: tuple[str, str, str]
) -> None:
    assert not may_overlap(scoped(one), scoped(other))
    assert not may_overlap(scoped(other), scoped(one))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("type", "EQUAL", "Staff"), ("kind", "EQUAL", "Guest")),
        (("type", "EQUAL", "Staff"), ("type", "EQUAL", "STAFF")),
        (("type", "CONTAINS", "a"), ("type", "CONTAINS", "b")),
        (("cloud", "ISNULL", ""), ("cloud", "EQUAL", "False")),
        (("flags", "ISBITSET", "2"), ("flags", "ISBITNOTSET", "4")),
    ],
)
def test_scopes_that_may_both_hold_meet(
    one: tuple[str, str, str], other: tuple[str, str, str]
) -> None:
    assert may_overlap(scoped(one), scoped(other))
    assert may_overlap(scoped(), scoped(one))


def test_a_disabled_default_rule_is_replaced_by_its_clone() -> None:
    assert run(DisabledDefault(), default_rule(disabled=True), clone()) == []


def test_a_disabled_clone_replaces_nothing() -> None:
    assert run(DisabledDefault(), default_rule(disabled=True), clone(disabled=True))


def test_a_disabled_default_join_rule_needs_no_replacement() -> None:
    assert run(DisabledDefault(), default_rule(disabled=True, link="join")) == []
