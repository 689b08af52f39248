"""Plans made, saved, shown again, and compared with the last commit."""

from __future__ import annotations

import json
import stat
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reconciler.application.comparing import compare
from reconciler.application.drifting import Drift, DriftOptions, drift
from reconciler.application.exits import Exit
from reconciler.application.planning import Planned, PlanOptions, plan, save_plan, targets_of
from reconciler.application.refusals import Refusal
from reconciler.application.showing import read_plan
from reconciler.application.snapshotting import snapshot
from reconciler.model.addresses import Address
from reconciler.report.markdown import render_markdown
from reconciler.report.outline import plan_outline
from tests.application.folders import RULE, files_of, import_into, write_export
from tests.application.test_live_side import NOW
from tests.forge.repositories import commit, new_repository
from tests.live.exports import parameter_xml


@pytest.fixture
def root(tmp_path: Path) -> Path:
    import_into(tmp_path / "estate/ds", write_export(tmp_path / "export"))
    path = tmp_path / "estate/ds/prod" / RULE
    path.write_text(path.read_text(encoding="utf-8").replace("precedence: 50", "precedence: 51"))
    return tmp_path / "estate/ds"


def planned(root: Path, **options: object) -> Planned:
    values = {"folder": str(root), "environment": "prod", **options}
    return plan(PlanOptions(**values), NOW)  # type: ignore[arg-type]


def drifted(root: Path, **options: object) -> Drift:
    values = {"folder": str(root), "environment": "prod", **options}
    return drift(DriftOptions(**values))  # type: ignore[arg-type]


def test_a_saved_plan_is_shown_as_it_was_made(root: Path, tmp_path: Path) -> None:
    made = planned(root).plan
    file = tmp_path / "prod.plan.json"

    save_plan(made, str(file))

    assert read_plan(str(file)) == made
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_the_same_plan_is_the_same_file(root: Path, tmp_path: Path) -> None:
    for name in ("a", "b"):
        save_plan(planned(root).plan, str(tmp_path / name))

    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", Exit.INCOMPLETE),
        (b"{", Exit.INCOMPLETE),
        (b"[]", Exit.INCOMPLETE),
        (b"\xff\xfe", Exit.INCOMPLETE),
        (b"[" * 100_000, Exit.INCOMPLETE),
        (b"9" * 5_000, Exit.INCOMPLETE),
        (b'{"format_version": 1}', Exit.INCOMPLETE),
        (None, Exit.USAGE),
    ],
)
def test_what_holds_no_plan_is_told(tmp_path: Path, content: bytes | None, code: Exit) -> None:
    if content is not None:
        (tmp_path / "plan.json").write_bytes(content)

    with pytest.raises(Refusal) as refused:
        read_plan(str(tmp_path / "plan.json"))

    assert refused.value.exit_code is code


STRANGE: st.SearchStrategy[Any] = st.sampled_from([None, "", "\x1b[2J", "a/b", -1, [], {}, True])


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_plan_with_strange_values_is_refused_or_shown(
    root: Path, tmp_path: Path, data: st.DataObject
) -> None:
    file = tmp_path / "plan.json"
    save_plan(planned(root).plan, str(file))
    value = json.loads(file.read_text(encoding="utf-8"))
    member = data.draw(st.sampled_from(sorted(value.keys() - {"content_hash"})))
    place: Any = value
    step: Any = member
    while isinstance(place[step], dict | list) and place[step] and data.draw(st.booleans()):
        place = place[step]
        steps = sorted(place) if isinstance(place, dict) else range(len(place))
        step = data.draw(st.sampled_from(steps))
    place[step] = data.draw(STRANGE)
    file.write_text(json.dumps(value), encoding="utf-8")

    with suppress(Refusal):
        shown = read_plan(str(file))
        assert render_markdown(plan_outline(shown, all_steps=True, now="2026-11-24T12:00:00"))


def test_targets_are_addresses_of_kinds() -> None:
    assert targets_of(("scheduler", "sync-rule/corp/A%2FB")) == (
        Address("scheduler"),
        Address("sync-rule", "corp", "A/B"),
    )


@pytest.mark.parametrize("text", ["", "a//b", "nonsense", "nonsense/corp"])
def test_another_target_is_wrong_usage(text: str) -> None:
    with pytest.raises(Refusal) as refused:
        targets_of((text,))

    assert refused.value.exit_code is Exit.USAGE


