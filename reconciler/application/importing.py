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
    open_tree,
    repository_of,
)
from reconciler.application.assessing import Assessment
from reconciler.application.exits import Exit
from reconciler.application.initializing import init
from reconciler.application.refusals import Refusal, usage
from reconciler.application.servers import Matched, match_servers
from reconciler.application.snapshotting import read_sound
from reconciler.desired.storing import remove, store
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
        """Return 0: what could not be imported was refused before anything was written."""
        return Exit.DONE

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
    source of no declared server and for uncommitted changes in files that would change.
    """
    recorded = read_sound(options.source)
    if len(recorded.snapshot.servers) != 1:
        raise usage("a source to import must hold exactly one server")
    source = recorded.snapshot.servers[0]
    root = Path(options.folder)
    if not (root / options.environment / "environment.yaml").is_file():
        init(options.folder, options.environment)
    assessment = _valid(options)
    work = _Work(options, assessment, source, root, open_tree(options.folder).label)
    return work.run(recorded.findings)


def _valid(options: ImportOptions) -> Assessment:
    assessment = assess_environment(open_tree(options.folder), options.environment)
    if not assessment.is_valid:
        raise Refusal(Exit.INVALID, *assessment.findings)
    return assessment


@dataclass(slots=True)
class _Work:
    """One import: what it is about, and what it is going to write."""

    options: ImportOptions
    assessment: Assessment
    source: Server
    root: Path
    label: str
    files: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def run(self, findings: Sequence[Finding]) -> Imported:
        matched = self._matched()
        adoption = self._adoption(matched)
        base = self.root / self.options.environment
        created, changed = self._texts(adoption, base)
        removed = adoption.surplus if self.options.prunes else ()
        self._refuse_uncommitted(base, [*changed, *removed])
        self.files[f"recorded/{matched.name}.json"] = encode_snapshot(
            Snapshot(servers=(matched.server,))
        )
        store(self.root, editor_schemas(self.root))
        written = store(base, {path: text for path, text in self.files.items()})
        remove(base, removed)
        if adoption.surplus and not self.options.prunes:
            self.notes.append(
                f"{len(adoption.surplus)} rules in git are not on the server; --prune removes their files"
            )
        return Imported(
            environment=self.options.environment,
            server=matched.name,
            created=tuple(self._shown(path) for path in created if path in written),
            changed=tuple((self._shown(path), changed[path]) for path in sorted(changed)),
            removed=tuple(self._shown(path) for path in removed),
            findings=(*findings, *adoption.findings),
            notes=tuple(self.notes),
        )

    def _shown(self, path: str) -> str:
        return f"{self.label}/{self.options.environment}/{path}"

    def _matched(self) -> Matched:
        roles = roles_of(self.assessment.estate)
        if roles:
            return match_servers(
                [(None, self.source)], tuple(roles), environment=self.options.environment
            )[0]
        name = self.source.name.lower()
        staging = self.source.tree.get("parameters", {}).get(
            "Microsoft.Synchronize.StagingMode", ""
        )
        role = "staging" if staging.casefold() == "true" else "active"
        self.files["environment.yaml"] = _with_server(
            self.root / self.options.environment / "environment.yaml", name, role
        )
        return Matched(name=name, server=self.source)

    def _adoption(self, matched: Matched) -> Adoption:
        roles = roles_of(self.assessment.estate)
        if roles.get(matched.name) == "staging":
            self.notes.append(f"{matched.name} is a staging server: only its recording was written")
            return Adoption()
        terms = Terms(
            folder=f"{self.label}/{self.options.environment}",
            adopted=_addresses(self.options.adopted_defaults),
        )
        return adopt(self.assessment.estate, matched.server, matched.name, terms)

    def _texts(
        self, adoption: Adoption, base: Path
    ) -> tuple[list[str], dict[str, tuple[str, ...]]]:
        from reconciler.desired.editing import edited_text
        from reconciler.desired.writing import new_text

        changed: dict[str, tuple[str, ...]] = {}
        for path, edits in adoption.edits.items():
            old = (base / path).read_text(encoding="utf-8")
            text = edited_text(old, edits)
            if text != old:
                self.files[path] = text
                changed[path] = adoption.changed_fields[path]
        for path, (type_, document) in adoption.created.items():
            depth = path.count("/") + 1
            reference = schema_reference(self.root, type_.value, depth=depth)
            self.files[path] = new_text(document, schema=reference)
        return sorted(adoption.created), changed

    def _refuse_uncommitted(self, base: Path, paths: Sequence[str]) -> None:
        repository, note = repository_of(base)
        if repository is None:
            if paths:
                self.notes.append(
                    note or "not in a git repository: uncommitted changes were not looked for"
                )
            return
        dirty = sorted(repository.uncommitted(base) & set(paths))
        if dirty and not self.options.is_forced:
            raise usage(
                f"{len(dirty)} files that the import would change have uncommitted changes",
                expected=tuple(self._shown(path) for path in dirty),
                remedy="commit or stash them, or use --force",
            )


def _with_server(path: Path, name: str, role: str) -> str:
    from reconciler.desired.editing import Edit, edited_text

    edit = Edit(path=("servers",), value={name: {"role": role}})
    return edited_text(path.read_text(encoding="utf-8"), [edit])


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
