"""`reconciler lineage`: its options, and lineages as text, Markdown or JSON."""

from __future__ import annotations

import sys

import click

from reconciler.cli.options import form_of, shared, shared_options


@click.command("lineage", short_help="Show who feeds an attribute.")
@click.argument("environment", metavar="ENV")
@click.option("--attribute", metavar="NAME", help="Only this target attribute (case-sensitive).")
@shared_options
def command(environment: str, attribute: str | None) -> None:
    """
    Show who feeds an attribute of ENV, in which order and under which condition, both directions.

    Formats: text, markdown, json.
    """
    form = form_of("text", "markdown", "json")
    from reconciler.application.tracing import trace
    from reconciler.cli.printing import emit, envelope, terminal_text
    from reconciler.cli.progress import working
    from reconciler.report.markdown import render_markdown
    from reconciler.report.outline import lineage_outline

    with working(f"reading the rules of {environment}"):
        result = trace(shared().folder, environment, attribute)
    if form == "json":
        text = envelope("lineage", result.exit_code, result.encode())
    else:
        outline = lineage_outline(result.lineages, environment=environment)
        text = render_markdown(outline) if form == "markdown" else terminal_text(outline)
    emit(text, output=shared().output)
    sys.exit(result.exit_code)
