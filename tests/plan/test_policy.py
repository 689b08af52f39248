"""The policy of an environment, as its document says it and as it is without a word."""

from __future__ import annotations

from datetime import timedelta

from reconciler.model.changes import Risk
from reconciler.model.estates import DocumentType, Estate
from reconciler.plan.policy import Policy, policy_of, roles_of
from tests.plan.estates import Fields, document, estate, policy


def of(environment: Fields) -> Policy:
    return policy_of(estate(environment=environment))


def test_without_a_policy_the_choices_are_the_careful_ones() -> None:
    careful = Policy()

    assert of({"environment": "prod"}) == careful
    assert policy_of(Estate(environment="prod")) == careful
    assert not careful.deletes_unmanaged_rules
    assert careful.allow_unsupported == frozenset()
    assert careful.hold_after == (Risk.SCOPE_SHRINKING, Risk.DESTRUCTIVE)
    assert careful.oldest_snapshot is None


def test_an_empty_policy_is_none() -> None:
    assert of({"environment": "prod", "policy": {}}) == Policy()


def test_every_member_is_taken_over() -> None:
    found = of(
        policy(
            prune="delete",
            allow_unsupported=["organizational-units"],
            hold_after=["security"],
            budgets={"destructive": {"at_most": 0}, "scope-shrinking": {"at_most": 5}},
            oldest_snapshot="7.00:00:00",
        )
    )

    assert found == Policy(
        deletes_unmanaged_rules=True,
        allow_unsupported=frozenset({"organizational-units"}),
        hold_after=(Risk.SECURITY,),
        budgets={Risk.DESTRUCTIVE: 0, Risk.SCOPE_SHRINKING: 5},
        oldest_snapshot=timedelta(days=7),
    )


def test_holding_after_nothing_is_a_choice() -> None:
    assert of(policy(hold_after=[])).hold_after == ()


def test_prune_report_deletes_nothing() -> None:
    assert not of(policy(prune="report")).deletes_unmanaged_rules


def test_roles_are_those_of_the_document_in_its_order() -> None:
    servers: Fields = {"sync02": {"role": "staging"}, "sync01": {"role": "active"}}
    environment: Fields = {"environment": "prod", "servers": servers}

    assert [*roles_of(estate(environment=environment)).items()] == [
        ("sync02", "staging"),
        ("sync01", "active"),
    ]


def test_without_servers_there_are_no_roles() -> None:
    only = document(DocumentType.ENVIRONMENT, {"environment": "prod"})

    assert roles_of(Estate(environment="prod", documents=(only,))) == {}
    assert roles_of(Estate(environment="prod")) == {}
