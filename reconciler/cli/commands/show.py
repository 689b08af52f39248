"""`reconciler show`: a saved plan as text, Markdown or JSON."""

from __future__ import annotations

import sys
from datetime import UTC, datetime

import click

from reconciler.cli.options import form_of, shared, shared_options


@click.command("show", short_help="Show a saved plan.")
@click.argument("file", metavar="FILE")
@click.option("--steps", is_flag=True, help="Show every step of what must be done by hand.")
@shared_options
def command(file: str, steps: bool) -> None:
    """
    Show a plan that `plan --out FILE` saved.

    Formats: text, markdown (what goes under a pull request, at most 60,000 characters), json.
    """
    form = form_of("text", "markdown", "json")
    from reconciler.application.exits import Exit
    from reconciler.application.showing import read_plan
    from reconciler.cli.printing import emit, envelope, terminal_text
    from reconciler.cli.progress import working
    from reconciler.plan.encoding import encode_plan
    from reconciler.report.markdown import render_markdown
    from reconciler.report.outline import plan_outline

    with working("reading a plan"):
        plan = read_plan(file)
    if form == "json":
        text = envelope("show", Exit.DONE, {"findings": [], "plan": encode_plan(plan)})
    else:
        now = datetime.now(UTC).replace(tzinfo=None).isoformat(timespec="seconds")
        outline = plan_outline(plan, all_steps=steps, now=now)
        text = render_markdown(outline) if form == "markdown" else terminal_text(outline)
    emit(text, output=shared().output)
    sys.exit(Exit.DONE)