@pytest.mark.parametrize(("oldest", "code"), [("1.00:00:00", Exit.BLOCKED), (None, Exit.CHANGES)])
def test_a_reading_older_than_the_policy_accepts_blocks(
    root: Path, oldest: str | None, code: Exit
) -> None:
    path = root / "prod/environment.yaml"
    line = f"policy:\n  oldest_snapshot: {oldest}\n" if oldest else "policy:\n"
    path.write_text(path.read_text(encoding="utf-8").replace("policy:\n", line), encoding="utf-8")

    found = planned(root, is_detailed=True)

    assert found.exit_code is code
    assert bool([item for item in found.plan.findings if item.code == "RC3301"]) is bool(oldest)


def test_a_plan_is_of_the_working_tree_and_drift_of_the_last_commit(root: Path) -> None:
    text = (root / "prod" / RULE).read_text(encoding="utf-8")
    (root / "prod" / RULE).write_text(text.replace("precedence: 51", "precedence: 50"))
    sha = commit(new_repository(root.parent), {})
    (root / "prod" / RULE).write_text(text, encoding="utf-8")

    found = drifted(root, is_detailed=True)

    assert planned(root, is_detailed=True).exit_code is Exit.CHANGES
    assert found.exit_code is Exit.DONE
    assert (found.is_committed, found.plan.commit, found.notes) == (True, sha, ())


def test_outside_git_drift_says_that_it_looked_at_the_working_tree(root: Path) -> None:
    found = drifted(root, is_detailed=True)

    assert found.exit_code is Exit.CHANGES
    assert not found.is_committed
    assert "the working tree was compared instead" in found.notes[0]


def test_an_environment_that_nobody_committed_does_not_drift(root: Path) -> None:
    commit(new_repository(root.parent), {"ds/test/environment.yaml": "environment: test\n"})
    (root / "new").mkdir()
    (root / "new/environment.yaml").write_text("environment: new\n", encoding="utf-8")

    with pytest.raises(Refusal, match="is not in the last commit") as refused:
        drifted(root, environment="new")

    assert refused.value.exit_code is Exit.USAGE


def test_drift_compares_what_no_kind_models_with_the_recording(root: Path, tmp_path: Path) -> None:
    later = write_export(tmp_path / "later")
    path = later / "GlobalSettings/MV.xml"
    odd = parameter_xml("Contoso.Odd", "1", use="SynchronizationGlobal")
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("</parameter-values>", f"{odd}</parameter-values>"))

    found = drifted(root, live=(f"export:{later}",))

    assert [item.what for item in found.plan.findings] == [
        "potential drift: global-settings/Contoso.Odd is not as it was recorded"
    ]


def test_without_a_recording_drift_says_what_it_did_not_compare(root: Path, tmp_path: Path) -> None:
    (root / "prod/recorded/sync01.json").unlink()

    found = drifted(root, live=(f"export:{tmp_path / 'export'}",))

    assert any("there is no recording" in note for note in found.notes)


def test_a_snapshot_and_its_export_give_one_content_hash(root: Path, tmp_path: Path) -> None:
    file = tmp_path / "sync01.json"
    export = f"export:{tmp_path / 'export'}"
    snapshot(str(root), "prod", export, str(file))

    hashes = {
        planned(root, live=(source,)).plan.content_hash for source in (export, f"snapshot:{file}")
    }

    assert len(hashes) == 1
    assert hashes == {planned(root).plan.content_hash}


def test_a_snapshot_goes_into_the_environment_or_where_it_is_told(
    root: Path, tmp_path: Path
) -> None:
    export = f"export:{tmp_path / 'export'}"
    before = files_of(root)

    own = snapshot(str(root), "prod", export, None)
    other = snapshot(str(root), "prod", export, str(tmp_path / "x.json"))

    assert own.files == (("ds/prod/recorded/sync01.json", False),)
    assert other.files == ((str(tmp_path / "x.json"), True),)
    assert files_of(root) == before
    assert (tmp_path / "x.json").read_bytes() == before["prod/recorded/sync01.json"]


def test_a_snapshot_of_another_environment_is_refused(root: Path, tmp_path: Path) -> None:
    other = write_export(tmp_path / "other", server="TEST01")

    with pytest.raises(Refusal) as refused:
        snapshot(str(root), "prod", f"export:{other}", None)

    assert refused.value.exit_code is Exit.USAGE


def test_two_exports_are_compared_without_desired_state(tmp_path: Path) -> None:
    one = write_export(tmp_path / "one")
    other = write_export(tmp_path / "other", server="SYNC02", precedence="51")
    sources = (f"export:{one}", f"export:{other}")

    found = compare(*sources, is_detailed=True)
    same = compare(sources[0], sources[0], is_detailed=True)

    assert (found.first.name, found.second.name) == ("SYNC01", "SYNC02")
    assert [change.kind for change in found.plan.changes] == ["sync-rule"]
    assert (found.exit_code, same.exit_code) == (Exit.CHANGES, Exit.DONE)
