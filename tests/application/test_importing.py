"""Importing: all or nothing, only what differs, and never somebody's unsaved work."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from reconciler.application.exits import Exit
from reconciler.application.planning import PlanOptions
from reconciler.application.planning import plan as plan_of
from reconciler.application.refusals import Refusal
from reconciler.desired.storing import StoringError
from reconciler.model.plans import Plan
from tests.application.folders import RULE, files_of, import_into, write_export
from tests.application.test_live_side import NOW
from tests.forge.repositories import commit, new_repository, run_git


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return write_export(tmp_path / "export")


@pytest.fixture
def root(tmp_path: Path, source: Path) -> Path:
    import_into(tmp_path / "estate/ds", source)
    return tmp_path / "estate/ds"


def planned(root: Path, source: Path) -> Plan:
    options = PlanOptions(folder=str(root), environment="prod", live=(f"export:{source}",))
    return plan_of(options, NOW).plan


def refused(root: Path, source: Path, **options: object) -> Refusal:
    """Return the refusal of an import that must leave everything as it was."""
    before = files_of(root.parent)
    with pytest.raises(Refusal) as found:
        import_into(root, source, **options)
    assert files_of(root.parent) == before
    return found.value


def test_the_first_import_begins_the_environment_and_leaves_nothing_to_plan(
    tmp_path: Path, source: Path
) -> None:
    result = import_into(tmp_path / "ds", source)

    assert "ds/prod/environment.yaml" in result.created
    assert f"ds/prod/{RULE}" in result.created
    assert result.server == "sync01"
    found = planned(tmp_path / "ds", source)
    assert (found.changes, found.unmanaged, found.findings) == ((), (), ())


def test_a_second_import_writes_nothing(root: Path, source: Path) -> None:
    before = files_of(root)

    result = import_into(root, source)

    assert (result.created, result.changed, result.removed, result.notes) == ((), (), (), ())
    assert files_of(root) == before


def test_a_new_environment_is_not_begun_where_the_import_is_refused(
    tmp_path: Path, source: Path
) -> None:
    broken = tmp_path / "estate/ds/prod/server.yaml"
    broken.parent.mkdir(parents=True)
    broken.write_text("scheduler: [", encoding="utf-8")

    assert refused(tmp_path / "estate/ds", source).exit_code is Exit.INVALID


def test_a_name_that_is_no_environment_writes_nothing(tmp_path: Path, source: Path) -> None:
    (tmp_path / "estate").mkdir()

    found = refused(tmp_path / "estate/ds", source, environment="Pro d")

    assert found.exit_code is Exit.USAGE


def test_a_source_of_another_server_writes_nothing(root: Path, tmp_path: Path) -> None:
    other = write_export(tmp_path / "other", server="TEST01")

    assert refused(root, other).exit_code is Exit.USAGE


def test_a_damaged_source_writes_nothing(root: Path, tmp_path: Path) -> None:
    damaged = write_export(tmp_path / "damaged")
    (damaged / "GlobalSettings/MV.xml").write_bytes(b"<saved-mv-configuration")

    assert refused(root, damaged).exit_code is Exit.INCOMPLETE


def test_only_what_differs_is_written_and_told(root: Path, tmp_path: Path) -> None:
    before = files_of(root)
    later = write_export(tmp_path / "later", precedence="51")

    result = import_into(root, later)

    after = files_of(root)
    assert result.changed == ((f"ds/prod/{RULE}", ("precedence",)),)
    assert {path for path in after if after[path] != before.get(path)} == {
        f"prod/{RULE}",
        "prod/recorded/sync01.json",
    }
    assert planned(root, later).changes == ()


def test_uncommitted_changes_are_not_overwritten_unless_forced(root: Path, tmp_path: Path) -> None:
    commit(new_repository(root.parent), {})
    path = root / "prod" / RULE
    path.write_text(path.read_text(encoding="utf-8") + "# mine\n", encoding="utf-8")
    later = write_export(tmp_path / "later", precedence="51")

    found = refused(root, later)
    forced = import_into(root, later, is_forced=True)

    assert found.exit_code is Exit.USAGE
    assert found.findings[0].expected == (f"ds/prod/{RULE}",)
    assert [file for file, _ in forced.changed] == [f"ds/prod/{RULE}"]
    assert path.read_text(encoding="utf-8").endswith("# mine\n")


def test_uncommitted_changes_elsewhere_are_nobodys_business(root: Path, tmp_path: Path) -> None:
    commit(new_repository(root.parent), {})
    path = root / "prod/environment.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "# mine\n", encoding="utf-8")

    assert import_into(root, write_export(tmp_path / "later", precedence="51")).changed


def test_outside_git_it_says_that_it_did_not_look(root: Path, tmp_path: Path) -> None:
    result = import_into(root, write_export(tmp_path / "later", precedence="51"))

    assert "not in a git repository: uncommitted changes were not looked for" in result.notes


def test_where_git_refuses_it_says_so(root: Path, tmp_path: Path) -> None:
    commit(new_repository(root.parent), {})
    (root.parent / ".git/index").write_bytes(b"no index")

    result = import_into(root, write_export(tmp_path / "later", precedence="51"))

    assert any(note.startswith("git could not be asked:") for note in result.notes)


def test_a_rule_that_is_gone_keeps_its_file_unless_pruned(root: Path, tmp_path: Path) -> None:
    later = write_export(tmp_path / "later", name="Another")

    kept = import_into(root, later)
    assert any("--prune" in note for note in kept.notes)
    assert (root / "prod" / RULE).is_file()

    pruned = import_into(root, later, prunes=True)
    assert pruned.removed == (f"ds/prod/{RULE}",)
    assert not (root / "prod" / RULE).exists()


def test_a_tree_that_is_only_wrong_by_a_rule_that_is_gone_is_healed_by_pruning(
    root: Path, tmp_path: Path
) -> None:
    later = write_export(tmp_path / "later", name="Renamed on the server")
    import_into(root, later)  # both rules have one number now

    assert refused(root, later).exit_code is Exit.INVALID
    pruned = import_into(root, later, prunes=True)

    assert pruned.removed == (f"ds/prod/{RULE}",)
    assert planned(root, later).changes == ()


def test_pruning_heals_nothing_else(root: Path, tmp_path: Path) -> None:
    later = write_export(tmp_path / "later", name="Renamed on the server")
    import_into(root, later)
    (root / "prod/server.yaml").write_text("scheduler: {interval: 00:00:01}\n")

    assert refused(root, later, prunes=True).exit_code is Exit.INVALID


def test_a_staging_server_writes_only_its_recording(root: Path, tmp_path: Path) -> None:
    environment = root / "prod/environment.yaml"
    text = environment.read_text(encoding="utf-8")
    servers = "  sync01: {role: active}\n"
    assert servers in text
    environment.write_text(text.replace(servers, f"{servers}  sync02: {{role: staging}}\n"))
    before = files_of(root)
    staging = write_export(tmp_path / "s", server="SYNC02", staging="True", precedence="60")

    import_into(root, staging)

    after = files_of(root)
    assert after.keys() - before.keys() == {"prod/recorded/sync02.json"}
    assert {path: after[path] for path in before} == before


def test_an_empty_list_of_servers_gets_the_server_with_its_own_role(tmp_path: Path) -> None:
    result = import_into(tmp_path / "ds", write_export(tmp_path / "e", staging="True"))

    text = (tmp_path / "ds/prod/environment.yaml").read_text(encoding="utf-8")
    assert "sync01: {role: staging}" in text
    assert result.server == "sync01"


def test_the_recording_is_for_its_owner_alone(root: Path) -> None:
    mode = (root / "prod/recorded/sync01.json").stat().st_mode

    assert stat.S_IMODE(mode) == 0o600


def test_an_import_in_a_repository_without_a_commit_works(tmp_path: Path, source: Path) -> None:
    new_repository(tmp_path / "estate")

    import_into(tmp_path / "estate/ds", source)

    assert "ds/" in run_git(tmp_path / "estate", "status", "--porcelain")


@pytest.mark.parametrize(
    "address", ["sync-rule/corp/A", "no//address", "default-rule/corp/Microsoft.Nowhere"]
)
def test_only_a_default_rule_of_the_server_can_be_adopted(
    root: Path, source: Path, address: str
) -> None:
    assert refused(root, source, adopted_defaults=(address,)).exit_code is Exit.USAGE


def test_an_import_that_cannot_write_a_file_writes_none(root: Path, tmp_path: Path) -> None:
    later = write_export(tmp_path / "later", precedence="51", name="Another")
    (root / "prod/rules/another.yaml").mkdir()
    before = files_of(root)

    with pytest.raises(StoringError, match=r"another\.yaml: ") as refused:
        import_into(root, later, prunes=True)

    assert refused.value.written == ()
    assert files_of(root) == before
