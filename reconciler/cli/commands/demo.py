"""`reconciler demo`: the short story of an example estate, told on standard output."""

from __future__ import annotations

import sys

import click

from reconciler.cli.options import shared, shared_options


@click.command("demo", short_help="Walk through all of it on an example estate.")
@shared_options
def command() -> None:
    """Walk through import, edit, validate, plan and drift on a copy of an example estate."""
    from reconciler.application.demo import tell_story
    from reconciler.application.refusals import usage
    from reconciler.cli.boundary import exit_code_of
    from reconciler.cli.main import commands
    from reconciler.cli.printing import emit

    if shared().format is not None or shared().output is not None:
        raise usage(
            "reconciler demo tells a story on standard output and has no other form",
            expected=("no --json, --format or --output",),
            remedy="leave the option out: reconciler demo",
        )
    sys.exit(
        tell_story(
            lambda text: emit(text, output=None),
            lambda arguments: exit_code_of(commands, arguments),
        )
    )
