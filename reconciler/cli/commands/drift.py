"""`reconciler drift`: its options, and what differs as text, Markdown or JSON."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from reconciler.cli.options import form_of, shared, shared_options

if TYPE_CHECKING:
    from reconciler.application.drifting import Drift


@click.command("drift", short_help="Show where a server differs from the committed state.")
@click.argument("environment", metavar="ENV")
@click.option(
    "--live",
    metavar="[SERVER=]SOURCE",
    multiple=True,
    help="export:FOLDER or snapshot:FILE instead of the recording; may be repeated.",
)
@click.option("--server", metavar="NAME", help="Look at this server instead of the active one.")
@click.option("--detailed-exitcode", is_flag=True, help="Exit 2 where anything differs.")
@shared_options
def command(
    environment: str, live: tuple[str, ...], server: str | None, detailed_exitcode: bool
) -> None:
    """
    Show where a server of ENV differs from the last commit, settings that no kind models included.

    Formats: text, markdown, json.
    """
    form = form_of("text", "markdown", "json")
    from reconciler.application.drifting import DriftOptions, drift
    from reconciler.cli.printing import emit
    from reconciler.cli.progress import working

    options = DriftOptions(
        folder=shared().folder,
        environment=environment,
        live=live,
        server=server,
        is_detailed=detailed_exitcode,
    )
    with working(f"comparing {environment} with its server"):
        result = drift(options)
    emit(_text(result, form), output=shared().output)
    sys.exit(result.exit_code)


def _text(result: Drift, form: str) -> str:
    if form == "json":
        from reconciler.cli.printing import envelope

        return envelope("drift", result.exit_code, result.encode())
    from reconciler.cli.printing import tell, terminal_text
    from reconciler.report.outline import drift_outline

    now = datetime.now(UTC).replace(tzinfo=None).isoformat(timespec="seconds")
    outline = drift_outline(result.plan, now=now)
    if form == "markdown":
        from reconciler.report.markdown import render_markdown

        return render_markdown(outline)
    for note in result.notes:
        tell(note)
    return terminal_text(outline)
