"""
Picks the adapters for reading: the folder of desired state, git, recordings and sources on disk.

Nothing that writes to a server can be named from here.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from pathlib import Path

from reconciler.application.assembly.shipped import schema
from reconciler.application.assessing import Assessment, assess
from reconciler.application.exits import Exit
from reconciler.application.phases import phase
from reconciler.application.refusals import Refusal, usage
from reconciler.desired.committed_tree import CommittedTree
from reconciler.desired.loading import Loaded, UnknownEnvironment, load
from reconciler.desired.trees import FileTree, UnreadableFile
from reconciler.desired.working_tree import WorkingTree
from reconciler.forge.git import GitRefusedError, Head, find_repository
from reconciler.live.recorded.recording import read_recording
from reconciler.live.recorded.result import Recorded
from reconciler.live.recorded.sources import Source, SourceTextError, parse_source, read_source
from reconciler.model.estates import DocumentType
from reconciler.model.findings import quoted
from reconciler.model.snapshots import Server, Snapshot

_LOG = logging.getLogger(__name__)
DEFAULT_FOLDER = "desired-state"


def open_tree(folder: str) -> WorkingTree:
    """Return the tree of a folder of desired state. Raises Refusal (64) where it is none."""
    if not Path(folder).is_dir():
        raise usage(
            f"{quoted(folder)} is no folder",
            expected=("the folder that holds one folder for each environment",),
            remedy="name it with --desired-state, or start one: reconciler init ENV",
        )
    return working_tree(folder)


def working_tree(folder: str) -> WorkingTree:
    """Return the tree of a folder, which need not be there yet."""
    path = Path(folder)
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
    for document in loaded.estate.documents:
        _LOG.debug("read %s", document.file)
    documents = len(loaded.estate.documents)
    _LOG.info("read %s documents of %s/%s", documents, tree.label, environment)
    return loaded


def read_recordings(tree: FileTree, environment: str) -> tuple[Recorded, ...]:
    """Return the recordings that lie with an environment."""
    recordings = []
    try:
        paths = tree.files(environment)
    except UnreadableFile:
        return ()  # the loading reports it
    for path in paths:
        if path.startswith("recorded/") and path.endswith(".json"):
            try:
                data = tree.read(environment, path)
            except UnreadableFile:
                continue  # the loading reports it
            label = f"{tree.label}/{environment}/{path}"
            recordings.append(read_recording(data, label=label))
            _LOG.info("read %s", label)
    return tuple(recordings)


def assess_environment(
    tree: FileTree,
    environment: str,
    *,
    server: str | None = None,
    reference: Server | None = None,
) -> Assessment:
    """
    Return an environment read and judged. Raises Refusal (64) for an unknown one.

    What a server already does is accepted (decision A13): as it was recorded, or as `reference`
    shows it where there is no recording.
    """
    with phase("reading the desired state"):
        loaded = read_environment(tree, environment)
        recordings = read_recordings(tree, environment)
    if reference is not None:
        recordings = (*recordings, Recorded(snapshot=Snapshot(servers=(reference,))))
    with phase("checking the desired state"):
        return assess(loaded, recordings, server=server)


def sources_of(texts: tuple[str, ...]) -> tuple[Source, ...]:
    """Return the sources that the texts name. Raises Refusal (64)."""
    try:
        return tuple(parse_source(text) for text in texts)
    except SourceTextError as error:
        raise Refusal(Exit.USAGE, error.finding) from error


def read_live(source: Source) -> Recorded:
    """Return what a source holds."""
    with phase(f"reading {source.kind}"):
        recorded = read_source(source)
    for server in recorded.snapshot.servers:
        _LOG.info("read server %s from %s:%s", server.name, source.kind, source.path)
    return recorded


@dataclass(frozen=True, slots=True, kw_only=True)
class Committed:
    """The last commit and its tree of a folder; both None, and a note why, where there is none."""

    head: Head | None = None
    tree: FileTree | None = None
    note: str = ""


def commit_of(folder: Path) -> tuple[str | None, str]:
    """
    Return the commit that the files of a folder are of, and a note where git refused to answer.

    Uncommitted changes belong to no commit: None, as outside git.
    """
    try:
        repository = find_repository(folder)
        head = repository.head() if repository else None
        if repository is None or head is None or repository.uncommitted(folder):
            return None, ""
    except GitRefusedError as error:
        return None, _refused(error)
    return head.commit, ""


def committed(tree: WorkingTree, folder: str) -> Committed:
    """Return what the last commit holds of a folder of desired state."""
    try:
        repository = find_repository(Path(folder))
        head = repository.head() if repository else None
        if repository is None or head is None:
            return Committed(note="not in a git repository with a commit")
        files = repository.files_at_head(Path(folder))
    except GitRefusedError as error:
        return Committed(note=_refused(error))
    if not files.paths():
        return Committed(note="nothing is committed here")
    return Committed(head=head, tree=CommittedTree(tree.label, files))


def uncommitted_in(folder: Path) -> tuple[frozenset[str] | None, str]:
    """Return the uncommitted paths below a folder, or None and why they cannot be known."""
    try:
        repository = find_repository(folder)
        if repository is None:
            return None, "not in a git repository"
        return repository.uncommitted(folder), ""
    except GitRefusedError as error:
        return None, _refused(error)


def _refused(error: GitRefusedError) -> str:
    return f"git could not be asked: {error}"
