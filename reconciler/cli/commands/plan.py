"""`reconciler plan`: its options, and the plan as text, Markdown or JSON."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from reconciler.cli.options import form_of, refuse_desired_file, shared, shared_options

if TYPE_CHECKING:
    from reconciler.application.planning import Planned


@click.command("plan", short_help="Show what would change on a server.")
@click.argument("environment", metavar="ENV")
@click.option(
    "--live",
    metavar="[SERVER=]SOURCE",
    multiple=True,
    help="export:FOLDER or snapshot:FILE instead of the recording; may be repeated.",
)
@click.option("--server", metavar="NAME", help="Plan for this server instead of the active one.")
@click.option("--target", "targets", metavar="ADDRESS", multiple=True, help="Look at this only.")
@click.option("--out", metavar="FILE", help="Save the plan (JSON, for its owner alone).")
@click.option("--steps", is_flag=True, help="Show every step of what must be done by hand.")
@click.option("--detailed-exitcode", is_flag=True, help="Exit 2 where anything differs.")
@shared_options
def command(
    environment: str,
    *,
    live: tuple[str, ...],
    server: str | None,
    targets: tuple[str, ...],
    out: str | None,
    steps: bool,
    detailed_exitcode: bool,
) -> None:
    """
    Show what would change on a server of ENV so that it is as the working tree says.

    Nothing is written to any server. Formats: text, markdown, json.
    """
    form = form_of("text", "markdown", "json")
    refuse_desired_file(out, option="--out")
    from reconciler.application.planning import PlanOptions, plan, save_plan
    from reconciler.cli.printing import emit
    from reconciler.cli.progress import working

    now = datetime.now(UTC)
    options = PlanOptions(
        folder=shared().folder,
        environment=environment,
        live=live,
        server=server,
        targets=targets,
        is_detailed=detailed_exitcode,
    )
    with working(f"planning {environment}"):
        result = plan(options, now)
    if out:
        save_plan(result.plan, out)
    emit(_text(result, form, steps=steps, now=now, saved=out or ""), output=shared().output)
    sys.exit(result.exit_code)


def _text(result: Planned, form: str, *, steps: bool, now: datetime, saved: str) -> str:
    if form == "json":
        from reconciler.cli.printing import envelope

        return envelope("plan", result.exit_code, result.encode())
    from reconciler.cli.printing import terminal_text
    from reconciler.report.outline import plan_outline

    time = now.replace(tzinfo=None).isoformat(timespec="seconds")
    outline = plan_outline(result.plan, all_steps=steps, now=time, saved_to=saved)
    if form == "markdown":
        from reconciler.report.markdown import render_markdown

        return render_markdown(outline)
    from reconciler.cli.printing import tell

    for note in result.notes:
        tell(note)
    return terminal_text(outline)
