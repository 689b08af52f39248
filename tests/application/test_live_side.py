"""Which reading stands for the addressed server, and how old it may be."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from reconciler.application.assembly.reading import assess_environment, open_tree
from reconciler.application.assessing import Assessment
from reconciler.application.exits import Exit
from reconciler.application.live_side import age_of, read_live_side, too_old
from reconciler.application.refusals import Refusal
from tests.application.folders import import_into, reading, write_export

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
WEEK = timedelta(days=7)


@pytest.mark.parametrize(
    ("read_at", "age"),
    [
        (None, None),
        ("2026-11-24T11:00:00", timedelta(hours=1)),
        ("2026-11-24T12:00:00+01:00", timedelta(hours=1)),
        ("2026-11-25T12:00:00", timedelta()),
    ],
)
def test_the_age_is_the_sources_own_and_never_negative(
    read_at: str | None, age: timedelta | None
) -> None:
    assert age_of(reading(read_at=read_at), NOW) == age


@pytest.mark.parametrize(
    ("read_at", "oldest", "is_too_old"),
    [
        ("2026-11-17T12:00:00", WEEK, False),
        ("2026-11-17T11:59:59", WEEK, True),
        ("2020-01-01T00:00:00", None, False),
        (None, None, False),
        (None, WEEK, True),
    ],
)
def test_a_reading_is_too_old_only_by_policy(
    read_at: str | None, oldest: timedelta | None, *, is_too_old: bool
) -> None:
    finding = too_old(reading(read_at=read_at), oldest, NOW)

    assert (finding is not None) is is_too_old
    assert finding is None or finding.code == "RC3301"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    import_into(tmp_path / "ds", write_export(tmp_path / "export"))
    return tmp_path / "ds"


def assessed(root: Path) -> Assessment:
    return assess_environment(open_tree(str(root)), "prod")


def test_without_a_source_the_recording_stands_for_the_server(root: Path) -> None:
    found = read_live_side("sync01", (), assessed(root))

    assert found.is_recording
    assert found.server.name == "SYNC01"
    assert found.findings == ()


def test_a_source_wins_over_the_recording(root: Path) -> None:
    source = write_export(root.parent / "later", precedence="51")

    found = read_live_side("sync01", (f"export:{source}",), assessed(root))

    assert not found.is_recording
    assert [rule["precedence"] for rule in found.server.tree["rules"]] == [51]


def test_without_source_and_recording_nothing_is_planned(root: Path) -> None:
    (root / "prod/recorded/sync01.json").unlink()

    with pytest.raises(Refusal) as refused:
        read_live_side("sync01", (), assessed(root))

    assert refused.value.exit_code is Exit.INCOMPLETE
    assert [finding.code for finding in refused.value.findings] == ["RC4101"]


def test_a_recording_that_cannot_be_read_says_why(root: Path) -> None:
    (root / "prod/recorded/sync01.json").write_text("{", encoding="utf-8")

    with pytest.raises(Refusal) as refused:
        read_live_side("sync01", (), assessed(root))

    assert refused.value.exit_code is Exit.INCOMPLETE
    (finding,) = refused.value.findings
    assert finding.code != "RC4101"
    assert finding.place is not None
    assert finding.place.file == "ds/prod/recorded/sync01.json"


def test_a_damaged_part_of_the_recording_is_told_with_the_plan(root: Path) -> None:
    path = root / "prod/recorded/sync01.json"
    path.write_text(path.read_text().replace('"precedence": 50', '"precedence": "50"'))

    found = read_live_side("sync01", (), assessed(root))

    assert [finding.concern.value for finding in found.findings] == ["source"]


def test_sources_of_other_servers_only_are_wrong_usage(root: Path) -> None:
    environment = root / "prod/environment.yaml"
    text = environment.read_text(encoding="utf-8")
    servers = "  sync01: {role: active}\n"
    assert servers in text
    environment.write_text(text.replace(servers, f"{servers}  sync02: {{role: staging}}\n"))
    source = write_export(root.parent / "other", server="SYNC02")

    with pytest.raises(Refusal, match="none of the sources is of server") as refused:
        read_live_side("sync01", (f"export:{source}",), assessed(root))

    assert refused.value.exit_code is Exit.USAGE
    assert "--server sync02" in refused.value.findings[0].remedy


def test_a_source_that_is_not_there_is_incomplete(root: Path) -> None:
    with pytest.raises(Refusal) as refused:
        read_live_side("sync01", ("export:nowhere",), assessed(root))

    assert refused.value.exit_code is Exit.INCOMPLETE


@pytest.mark.parametrize("text", ["nowhere", "ftp:x", "=export:x"])
def test_a_text_that_names_no_source_is_wrong_usage(root: Path, text: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_live_side("sync01", (text,), assessed(root))

    assert refused.value.exit_code is Exit.USAGE
