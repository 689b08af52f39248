"""Settings that no kind models: compared with a recording, and only ever potential drift."""

from __future__ import annotations

from deepdiff import DeepDiff
from hypothesis import given, settings
from hypothesis import strategies as st

from reconciler.kinds.registry import KINDS
from reconciler.model.findings import Concern, Severity
from reconciler.model.snapshots import Server
from reconciler.plan.raw_leaves import PARITY, raw_findings
from tests.kinds import trees
from tests.plan.estates import live, tree

LEAVES = st.dictionaries(
    st.text("abc/.[]'\"", min_size=1, max_size=6), st.text(max_size=4), max_size=5
)


def raw(**leaves: str) -> Server:
    return live(raw=leaves)


def test_equal_leaves_say_nothing() -> None:
    assert raw_findings(raw(a="1"), raw(a="1")) == ()


def test_a_leaf_that_differs_is_potential_drift_with_both_texts() -> None:
    (finding,) = raw_findings(raw(a="1", b="2"), raw(a="1", b="3"))

    assert (finding.severity, finding.concern) == (Severity.NOTE, Concern.LIVE)
    assert finding.what == "potential drift: b is not as it was recorded"
    assert finding.expected == ('recorded  "2"', 'on server "3"')
    assert finding.server == "sync01"


def test_a_leaf_that_comes_or_goes_is_told() -> None:
    come, gone = raw_findings(raw(gone="1"), raw(come="1"))

    assert (come.expected[0], gone.expected[1]) == (
        "recorded  (not there)",
        "on server (not there)",
    )


def test_two_servers_are_told_apart_as_two_servers() -> None:
    (finding,) = raw_findings(raw(a="1"), raw(a="2"), PARITY)

    assert "recorded" not in str(finding)
    assert [line.split()[-1] for line in finding.expected] == ['"1"', '"2"']


def test_texts_of_the_world_are_escaped() -> None:
    (finding,) = raw_findings(raw(a="1"), raw(a="\x1b[2J"))

    assert "\x1b" not in "".join(finding.expected)


def test_parameters_that_a_kind_compares_are_left_to_it() -> None:
    compared = {name for kind in KINDS.values() for name in kind.global_parameters}
    one = live(parameters=dict.fromkeys(compared, "1") | {"Contoso.Unknown": "1"})
    other = live(parameters=dict.fromkeys(compared, "2") | {"Contoso.Unknown": "2"})

    (finding,) = raw_findings(one, other)

    assert "global-settings/Contoso.Unknown" in finding.what


def test_parameters_of_connectors_and_partitions_are_leaves() -> None:
    def server(text: str) -> Server:
        partition = trees.partition("corp.contoso.com")
        partition["parameters"] = {"Domain.Odd": text, "guid": text}
        connector = trees.ad_connector(partition)
        connector["parameters"]["global"] = {"Connector.Odd": text, "Connector.ID": text}
        return live(connectors=[connector])

    found = [finding.what for finding in raw_findings(server("1"), server("2"))]

    assert [what.split()[2] for what in found] == [
        "connectors/corp/global/Connector.Odd",
        "connectors/corp/partitions/corp.contoso.com/Domain.Odd",
    ]


def test_identifiers_of_connectors_are_their_servers_own() -> None:
    one, other = tree(), tree()
    other["connectors"][0]["identifier"] = "00000000-0000-0000-0000-00000000000b"

    pair = (live(connectors=one["connectors"]), live(connectors=other["connectors"]))
    assert raw_findings(*pair) == ()


@settings(deadline=None)
@given(LEAVES, LEAVES)
def test_there_is_a_finding_for_every_leaf_that_differs(
    before: dict[str, str], after: dict[str, str]
) -> None:
    differing = {path for path in before | after if before.get(path) != after.get(path)}
    found = raw_findings(live(raw=before), live(raw=after))

    assert len(found) == len(differing)
    assert bool(found) is bool(DeepDiff(before, after))
    assert all(any(f"drift: {path} is" in item.what for item in found) for path in differing)
