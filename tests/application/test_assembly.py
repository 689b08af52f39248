"""What is shipped, what editors get, and which files a command reads."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from reconciler.application.assembly.editor_schemas import editor_schemas, schema_reference
from reconciler.application.assembly.reading import (
    commit_of,
    committed,
    open_tree,
    read_environment,
    uncommitted_in,
    working_tree,
)
from reconciler.application.assembly.revised_tree import RevisedTree
from reconciler.application.assembly.shipped import (
    schema,
    schema_names,
    schema_text,
    shipped_folder,
)
from reconciler.application.exits import Exit
from reconciler.application.refusals import Refusal
from reconciler.application.schemas import print_schema
from reconciler.desired.trees import UnreadableFile
from reconciler.desired.working_tree import WorkingTree
from reconciler.model.estates import DocumentType
from tests.forge.repositories import commit, new_repository, write


def test_every_document_has_a_schema_that_is_shipped() -> None:
    assert {type_.value for type_ in DocumentType} <= {*schema_names()}
    assert all("title" in schema(name) for name in schema_names())


def test_a_schema_is_printed_as_it_is_shipped() -> None:
    assert json.loads(print_schema("plan")) == schema("plan")


def test_an_unknown_schema_is_wrong_usage_and_the_known_ones_are_told() -> None:
    with pytest.raises(Refusal) as refused:
        print_schema("plam")

    assert refused.value.exit_code is Exit.USAGE
    assert refused.value.findings[0].expected == schema_names()


def test_the_example_estate_is_shipped() -> None:
    assert (shipped_folder("desired-state") / "prod" / "environment.yaml").is_file()


def test_a_repository_without_our_schemas_gets_hidden_copies(tmp_path: Path) -> None:
    root = tmp_path / "desired-state"

    copies = editor_schemas(root)

    assert copies[".schemas/sync-rule.schema.json"] == schema_text("sync-rule")
    assert len(copies) == len(DocumentType)
    for depth, path in enumerate(["x.yaml", "prod/x.yaml", "prod/rules/x.yaml"]):
        reference = schema_reference(root, "sync-rule", depth=depth)
        assert os.path.normpath(Path(path).parent / reference) == ".schemas/sync-rule.schema.json"


def test_a_repository_with_the_schemas_uses_them(tmp_path: Path) -> None:
    root = tmp_path / "desired-state"
    write(tmp_path, {f"schemas/{type_.value}.schema.json": "{}" for type_ in DocumentType})

    reference = schema_reference(root, "sync-rule", depth=2)

    assert editor_schemas(root) == {}
    assert (root / "prod/rules" / reference).resolve() == tmp_path / "schemas/sync-rule.schema.json"


def test_a_folder_that_is_none_is_wrong_usage(tmp_path: Path) -> None:
    with pytest.raises(Refusal) as refused:
        open_tree(str(tmp_path / "nowhere"))

    assert refused.value.exit_code is Exit.USAGE


@pytest.mark.parametrize(
    ("name", "remedy"),
    [("pord", 'did you mean "prod"?'), ("zzz", "start it: reconciler init zzz")],
)
def test_an_unknown_environment_is_wrong_usage(tmp_path: Path, name: str, remedy: str) -> None:
    write(tmp_path, {"prod/environment.yaml": "environment: prod\n"})

    with pytest.raises(Refusal) as refused:
        read_environment(working_tree(str(tmp_path)), name)

    assert refused.value.exit_code is Exit.USAGE
    assert refused.value.findings[0].expected == ("prod",)
    assert refused.value.findings[0].remedy == remedy


def test_a_tree_is_called_as_the_user_called_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    assert working_tree("state/of/things").label == "state/of/things"
    assert working_tree(str(tmp_path / "things")).label == "things"


class TestRevisedTree:
    """A tree with changes that are not written yet."""

    def tree(self, folder: Path) -> RevisedTree:
        write(folder, {"prod/a.yaml": "a", "prod/b.yaml": "b", "test/a.yaml": "t"})
        files = {"a.yaml": None, "b.yaml": "new b", "c.yaml": "new c"}
        return RevisedTree(WorkingTree(folder), "prod", files)

    def test_it_shows_what_will_be(self, tmp_path: Path) -> None:
        tree = self.tree(tmp_path)

        assert tree.label == WorkingTree(tmp_path).label
        assert tree.environments() == ("prod", "test")
        assert tree.files("prod") == ("b.yaml", "c.yaml")
        assert tree.read("prod", "b.yaml") == b"new b"
        assert tree.read("prod", "c.yaml") == b"new c"

    def test_other_environments_are_as_they_are(self, tmp_path: Path) -> None:
        tree = self.tree(tmp_path)

        assert tree.files("test") == ("a.yaml",)
        assert tree.read("test", "a.yaml") == b"t"

    def test_an_environment_may_only_begin(self, tmp_path: Path) -> None:
        tree = RevisedTree(WorkingTree(tmp_path / "no"), "prod", {"environment.yaml": "x"})

        assert tree.environments() == ("prod",)
        assert tree.files("prod") == ("environment.yaml",)

    def test_what_is_nowhere_cannot_be_read(self, tmp_path: Path) -> None:
        with pytest.raises(UnreadableFile):
            self.tree(tmp_path).read("prod", "d.yaml")


class TestCommitted:
    """What the last commit holds of a folder."""

    def test_outside_git_there_is_none(self, tmp_path: Path) -> None:
        found = committed(WorkingTree(tmp_path), str(tmp_path))

        assert (found.head, found.tree) == (None, None)
        assert found.note == "not in a git repository with a commit"
        assert commit_of(tmp_path) == (None, "")
        assert uncommitted_in(tmp_path) == (None, "not in a git repository")

    def test_before_the_first_commit_there_is_none(self, tmp_path: Path) -> None:
        new_repository(tmp_path)

        assert committed(WorkingTree(tmp_path), str(tmp_path)).tree is None

    def test_a_folder_that_was_never_committed_has_none(self, tmp_path: Path) -> None:
        commit(new_repository(tmp_path), {"README.md": ""})
        write(tmp_path, {"ds/prod/a.yaml": "a"})

        found = committed(WorkingTree(tmp_path / "ds"), str(tmp_path / "ds"))

        assert (found.tree, found.note) == (None, "nothing is committed here")

    def test_it_is_the_commit_and_not_the_working_tree(self, tmp_path: Path) -> None:
        sha = commit(new_repository(tmp_path), {"ds/prod/a.yaml": "a"})
        write(tmp_path, {"ds/prod/a.yaml": "b", "ds/test/a.yaml": "b"})

        found = committed(WorkingTree(tmp_path / "ds", label="ds"), str(tmp_path / "ds"))

        assert found.head is not None
        assert found.head.commit == sha
        assert found.tree is not None
        assert (found.tree.label, found.tree.environments()) == ("ds", ("prod",))
        assert found.tree.read("prod", "a.yaml") == b"a"

    def test_files_are_of_a_commit_only_while_they_are_as_committed(self, tmp_path: Path) -> None:
        sha = commit(new_repository(tmp_path), {"ds/prod/a.yaml": "a", "b.yaml": "b"})
        write(tmp_path, {"b.yaml": "changed"})

        assert commit_of(tmp_path / "ds") == (sha, "")
        write(tmp_path, {"ds/prod/a.yaml": "changed"})
        assert commit_of(tmp_path / "ds") == (None, "")

    def test_where_git_refuses_the_note_says_so(self, tmp_path: Path) -> None:
        (tmp_path / ".git").mkdir()

        notes = (
            committed(WorkingTree(tmp_path), str(tmp_path)).note,
            commit_of(tmp_path)[1],
            uncommitted_in(tmp_path)[1],
        )

        assert all(note.startswith("git could not be asked: ") for note in notes)
