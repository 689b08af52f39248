"""`reconciler validate`: its options, and findings as text, JSON, SARIF or workflow annotations."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from reconciler.cli.options import form_of, shared, shared_options

if TYPE_CHECKING:
    from reconciler.application.validate import Validation


@click.command("validate", short_help="Check the desired state, offline.")
@click.argument("environments", metavar="[ENV]...", nargs=-1)
@shared_options
def command(environments: tuple[str, ...]) -> None:
    """
    Check the desired state of some environments (default: all), offline.

    Formats: text, json, sarif, github (workflow annotations). Exit code 65 where something is
    wrong; warnings alone are exit 0.
    """
    form = form_of("text", "json", "sarif", "github")
    from reconciler.application.validate import validate
    from reconciler.cli.printing import emit
    from reconciler.cli.progress import working

    with working("checking the desired state"):
        result = validate(shared().folder, environments)
    emit(_text(result, form), output=shared().output)
    sys.exit(result.exit_code)


def _text(result: Validation, form: str) -> str:
    if form == "json":
        from reconciler.cli.printing import envelope

        return envelope("validate", result.exit_code, result.encode())
    if form == "sarif":
        from reconciler import __version__
        from reconciler.report.sarif import render_sarif

        return render_sarif(result.findings, version=__version__)
    if form == "github":
        from reconciler.report.github_annotations import render_annotations

        return render_annotations(result.findings)
    from reconciler.report.findings_text import render_findings

    skipped = "".join(f"skipped without a recording: {name}\n" for name in result.skipped)
    return skipped + render_findings(result.findings)
