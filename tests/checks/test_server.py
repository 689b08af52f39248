"""Server settings and the servers of an environment."""

from __future__ import annotations

import pytest

from reconciler.checks.server.build_form import BuildForm
from reconciler.checks.server.purge_interval import PurgeInterval
from reconciler.checks.server.sync_interval import SyncInterval
from reconciler.checks.server.time_span import TimeSpan
from reconciler.checks.topology.host_names import HostNames
from reconciler.checks.topology.one_active_server import OneActiveServer
from reconciler.checks.topology.some_active_server import SomeActiveServer
from tests.checks.estates import environment, rule, run, server


@pytest.mark.parametrize("text", ["30", "00:61:00", "24:00:00", "1d", ""])
def test_what_is_no_time_span_is_reported(text: str) -> None:
    assert run(TimeSpan(), server(scheduler={"purge_interval": text}))


def test_the_expiry_of_a_rule_is_a_time_span_too() -> None:
    assert run(TimeSpan(), rule(soft_delete_expiry="soon"))


@pytest.mark.parametrize(("text", "word"), [("00:15:00", "under"), ("7.00:00:01", "over")])
def test_an_interval_out_of_bounds_is_refused(text: str, word: str) -> None:
    (finding,) = run(SyncInterval(), server(scheduler={"interval": text}))

    assert word in finding.what


def test_a_malformed_interval_is_told_once() -> None:
    documents = server(scheduler={"interval": "often"})

    assert run(SyncInterval(), documents) == []
    assert run(PurgeInterval(), documents) == []


def test_the_history_lives_at_least_as_long_as_the_interval() -> None:
    scheduler = {"interval": "02:00:00", "purge_interval": "01:00:00"}

    assert run(PurgeInterval(), server(scheduler={**scheduler}))
    assert run(PurgeInterval(), server(scheduler={**scheduler, "interval": "00:30:00"})) == []


@pytest.mark.parametrize("text", ["2.5.79.0", "2.5"])
def test_a_build_is_two_to_four_numbers(text: str) -> None:
    assert run(BuildForm(), server(minimum_build=text)) == []


@pytest.mark.parametrize("text", ["2", "2.5.x", "v2.5.79.0", "1.2.3.4.5"])
def test_anything_else_is_no_build(text: str) -> None:
    assert run(BuildForm(), server(minimum_build=text))


def test_each_active_server_too_many_is_reported_at_its_role() -> None:
    findings = run(OneActiveServer(), environment(a="active", b="active", c="active"))

    assert [finding.what.split()[0] for finding in findings] == ['"b"', '"c"']
    assert all(finding.place and finding.place.file == "environment.yaml" for finding in findings)


def test_an_environment_without_servers_yet_is_accepted() -> None:
    assert run(SomeActiveServer(), environment()) == []


def test_host_names_are_compared_by_first_label_without_case() -> None:
    servers = environment(sync01__contoso__com="active", Sync01__fabrikam__com="staging")

    (finding,) = run(HostNames(), servers)

    assert '"sync01.contoso.com"' in finding.what
