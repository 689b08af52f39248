"""`reconciler compare`: its options, and what differs as text, Markdown or JSON."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from reconciler.cli.options import form_of, shared, shared_options

if TYPE_CHECKING:
    from reconciler.application.comparing import Comparison


@click.command("compare", short_help="Compare two servers.")
@click.argument("first", metavar="SOURCE")
@click.argument("second", metavar="SOURCE")
@click.option("--detailed-exitcode", is_flag=True, help="Exit 2 where anything differs.")
@shared_options
def command(first: str, second: str, detailed_exitcode: bool) -> None:
    """
    Compare two servers without desired state: active and staging, old and new.

    A SOURCE is export:FOLDER or snapshot:FILE. Formats: text, markdown, json.
    """
    form = form_of("text", "markdown", "json")
    from reconciler.application.comparing import compare
    from reconciler.cli.printing import emit
    from reconciler.cli.progress import working

    with working("comparing two servers"):
        result = compare(first, second, is_detailed=detailed_exitcode)
    emit(_text(result, form), output=shared().output)
    sys.exit(result.exit_code)


def _text(result: Comparison, form: str) -> str:
    if form == "json":
        from reconciler.cli.printing import envelope

        return envelope("compare", result.exit_code, result.encode())
    from reconciler.cli.printing import terminal_text
    from reconciler.report.outline import compare_outline, server_words

    outline = compare_outline(
        result.plan.changes,
        one=server_words(result.first),
        other=server_words(result.second),
        findings=result.plan.findings,
    )
    if form == "markdown":
        from reconciler.report.markdown import render_markdown

        return render_markdown(outline)
    return terminal_text(outline)
