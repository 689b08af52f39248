"""Files that somebody named, and files of a tree: whole, and for the right eyes."""

from __future__ import annotations

import os
import stat
import threading
from pathlib import Path

import pytest

from reconciler.application.exits import Exit
from reconciler.application.outputs import refuse_inside, store_output
from reconciler.application.refusals import Refusal
from reconciler.desired.storing import Batch, StoringError, store, store_together


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_result_is_written_and_told_to_have_changed(tmp_path: Path) -> None:
    target = tmp_path / "deep/plan.md"

    assert store_output(str(target), "a\n")
    assert not store_output(str(target), "a\n")
    assert target.read_bytes() == b"a\n"


def test_a_folder_is_no_place_for_a_result(tmp_path: Path) -> None:
    with pytest.raises(Refusal) as refused:
        store_output(str(tmp_path), "a")

    assert refused.value.exit_code is Exit.USAGE


def test_a_device_is_written_to_and_not_replaced() -> None:
    before = Path(os.devnull).stat()

    store_output(os.devnull, "a")

    assert Path(os.devnull).stat().st_ino == before.st_ino


def test_a_pipe_is_written_to_and_not_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read: list[str] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_text(encoding="utf-8")))
    reader.start()

    store_output(str(pipe), "a\n")

    reader.join()
    assert read == ["a\n"]
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_a_link_is_followed_and_kept(tmp_path: Path) -> None:
    (tmp_path / "real").write_text("old", encoding="utf-8")
    (tmp_path / "link").symlink_to("real")

    store_output(str(tmp_path / "link"), "new")

    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_text(encoding="utf-8") == "new"


