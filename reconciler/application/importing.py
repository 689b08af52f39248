"""
`import`: what a server holds, as documents, into an environment that may have some already.

Decision A12: adopts live, changes only fields whose meaning differs, never policy, deletes no file
without being asked, keeps comments. An import that changes nothing always succeeds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from reconciler.application.adopting import Adoption, Terms, adopt
from reconciler.application.assembly.editor_schemas import editor_schemas, schema_reference
from reconciler.application.assembly.reading import (
    assess_environment,
    uncommitted_in,
    working_tree,
)
from reconciler.application.assembly.revised_tree import RevisedTree
from reconciler.application.assembly.shipped import schema
from reconciler.application.assessing import Assessment, refuse_invalid
from reconciler.application.exits import Exit, exit_of_findings
from reconciler.application.initializing import ENVIRONMENT_FILE, first_text
from reconciler.application.phases import phase
from reconciler.application.refusals import Refusal, usage
from reconciler.application.servers import Matched, match_servers, role_of
from reconciler.application.snapshotting import read_sound
from reconciler.desired.editing import Edit, edited_text
from reconciler.desired.layout import document_type
from reconciler.desired.loading import secrets_in_text
from reconciler.desired.storing import Batch, store_together
from reconciler.desired.trees import FileTree
from reconciler.desired.writing import new_text
from reconciler.live.recorded.recording import encode_snapshot
from reconciler.model.addresses import Address, parse_address
from reconciler.model.findings import Finding, quoted
from reconciler.model.nodes import Plain
from reconciler.model.snapshots import Server, Snapshot
from reconciler.plan.encoding import encode_finding
from reconciler.plan.policy import roles_of


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportOptions:
    """What to import, as the command line says it."""

    folder: str
    environment: str
    source: str
    prunes: bool = False
    is_forced: bool = False
    adopted_defaults: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What was written: new files, changed files with what changed in them, removed files."""

    environment: str
    server: str
    created: tuple[str, ...] = ()
    changed: tuple[tuple[str, tuple[str, ...]], ...] = ()
    removed: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def exit_code(self) -> Exit:
        """Return 0, or 6 where something of the source could not be understood and is missing."""
        return exit_of_findings(self.findings)

    def encode(self) -> dict[str, Plain]:
        """Return the members of the JSON result."""
        return {
            "findings": [encode_finding(finding) for finding in self.findings],
            "environment": self.environment,
            "server": self.server,
            "created": [*self.created],
            "changed": [{"file": file, "fields": [*fields]} for file, fields in self.changed],
            "removed": [*self.removed],
            "notes": [*self.notes],
        }


def import_live(options: ImportOptions) -> Imported:
    """
    Import a source into an environment.

    Raises Refusal with nothing written: 65 for an invalid tree, 6 for a damaged source, 64 for a
    source of no declared server and for uncommitted changes in files that would change. Raises
    StoringError as `store_together` does.
    """
    recorded = read_sound(options.source)
    if len(recorded.snapshot.servers) != 1:
        names = tuple(server.name for server in recorded.snapshot.servers)
        raise usage("a source to import must hold exactly one server", expected=names)
    root = Path(options.folder)
    begun: dict[str, str] = {}
    if not (root / options.environment / ENVIRONMENT_FILE).is_file():
        begun[ENVIRONMENT_FILE] = first_text(root, options.environment)
    tree = RevisedTree(working_tree(options.folder), options.environment, begun)
    assessment = assess_environment(tree, options.environment)
    if not (options.prunes and assessment.is_checked):
        refuse_invalid(assessment)
    work = _Work(options, assessment, recorded.snapshot.servers[0], root, tree)
    work.files.update(begun)
    work.created.extend(begun)
    return work.run(recorded.findings)


