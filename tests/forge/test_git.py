"""What the adapter tells about real repositories, in the words of the git program itself."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from reconciler.forge.git import (
    GitRefusedError,
    Head,
    Repository,
    find_repository,
    start_repository,
)
from tests.forge.repositories import commit, new_repository, run_git, write

HOSTILE = (
    "a b.yaml",
    "-rf.yaml",
    "--output=x.yaml",
    'quote"and\\slash.yaml',
    "line\nbreak.yaml",
    "tab\there.yaml",
    "Kostenträger 給与.yaml",
    ":(exclude)magic.yaml",
    "star*[a].yaml",
    "$(touch gone).yaml",
)


def found(folder: Path) -> Repository:
    repository = find_repository(folder)
    assert repository is not None
    return repository


def test_a_folder_outside_git_has_no_repository(tmp_path: Path) -> None:
    assert find_repository(tmp_path) is None


def test_a_folder_that_is_not_there_yet_is_in_the_repository_around_it(tmp_path: Path) -> None:
    sha = commit(new_repository(tmp_path), {"a.yaml": "a: 1\n"})
    folder = tmp_path / "not" / "yet"

    assert found(folder).head() == Head(commit=sha, branch="main")
    assert found(folder).uncommitted(folder) == frozenset()
    assert found(folder).files_at_head(folder).paths() == []


def test_head_is_nothing_before_the_first_commit(tmp_path: Path) -> None:
    new_repository(tmp_path)

    assert found(tmp_path).head() is None


def test_head_is_commit_and_branch(tmp_path: Path) -> None:
    sha = commit(new_repository(tmp_path), {"a.yaml": "a: 1\n"})

    assert found(tmp_path).head() == Head(commit=sha, branch="main")


def test_a_branch_may_have_slashes(tmp_path: Path) -> None:
    sha = commit(new_repository(tmp_path), {"a.yaml": "a: 1\n"})
    run_git(tmp_path, "checkout", "--quiet", "-b", "feature/hr/cost-centre")

    assert found(tmp_path).head() == Head(commit=sha, branch="feature/hr/cost-centre")


def test_a_detached_head_has_no_branch(tmp_path: Path) -> None:
    sha = commit(new_repository(tmp_path), {"a.yaml": "a: 1\n"})
    run_git(tmp_path, "checkout", "--quiet", "--detach")

    assert found(tmp_path).head() == Head(commit=sha, branch=None)


def test_nothing_is_uncommitted_after_a_commit(tmp_path: Path) -> None:
    commit(new_repository(tmp_path), {"prod/a.yaml": "a: 1\n"})

    assert found(tmp_path).uncommitted(tmp_path) == frozenset()


def test_changed_staged_removed_and_untracked_files_are_uncommitted(tmp_path: Path) -> None:
    names = ("changed", "staged", "removed", "kept")
    commit(new_repository(tmp_path), {f"prod/{name}.yaml": "a: 1\n" for name in names})
    write(tmp_path, {f"prod/{name}.yaml": "a: 2\n" for name in ("changed", "staged", "new/deep")})
    run_git(tmp_path, "add", "prod/staged.yaml")
    (tmp_path / "prod/removed.yaml").unlink()

    uncommitted = found(tmp_path).uncommitted(tmp_path / "prod")

    assert uncommitted == {"changed.yaml", "staged.yaml", "removed.yaml", "new/deep.yaml"}


def test_a_renamed_file_is_uncommitted_under_both_names(tmp_path: Path) -> None:
    commit(new_repository(tmp_path), {"prod/old.yaml": "a: 1\n"})
    run_git(tmp_path, "mv", "prod/old.yaml", "prod/new.yaml")

    assert found(tmp_path).uncommitted(tmp_path / "prod") == {"old.yaml", "new.yaml"}


def test_everything_is_uncommitted_before_the_first_commit(tmp_path: Path) -> None:
    write(new_repository(tmp_path), {"prod/a.yaml": "a: 1\n"})

    assert found(tmp_path).uncommitted(tmp_path) == {"prod/a.yaml"}


def test_only_the_asked_folder_counts(tmp_path: Path) -> None:
    commit(new_repository(tmp_path), {"prod/a.yaml": "", "prod-2/a.yaml": ""})
    write(tmp_path, {"prod-2/a.yaml": "a: 2\n", "b.yaml": ""})

    assert found(tmp_path).uncommitted(tmp_path / "prod") == frozenset()


@pytest.mark.parametrize("folder", ["a[b]", ":(top)x", "*", "ä b"])
def test_a_folder_with_a_strange_name_is_that_folder(tmp_path: Path, folder: str) -> None:
    commit(new_repository(tmp_path), {f"{folder}/a.yaml": "", "ab/a.yaml": "", "x/a.yaml": ""})
    write(tmp_path, {f"{folder}/a.yaml": "a: 2\n", "ab/a.yaml": "a: 2\n", "x/a.yaml": "a: 2\n"})

    assert found(tmp_path).uncommitted(tmp_path / folder) == {"a.yaml"}
    assert found(tmp_path).files_at_head(tmp_path / folder).paths() == ["a.yaml"]


def test_hostile_file_names_are_only_names(tmp_path: Path) -> None:
    commit(new_repository(tmp_path), {f"prod/{name}": name for name in HOSTILE})
    write(tmp_path, {f"prod/{name}": "changed" for name in HOSTILE})
    repository = found(tmp_path)

    files = repository.files_at_head(tmp_path / "prod")

    assert files.paths() == sorted(HOSTILE)
    assert {name: files.read(name).decode() for name in HOSTILE} == {name: name for name in HOSTILE}
    assert repository.uncommitted(tmp_path / "prod") == set(HOSTILE)


def test_a_name_that_is_no_utf_8_does_not_hide_the_others(tmp_path: Path) -> None:
    commit(new_repository(tmp_path), {"prod/a.yaml": "a: 1\n"})
    (Path(os.fsdecode(os.fsencode(tmp_path / "prod") + b"/\xff.yaml"))).write_text("a: 1\n")
    run_git(tmp_path, "add", "--all")
    run_git(tmp_path, "commit", "--quiet", "--message", "a name of another age")

    assert "a.yaml" in found(tmp_path).files_at_head(tmp_path / "prod").paths()


def test_the_files_at_head_are_those_of_the_commit(tmp_path: Path) -> None:
    commit(new_repository(tmp_path), {"prod/rules/a.yaml": "a: 1\n", "prod/b.yaml": "b: 1\n"})
    write(tmp_path, {"prod/rules/a.yaml": "a: 2\n", "prod/new.yaml": ""})
    (tmp_path / "prod/b.yaml").unlink()

    files = found(tmp_path).files_at_head(tmp_path / "prod")

    assert files.paths() == ["b.yaml", "rules/a.yaml"]
    assert files.read("rules/a.yaml") == b"a: 1\n"


def test_bytes_come_back_as_they_were_committed(tmp_path: Path) -> None:
    new_repository(tmp_path)
    (tmp_path / "a.yaml").write_bytes(b"a: 1\r\n\xff\x00")
    commit(tmp_path, {})

    assert found(tmp_path).files_at_head(tmp_path).read("a.yaml") == b"a: 1\r\n\xff\x00"


def test_a_file_that_the_commit_lacks_is_a_key_error(tmp_path: Path) -> None:
    commit(new_repository(tmp_path), {"a.yaml": ""})
    files = found(tmp_path).files_at_head(tmp_path)

    with pytest.raises(KeyError):
        files.read("b.yaml")


def test_symbolic_links_are_left_out(tmp_path: Path) -> None:
    new_repository(tmp_path)
    (tmp_path / "link.yaml").symlink_to("../secret")
    commit(tmp_path, {"a.yaml": ""})

    assert found(tmp_path).files_at_head(tmp_path).paths() == ["a.yaml"]


@pytest.mark.parametrize("folder", ["new", "new/deep"])
def test_a_folder_that_was_never_committed_has_no_files(tmp_path: Path, folder: str) -> None:
    commit(new_repository(tmp_path), {"a.yaml": ""})
    write(tmp_path, {f"{folder}/b.yaml": ""})

    assert found(tmp_path).files_at_head(tmp_path / folder).paths() == []


def test_a_folder_that_was_a_file_in_the_commit_has_no_files(tmp_path: Path) -> None:
    commit(new_repository(tmp_path), {"prod": "a file\n"})
    (tmp_path / "prod").unlink()
    write(tmp_path, {"prod/a.yaml": ""})

    assert found(tmp_path).files_at_head(tmp_path / "prod").paths() == []
    assert found(tmp_path).files_at_head(tmp_path / "prod" / "..").paths() == ["prod"]


def test_there_are_no_files_before_the_first_commit(tmp_path: Path) -> None:
    write(new_repository(tmp_path), {"a.yaml": ""})

    assert found(tmp_path).files_at_head(tmp_path).paths() == []


def test_a_repository_is_found_from_a_folder_inside_it(tmp_path: Path) -> None:
    sha = commit(new_repository(tmp_path / "estate"), {"desired-state/prod/a.yaml": ""})

    repository = found(tmp_path / "estate" / "desired-state" / "prod")

    assert repository.root == (tmp_path / "estate").resolve()
    assert repository.head() == Head(commit=sha, branch="main")


def test_a_linked_work_tree_has_its_own_branch(tmp_path: Path) -> None:
    sha = commit(new_repository(tmp_path / "estate"), {"a.yaml": "a: 1\n"})
    run_git(tmp_path / "estate", "worktree", "add", "--quiet", "-b", "other", "../other")
    write(tmp_path / "other", {"a.yaml": "a: 2\n"})

    repository = found(tmp_path / "other")

    assert repository.head() == Head(commit=sha, branch="other")
    assert repository.uncommitted(tmp_path / "other") == {"a.yaml"}
    assert repository.files_at_head(tmp_path / "other").read("a.yaml") == b"a: 1\n"


def test_a_repository_without_work_tree_is_none_for_us(tmp_path: Path) -> None:
    (tmp_path / "estate" / ".git").mkdir(parents=True)
    run_git(tmp_path / "estate" / ".git", "init", "--quiet", "--bare")

    assert find_repository(tmp_path / "estate" / ".git") is None


def test_a_damaged_repository_is_refused_and_says_so(tmp_path: Path) -> None:
    commit(new_repository(tmp_path), {"a.yaml": ""})
    (tmp_path / ".git" / "HEAD").write_bytes(b"\x00garbage")

    with pytest.raises(GitRefusedError, match=r"no repository that git can read|fatal"):
        find_repository(tmp_path)


def test_a_folder_called_git_that_is_no_repository_is_refused(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()

    with pytest.raises(GitRefusedError, match="no repository that git can read"):
        find_repository(tmp_path)


def test_a_damaged_configuration_is_refused(tmp_path: Path) -> None:
    commit(new_repository(tmp_path), {"a.yaml": ""})
    (tmp_path / ".git" / "config").write_text("[core\n", encoding="utf-8")

    with pytest.raises(GitRefusedError):
        found(tmp_path).uncommitted(tmp_path)


def test_a_damaged_index_is_refused(tmp_path: Path) -> None:
    commit(new_repository(tmp_path), {"a.yaml": ""})
    (tmp_path / ".git" / "index").write_bytes(b"no index")

    with pytest.raises(GitRefusedError, match="index"):
        found(tmp_path).uncommitted(tmp_path)


def test_lost_objects_are_refused(tmp_path: Path) -> None:
    commit(new_repository(tmp_path), {"a.yaml": ""})
    repository = found(tmp_path)
    shutil.rmtree(tmp_path / ".git" / "objects")
    (tmp_path / ".git" / "objects").mkdir()

    with pytest.raises(GitRefusedError):
        repository.files_at_head(tmp_path)
    with pytest.raises(GitRefusedError):
        repository.head()


def test_without_the_git_program_the_answer_is_a_refusal(tmp_path: Path) -> None:
    new_repository(tmp_path)
    program = (
        "from pathlib import Path\n"
        "from reconciler.forge.git import GitRefusedError, find_repository\n"
        "try:\n    find_repository(Path())\n"
        "except GitRefusedError as refused:\n    print(refused)\n"
    )

    finished = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env={"PATH": "", "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=True,
    )

    assert finished.stdout == "the git program was not found\n"


def test_a_new_repository_takes_everything_into_one_commit_without_hooks(tmp_path: Path) -> None:
    repository = start_repository(tmp_path)
    hook = tmp_path / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    hook.chmod(0o755)
    write(tmp_path, {"prod/a.yaml": "a: 1\n"})

    repository.commit_all("Import sync01")

    assert run_git(tmp_path, "log", "--format=%s %an", "--name-only").split("\n") == [
        "Import sync01 reconciler demo",
        "",
        "prod/a.yaml",
        "",
    ]
    assert repository.uncommitted(tmp_path) == frozenset()


def test_the_adapter_and_the_program_give_the_same_answers(tmp_path: Path) -> None:
    commit(new_repository(tmp_path), {f"prod/{n}/{name}": name for n in "ab" for name in HOSTILE})
    run_git(tmp_path, "checkout", "--quiet", "-b", "review")
    write(tmp_path, {"prod/a/new.yaml": "", f"prod/b/{HOSTILE[0]}": "changed"})
    repository = found(tmp_path)
    files = repository.files_at_head(tmp_path / "prod")

    listed = run_git(tmp_path, "ls-tree", "-r", "-z", "--name-only", "HEAD:prod")
    dirty = run_git(tmp_path, "diff", "-z", "--name-only", "--relative=prod", "HEAD")
    untracked = run_git(tmp_path / "prod", "ls-files", "-z", "--others", "--exclude-standard")

    head = repository.head()
    assert head is not None
    assert head.commit == run_git(tmp_path, "rev-parse", "HEAD").strip()
    assert head.branch == run_git(tmp_path, "symbolic-ref", "--short", "HEAD").strip()
    assert files.paths() == sorted(listed.split("\0")[:-1])
    assert {path: run_git(tmp_path, "show", f"HEAD:prod/{path}") for path in files.paths()} == {
        path: files.read(path).decode() for path in files.paths()
    }
    differing = {*dirty.split("\0"), *untracked.split("\0")} - {""}
    assert repository.uncommitted(tmp_path / "prod") == differing
