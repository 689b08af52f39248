"""A small export on disk and an environment that was imported from it."""

from __future__ import annotations

from pathlib import Path

from reconciler.application.importing import Imported, ImportOptions, import_live
from reconciler.model.snapshots import Coverage, Part, Server, State
from tests.live.exports import (
    ENTRA,
    attribute_xml,
    connector_xml,
    export,
    mv_xml,
    parameter_xml,
    rule_xml,
    schema_xml,
    write,
)

RULE = "rules/in-from-ad-user-department.yaml"


def write_export(
    folder: Path, *, server: str = "SYNC01", staging: str = "False", **rule: str
) -> Path:
    """Write an export with one custom rule."""
    flag = parameter_xml("Microsoft.Synchronize.StagingMode", staging, use="SynchronizationGlobal")
    mv = mv_xml(server=server, parameters=flag, schema=_schema())
    corp = connector_xml(schema=_schema())
    entra = connector_xml(identifier=ENTRA, name="contoso.onmicrosoft.com - AAD", schema=_schema())
    files = export(mv=mv, connector=corp, entra=entra, rule=rule_xml(**rule))
    return write(files, folder)


def _schema() -> str:
    """Return a schema that has everything which the export names."""
    classes = "".join(
        f'<dsml:class id="C{name}" type="structural"><dsml:name>{name}</dsml:name></dsml:class>'
        for name in ("person", "group")
    )
    text = schema_xml(attribute_xml("mail"), attribute_xml("department"))
    return text.replace("<dsml:class ", f"{classes}<dsml:class ", 1)


def import_into(root: Path, source: Path, **options: object) -> Imported:
    """Import an export folder into the environment `prod` below `root`."""
    values = {"folder": str(root), "environment": "prod", "source": f"export:{source}", **options}
    return import_live(ImportOptions(**values))  # type: ignore[arg-type]


def files_of(root: Path) -> dict[str, bytes]:
    """Return everything below a folder by path, git's own files left out."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file() and ".git" not in path.parts
    }


def reading(
    name: str = "sync01", *, read_at: str | None = None, coverage: tuple[Coverage, ...] = ()
) -> Server:
    """Return a reading of which only the frame matters."""
    return Server(
        name=name,
        kind_of_source="export",
        read_at=read_at,
        build=None,
        tree={},
        coverage=coverage or (Coverage(part=Part.RULES, state=State.READ),),
    )