def test_a_link_to_nowhere_that_can_be_written_is_a_storing_error(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("missing/file")

    with pytest.raises(StoringError, match="link: "):
        store_output(str(tmp_path / "link"), "new")


def test_a_private_result_is_for_its_owner_alone(tmp_path: Path) -> None:
    store_output(str(tmp_path / "plan.json"), "a", is_private=True)

    assert mode(tmp_path / "plan.json") == 0o600


def test_only_files_whose_bytes_change_are_touched(tmp_path: Path) -> None:
    store(tmp_path, {"a": "1", "b/c": "2"})
    before = (tmp_path / "a").stat()

    assert store(tmp_path, {"a": "1", "b/c": "3"}) == ("b/c",)
    assert (tmp_path / "a").stat().st_ino == before.st_ino
    assert (tmp_path / "b/c").read_text(encoding="utf-8") == "3"


def test_a_file_keeps_the_mode_that_it_had(tmp_path: Path) -> None:
    store(tmp_path, {"a": "1"})
    (tmp_path / "a").chmod(0o640)

    store(tmp_path, {"a": "2"})

    assert mode(tmp_path / "a") == 0o640


def test_a_new_file_has_the_mode_of_new_files(tmp_path: Path) -> None:
    (tmp_path / "ordinary").touch()

    store(tmp_path, {"a": "1"})

    assert mode(tmp_path / "a") == mode(tmp_path / "ordinary")


def test_a_file_that_becomes_private_is_private(tmp_path: Path) -> None:
    store(tmp_path, {"a": "1"})

    store(tmp_path, {"a": "2"}, is_private=True)

    assert mode(tmp_path / "a") == 0o600


def test_a_link_inside_a_tree_is_replaced_and_its_target_left_alone(tmp_path: Path) -> None:
    (tmp_path / "outside").write_text("old", encoding="utf-8")
    (tmp_path / "tree").mkdir()
    (tmp_path / "tree/a").symlink_to("../outside")

    store(tmp_path / "tree", {"a": "new"})

    assert not (tmp_path / "tree/a").is_symlink()
    assert (tmp_path / "outside").read_text(encoding="utf-8") == "old"


def test_what_cannot_be_written_is_named_and_nothing_half_is_left(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("a file\n", encoding="utf-8")

    with pytest.raises(StoringError, match="a/b: "):
        store(tmp_path, {"a/b": "1"})
    (tmp_path / "folder/b").mkdir(parents=True)
    with pytest.raises(StoringError, match="folder/b: "):
        store(tmp_path, {"folder/b": "1"})

    assert sorted(path.name for path in tmp_path.rglob("*")) == ["a", "b", "folder"]


def test_removing_names_what_is_not_there(tmp_path: Path) -> None:
    store(tmp_path, {"a": "1"})

    store_together([Batch(tmp_path, removed=("a",))])

    assert not (tmp_path / "a").exists()
    with pytest.raises(StoringError, match="a: "):
        store_together([Batch(tmp_path, removed=("a",))])


def failing_at(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Let the file of this name refuse to come into its place."""
    rename = Path.replace

    def refusing(self: Path, target: Path) -> Path:
        if Path(target).name == name:
            raise PermissionError(13, "Permission denied")
        return rename(self, target)

    monkeypatch.setattr(Path, "replace", refusing)


def test_nothing_is_written_where_one_of_the_files_cannot_be(tmp_path: Path) -> None:
    store(tmp_path, {"a": "old"})
    (tmp_path / "z").mkdir()

    with pytest.raises(StoringError, match="z: ") as refused:
        store(tmp_path, {"a": "new", "deep/b": "new", "z": "new"})

    assert refused.value.written == ()
    assert (tmp_path / "a").read_text(encoding="utf-8") == "old"
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["a", "z"]


def test_what_was_replaced_before_a_failure_is_put_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store(tmp_path, {"a": "old", "gone": "old", "z": "old"})
    (tmp_path / "a").chmod(0o640)
    failing_at(monkeypatch, "z")

    with pytest.raises(StoringError, match="z: ") as refused:
        store_together(
            [Batch(tmp_path, {"a": "new", "new/b": "new", "z": "new"}, removed=("gone",))]
        )

    assert refused.value.written == ()
    assert mode(tmp_path / "a") == 0o640
    assert {path.name: path.read_text(encoding="utf-8") for path in tmp_path.iterdir()} == {
        "a": "old",
        "gone": "old",
        "z": "old",
    }


def test_batches_are_written_together_and_what_changed_is_told(tmp_path: Path) -> None:
    store(tmp_path, {"a": "1", "gone": "1"})

    changed = store_together(
        [
            Batch(tmp_path, {"a": "1", "b": "2"}, removed=("gone",)),
            Batch(tmp_path / "c", {"d": "3"}, is_private=True),
        ]
    )

    assert changed == (tmp_path / "b", tmp_path / "c/d")
    assert not (tmp_path / "gone").exists()
    assert mode(tmp_path / "c/d") == 0o600


def test_what_cannot_be_put_back_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store(tmp_path, {"a": "old", "z": "old"})
    failing_at(monkeypatch, "z")
    rename = Path.replace
    count = [0]

    def once(self: Path, target: Path) -> Path:
        if Path(target).name == "a":
            count[0] += 1
            if count[0] > 1:
                raise OSError(28, "No space left on device")
        return rename(self, target)

    monkeypatch.setattr(Path, "replace", once)

    with pytest.raises(StoringError) as refused:
        store(tmp_path, {"a": "new", "z": "new"})

    assert refused.value.written == (str(tmp_path / "a"),)


@pytest.mark.parametrize("inside", ["ds/prod/server.yaml", "ds/new.json", "link/x"])
def test_a_result_is_no_file_of_the_desired_state(tmp_path: Path, inside: str) -> None:
    (tmp_path / "ds/prod").mkdir(parents=True)
    (tmp_path / "link").symlink_to("ds/prod")

    with pytest.raises(Refusal) as refused:
        refuse_inside(str(tmp_path / inside), str(tmp_path / "ds"), option="--out")

    assert refused.value.exit_code is Exit.USAGE
    refuse_inside(str(tmp_path / "plan.json"), str(tmp_path / "ds"), option="--out")


def test_a_recording_may_go_where_recordings_lie(tmp_path: Path) -> None:
    for allowed in ("prod/recorded/a.json", "prod/recorded/b.json"):
        refuse_inside(
            str(tmp_path / allowed), str(tmp_path), option="--out", allowed="prod/recorded"
        )