@dataclass(slots=True)
class _Work:
    """One import: what it is about, and what it is going to write."""

    options: ImportOptions
    assessment: Assessment
    source: Server
    root: Path
    tree: FileTree
    files: dict[str, str] = field(default_factory=dict)
    created: list[str] = field(default_factory=list)
    changed: dict[str, tuple[str, ...]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    @property
    def folder(self) -> Path:
        return self.root / self.options.environment

    def run(self, findings: Sequence[Finding]) -> Imported:
        matched = self._matched()
        with phase("comparing with the server"):
            adoption = self._adoption(matched)
        with phase("wording documents"):
            self._compose(adoption)
        self._refuse_secrets()
        removed = adoption.surplus if self.options.prunes else ()
        self._refuse_invalid(removed)
        self._refuse_uncommitted([*self.changed, *removed])
        self._note_server(matched)
        self._write(matched, removed)
        if adoption.surplus and not self.options.prunes:
            self.notes.append(
                f"{_of_rules(len(adoption.surplus))} not on the server; "
                "--prune removes what git has of them"
            )
        return Imported(
            environment=self.options.environment,
            server=matched.name,
            created=tuple(map(self._shown, sorted(self.created))),
            changed=tuple((self._shown(path), self.changed[path]) for path in sorted(self.changed)),
            removed=tuple(map(self._shown, removed)),
            findings=(*findings, *adoption.findings),
            notes=tuple(self.notes),
        )

    def _shown(self, path: str) -> str:
        return f"{self.tree.label}/{self.options.environment}/{path}"

    def _matched(self) -> Matched:
        """Return the declared server of the source; without any, the source's own name."""
        roles = roles_of(self.assessment.estate)
        if not roles:
            return Matched(name=self.source.name.lower(), server=self.source)
        environment = self.options.environment
        return match_servers([(None, self.source)], tuple(roles), environment=environment)[0]

    def _note_server(self, matched: Matched) -> None:
        """Declare the source's server where environment.yaml declares none (decision A12)."""
        if roles_of(self.assessment.estate):
            return
        text = self.files.get(ENVIRONMENT_FILE)
        if text is None:
            text = (self.folder / ENVIRONMENT_FILE).read_text(encoding="utf-8")
            self.changed[ENVIRONMENT_FILE] = ("servers",)
        edit = Edit(path=("servers",), value={matched.name: {"role": role_of(self.source)}})
        self.files[ENVIRONMENT_FILE] = edited_text(text, [edit])

    def _adoption(self, matched: Matched) -> Adoption:
        roles = roles_of(self.assessment.estate)
        if roles.get(matched.name) == "staging":
            self.notes.append(f"{matched.name} is a staging server: only its recording was written")
            return Adoption()
        terms = Terms(
            folder=f"{self.tree.label}/{self.options.environment}",
            adopted=_addresses(self.options.adopted_defaults),
        )
        adoption = adopt(self.assessment.estate, matched.server, matched.name, terms)
        if adoption.unknown_defaults:
            raise usage(
                f"{matched.name} has no default rule {quoted(str(adoption.unknown_defaults[0]))}",
                expected=("the address of a default rule, as a plan prints it",),
            )
        return adoption

    def _compose(self, adoption: Adoption) -> None:
        """Make the texts of new and changed documents."""
        for path, edits in adoption.edits.items():
            old = (self.folder / path).read_bytes().decode("utf-8")  # line ends as they are
            text = edited_text(old, edits, order=_keys_of(path))
            if text != old:
                self.files[path] = text
                self.changed[path] = adoption.changed_fields[path]
        for path, (type_, document) in adoption.created.items():
            reference = schema_reference(self.root, type_.value, depth=path.count("/") + 1)
            self.files[path] = new_text(document, schema=reference)
            self.created.append(path)

    def _refuse_secrets(self) -> None:
        """Refuse to write what has the shape of a secret; the findings do not show it."""
        found = [
            finding
            for path, text in sorted(self.files.items())
            for finding in secrets_in_text(text, self._shown(path))
        ]
        if found:
            raise Refusal(Exit.INVALID, *found)

    def _write(self, matched: Matched, removed: Sequence[str]) -> None:
        recording = f"recorded/{matched.name}.json"
        text = encode_snapshot(Snapshot(servers=(matched.server,)))
        changed = store_together(
            [
                Batch(self.root, editor_schemas(self.root)),
                Batch(self.folder, self.files, removed=tuple(removed)),
                Batch(self.folder, {recording: text}, is_private=True),
            ]
        )
        if self.folder / recording in changed:
            self.notes.append(f"recorded the server as {self._shown(recording)}")

    def _refuse_invalid(self, removed: Sequence[str]) -> None:
        """Refuse a tree that is still not valid when the files of rules that are gone are gone."""
        if not self.assessment.is_valid:
            environment = self.options.environment
            pruned = RevisedTree(self.tree, environment, dict.fromkeys(removed))
            refuse_invalid(assess_environment(pruned, environment))

    def _refuse_uncommitted(self, paths: Sequence[str]) -> None:
        uncommitted, note = uncommitted_in(self.folder)
        if uncommitted is None:
            if paths:
                self.notes.append(f"{note}: uncommitted changes were not looked for")
            return
        dirty = sorted(uncommitted & set(paths))
        if dirty and not self.options.is_forced:
            raise usage(
                "uncommitted changes stand in files that the import would change",
                expected=tuple(map(self._shown, dirty)),
                remedy="commit or stash them, or use --force",
            )


def _of_rules(number: int) -> str:
    return "1 rule in git is" if number == 1 else f"{number} rules in git are"


def _keys_of(path: str) -> tuple[str, ...]:
    """Return the keys of a document in the order of its schema."""
    type_ = document_type(path)
    return tuple(schema(type_.value)["properties"]) if type_ else ()


def _addresses(texts: tuple[str, ...]) -> frozenset[Address]:
    addresses = []
    for text in texts:
        try:
            address = parse_address(text)
        except ValueError as error:
            raise usage(
                f"{quoted(text)} is no address", expected=("default-rule/corp/TAG",)
            ) from error
        if address.kind != "default-rule":
            raise usage(f"{quoted(text)} is no default rule", expected=("default-rule/corp/TAG",))
        addresses.append(address)
    return frozenset(addresses)
