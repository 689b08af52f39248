"""`reconciler init`: a new environment."""

from __future__ import annotations

import sys

import click

from reconciler.cli.options import form_of, shared, shared_options


@click.command("init", short_help="Start a new environment.")
@click.argument("environment", metavar="ENV")
@shared_options
def command(environment: str) -> None:
    """Start an environment: its folder and environment.yaml. Formats: text, json."""
    form = form_of("text", "json")
    from reconciler.application.initializing import init
    from reconciler.cli.printing import emit, envelope

    result = init(shared().folder, environment)
    if form == "json":
        text = envelope("init", result.exit_code, result.encode())
    elif result.files:
        files = "".join(f"wrote {path}\n" for path in result.files)
        text = f"{files}next: reconciler import {environment} --from export:FOLDER\n"
    else:
        text = f"{environment} is there already; nothing was written\n"
    emit(text, output=shared().output)
    sys.exit(result.exit_code)
