"""`reconciler import`: its options, and what was written."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from reconciler.cli.options import form_of, shared, shared_options

if TYPE_CHECKING:
    from reconciler.application.importing import Imported

_MOST_LISTED = 12


@click.command("import", short_help="Write what a server holds as YAML.")
@click.argument("environment", metavar="ENV")
@click.option(
    "--from", "source", metavar="SOURCE", required=True, help="export:FOLDER or snapshot:FILE."
)
@click.option(
    "--prune", is_flag=True, help="Remove the files of rules that the server does not have."
)
@click.option("--force", is_flag=True, help="Also change files with uncommitted changes.")
@click.option(
    "--adopt-default",
    "adopted",
    metavar="ADDRESS",
    multiple=True,
    help="Record a default rule as the server has it, although it was edited by hand.",
)
@shared_options
def command(
    environment: str, source: str, prune: bool, force: bool, adopted: tuple[str, ...]
) -> None:
    """
    Write what a server holds as YAML into ENV; existing files keep their comments.

    Only fields whose meaning differs are changed; policy never is. Formats: text, json.
    """
    form = form_of("text", "json")
    from reconciler.application.importing import ImportOptions, import_live
    from reconciler.cli.printing import emit, envelope
    from reconciler.cli.progress import working

    options = ImportOptions(
        folder=shared().folder,
        environment=environment,
        source=source,
        prunes=prune,
        is_forced=force,
        adopted_defaults=adopted,
    )
    with working(f"importing into {environment}"):
        result = import_live(options)
    if form == "json":
        text = envelope("import", result.exit_code, result.encode())
    else:
        text = _text(result)
    emit(text, output=shared().output)
    sys.exit(result.exit_code)


def _text(result: Imported) -> str:
    from reconciler.report.findings_text import render_findings
    from reconciler.report.wording import counted

    lines = [f"  + {file}" for file in result.created[:_MOST_LISTED]]
    if len(result.created) > _MOST_LISTED:
        lines.append(f"  … and {counted(len(result.created) - _MOST_LISTED, 'more file')}")
    lines += [f"  ~ {file}  {', '.join(fields)}" for file, fields in result.changed]
    lines += [f"  - {file}" for file in result.removed]
    lines += [f"  note: {note}" for note in result.notes]
    counts = (
        f"{counted(len(result.created), 'file')} new, {len(result.changed)} changed, "
        f"{len(result.removed)} removed"
    )
    is_quiet = not (result.created or result.changed or result.removed)
    summary = "nothing changed" if is_quiet else counts
    lines.append(f"Imported {result.server} into {result.environment}: {summary}.")
    findings = render_findings(result.findings, outcome="imported") if result.findings else ""
    return findings + "".join(f"{line}\n" for line in lines)
