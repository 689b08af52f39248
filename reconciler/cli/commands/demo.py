"""`reconciler demo`: the short story of an example estate, told on standard output."""

from __future__ import annotations

import sys

import click

from reconciler.cli.options import shared_options


@click.command("demo", short_help="Walk through all of it on an example estate.")
@shared_options
def command() -> None:
    """Walk through import, edit, validate, plan and drift on a copy of an example estate."""
    from reconciler.application.demo import tell_story
    from reconciler.cli.boundary import exit_code_of
    from reconciler.cli.main import commands

    sys.exit(tell_story(sys.stdout.write, lambda arguments: exit_code_of(commands, arguments)))
