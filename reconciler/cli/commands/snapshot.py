"""`reconciler snapshot`: its options, and what was recorded."""

from __future__ import annotations

import sys

import click

from reconciler.cli.options import form_of, refuse_desired_file, shared, shared_options


@click.command("snapshot", short_help="Record a server for plans without a path to it.")
@click.argument("environment", metavar="ENV")
@click.option(
    "--from", "source", metavar="SOURCE", required=True, help="export:FOLDER or snapshot:FILE."
)
@click.option("--out", metavar="FILE", help="Write here instead of ENV's own folder recorded/.")
@shared_options
def command(environment: str, source: str, out: str | None) -> None:
    """Record what a source holds; without --out into recorded/ of ENV. Formats: text, json."""
    form = form_of("text", "json")
    refuse_desired_file(out, option="--out", allowed=f"{environment}/recorded")
    from reconciler.application.snapshotting import snapshot
    from reconciler.cli.printing import emit, envelope
    from reconciler.cli.progress import working

    with working(f"recording {environment}"):
        result = snapshot(shared().folder, environment, source, out)
    if form == "json":
        text = envelope("snapshot", result.exit_code, result.encode())
    else:
        text = "".join(
            f"{path}: {'recorded' if changed else 'recorded already'}\n"
            for path, changed in result.files
        )
    emit(text, output=shared().output)
    sys.exit(result.exit_code)
