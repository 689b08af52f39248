"""Promises of `desired.working_tree`: it reads files, and nothing outside its folder."""

import os
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from reconciler.desired.trees import FileTree, UnreadableFile
from reconciler.desired.working_tree import LARGEST_FILE, WorkingTree

NOBODY = 65534


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a desired state with one small environment, beside a file that is none of it."""
    folder = tmp_path / "desired-state"
    (folder / "prod" / "rules").mkdir(parents=True)
    (folder / "prod" / "environment.yaml").write_bytes(b"environment: prod\n")
    (folder / "prod" / "rules" / "hr.yaml").write_bytes(b"rule: a\n")
    (tmp_path / "outside.yaml").write_bytes(b"outside\n")
    return folder


def refusal(tree: FileTree, path: str, *, environment: str = "prod") -> UnreadableFile:
    with pytest.raises(UnreadableFile) as caught:
        tree.read(environment, path)
    return caught.value


def test_environments_are_the_visible_folders(root: Path) -> None:
    (root / ".git").mkdir()
    (root / "README.md").touch()
    (root / "test").mkdir()

    assert WorkingTree(root).environments() == ("prod", "test")


def test_a_folder_that_is_not_there_has_no_environments(tmp_path: Path) -> None:
    assert WorkingTree(tmp_path / "none").environments() == ()


def test_files_are_listed_in_order_with_forward_slashes(root: Path) -> None:
    tree: FileTree = WorkingTree(root)

    assert tree.files("prod") == ("environment.yaml", "rules/hr.yaml")
    assert tree.read("prod", "rules/hr.yaml") == b"rule: a\n"


@pytest.mark.parametrize(
    ("given", "label", "shown"),
    [("desired-state", None, "desired-state"), ("x", "desired-state/", "desired-state")],
)
def test_the_label_is_the_name_that_the_user_gave(
    given: str, label: str | None, shown: str
) -> None:
    assert WorkingTree(Path(given), label=label).label == shown


@pytest.mark.parametrize(
    "path",
    ["../outside.yaml", "rules/../../../outside.yaml", "/etc/passwd", "C:/x", "rules\\hr.yaml", "",
     "rules//hr.yaml", "./environment.yaml", "a\x00b", "environment.yaml:stream"],
)  # fmt: skip
def test_a_path_that_is_no_plain_name_is_refused(root: Path, path: str) -> None:
    assert refusal(WorkingTree(root), path).path == path


@pytest.mark.parametrize("environment", ["..", ".", "", "prod/rules", "/", "prod\\x"])
def test_an_environment_that_is_no_plain_name_is_refused(root: Path, environment: str) -> None:
    refusal(WorkingTree(root), "environment.yaml", environment=environment)


def test_a_link_that_leaves_the_tree_is_listed_and_refused(root: Path) -> None:
    (root / "prod" / "rules" / "away.yaml").symlink_to(root.parent / "outside.yaml")
    tree = WorkingTree(root)

    assert "rules/away.yaml" in tree.files("prod")
    assert "leaves the folder" in refusal(tree, "rules/away.yaml").what


def test_a_link_inside_the_tree_is_followed(root: Path) -> None:
    (root / "test").mkdir()
    (root / "test" / "environment.yaml").symlink_to("../prod/environment.yaml")

    assert WorkingTree(root).read("test", "environment.yaml") == b"environment: prod\n"


def test_a_link_to_a_folder_is_listed_but_never_walked(root: Path) -> None:
    (root / "prod" / "connectors").symlink_to("rules")
    (root / "prod" / "rules" / "up").symlink_to("..")
    tree = WorkingTree(root)

    assert tree.files("prod") == ("connectors", "environment.yaml", "rules/hr.yaml", "rules/up")
    assert "folder" in refusal(tree, "connectors").what


def test_links_to_nothing_and_in_circles_are_refused(root: Path) -> None:
    (root / "prod" / "gone.yaml").symlink_to("nowhere")
    (root / "prod" / "circle.yaml").symlink_to("circle.yaml")
    tree = WorkingTree(root)

    assert "not there" in refusal(tree, "gone.yaml").what
    refusal(tree, "circle.yaml")


def test_an_environment_that_is_a_link_out_of_the_tree_is_refused(root: Path) -> None:
    (root / "away").symlink_to(root.parent)

    with pytest.raises(UnreadableFile):
        WorkingTree(root).files("away")


def test_a_pipe_is_refused_without_waiting_for_it(root: Path) -> None:
    os.mkfifo(root / "prod" / "server.yaml")

    assert "pipe" in refusal(WorkingTree(root), "server.yaml").what


@pytest.fixture
def closed() -> Iterator[Path]:
    """Return a desired state with closed files, seen by a user who is not the superuser."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        (folder / "prod" / "rules").mkdir(parents=True)
        (folder / "prod" / "environment.yaml").touch()
        (folder / "prod" / "environment.yaml").chmod(0)
        (folder / "prod" / "rules").chmod(0)
        (folder / "test").mkdir(mode=0)
        user = os.geteuid()
        if user == 0:
            os.seteuid(NOBODY)
        try:
            yield folder
        finally:
            os.seteuid(user)
            (folder / "prod" / "rules").chmod(0o700)
            (folder / "test").chmod(0o700)


def test_what_may_not_be_read_is_listed_and_refused(closed: Path) -> None:
    tree = WorkingTree(closed)

    assert tree.files("prod") == ("environment.yaml", "rules")
    for path in tree.files("prod"):
        assert "may not be read" in refusal(tree, path).what


def test_an_environment_that_may_not_be_listed_is_refused(closed: Path) -> None:
    with pytest.raises(UnreadableFile, match="may not be read"):
        WorkingTree(closed).files("test")


def test_a_file_beyond_all_measure_is_not_read(root: Path) -> None:
    os.truncate(root / "prod" / "environment.yaml", LARGEST_FILE + 1)  # sparse: it takes no space

    assert "larger" in refusal(WorkingTree(root), "environment.yaml").what


def test_a_name_that_is_not_utf_8_is_listed_readably(root: Path) -> None:
    Path(os.fsdecode(os.fsencode(root) + b"/prod/rules/\xff.yaml")).touch()
    (path,) = set(WorkingTree(root).files("prod")) - {"environment.yaml", "rules/hr.yaml"}

    assert path == "rules/\\xff.yaml"
    refusal(WorkingTree(root), path)
