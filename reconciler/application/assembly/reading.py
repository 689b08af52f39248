"""
Picks the adapters for reading: the folder of desired state, git, recordings and sources on disk.

Nothing that writes to a server can be named from here.
"""

from __future__ import annotations

from pathlib import Path

from reconciler.application.assembly.shipped import schema
from reconciler.application.assessing import Assessment, assess
from reconciler.application.exits import Exit
from reconciler.application.refusals import Refusal, usage
from reconciler.desired.loading import Loaded, UnknownEnvironment, load
from reconciler.desired.trees import FileTree, UnreadableFile
from reconciler.desired.working_tree import WorkingTree
from reconciler.forge.git import GitRefusedError, Head, Repository, find_repository
from reconciler.live.recorded.recording import read_recording
from reconciler.live.recorded.result import Recorded
from reconciler.live.recorded.sources import Source, SourceTextError, parse_source, read_source
from reconciler.model.estates import DocumentType
from reconciler.model.findings import quoted

DEFAULT_FOLDER = "desired-state"


def open_tree(folder: str) -> WorkingTree:
    """Return the tree of a folder of desired state. Raises Refusal (64) where it is none."""
    path = Path(folder)
    if not path.is_dir():
        raise usage(
            f"{quoted(folder)} is no folder",
            expected=("the folder that holds one folder for each environment",),
            remedy="name it with --desired-state, or start one: reconciler init ENV",
        )
    return WorkingTree(path, label=path.name if path.is_absolute() else None)


def read_environment(tree: FileTree, environment: str) -> Loaded:
    """Return the documents of an environment. Raises Refusal (64) for an unknown one."""
    loaded = load(
        tree, environment, schemas={type_.value: schema(type_.value) for type_ in DocumentType}
    )
    if isinstance(loaded, UnknownEnvironment):
        raise usage(
            f"there is no environment {quoted(environment)}",
            expected=loaded.known or (f"{tree.label} has no environment yet",),
            remedy=f"did you mean {quoted(loaded.suggestion)}?"
            if loaded.suggestion
            else f"start it: reconciler init {environment}",
        )
    return loaded


def read_recordings(tree: FileTree, environment: str) -> tuple[Recorded, ...]:
    """Return the recordings that lie with an environment."""
    recordings = []
    for path in tree.files(environment):
        if path.startswith("recorded/") and path.endswith(".json"):
            try:
                data = tree.read(environment, path)
            except UnreadableFile:
                continue  # the loading reports it
            recordings.append(read_recording(data, label=f"{tree.label}/{environment}/{path}"))
    return tuple(recordings)


def assess_environment(
    tree: FileTree, environment: str, *, server: str | None = None
) -> Assessment:
    """Return an environment read and judged. Raises Refusal (64) for an unknown one."""
    loaded = read_environment(tree, environment)
    return assess(loaded, read_recordings(tree, environment), server=server)


def sources_of(texts: tuple[str, ...]) -> tuple[Source, ...]:
    """Return the sources that the texts name. Raises Refusal (64)."""
    try:
        return tuple(parse_source(text) for text in texts)
    except SourceTextError as error:
        raise Refusal(Exit.USAGE, error.finding) from error


def read_live(source: Source) -> Recorded:
    """Return what a source holds."""
    return read_source(source)


def repository_of(folder: Path) -> tuple[Repository | None, str]:
    """Return the repository of a folder, and a note where git refused to answer."""
    try:
        return find_repository(folder), ""
    except GitRefusedError as error:
        return None, f"git could not be asked: {error}"


def head_of(folder: str) -> tuple[Head | None, str]:
    """Return the checked-out commit of a folder, and a note where git refused to answer."""
    repository, note = repository_of(Path(folder))
    return (repository.head() if repository else None), note
