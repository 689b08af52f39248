"""
The command line's frame: the group of commands, each loaded only when it is asked for.

Options of a command stand in its own module; turning results into text and exit codes is
`printing`'s and `boundary`'s.
"""

from __future__ import annotations

import importlib
import io
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from reconciler import __version__
from reconciler.cli.catalogue import COMMANDS
from reconciler.cli.options import shared_options

_NO_COMMAND = 64
"""Wrong usage (`application.exits`), told without loading anything."""

_INTERRUPTED = 130


class LazyCommands(click.Group):
    """A group whose commands are imported one at a time."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Return the commands in the order of a day's work."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Return a command, or None for a name that is none."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"reconciler.cli.commands.{COMMANDS[cmd_name][0]}")
        command: click.Command = module.command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that is asked for. Raises Refusal (64) for a name that is none."""
        if args[0] not in COMMANDS and not args[0].startswith("-") and not ctx.resilient_parsing:
            from reconciler.cli.usage_words import unknown_command

            raise unknown_command(args[0], tuple(COMMANDS))
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write the list of commands without loading one of them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])


@click.group(
    cls=LazyCommands,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit codes: 0 done · 2 changes (with --detailed-exitcode) · 3 blocked by policy · "
    "6 incomplete read · 64 usage · 65 desired state not valid. Shared options are accepted before "
    "and after the command.",
)
@shared_options
@click.version_option(__version__, "--version", "-V", prog_name="reconciler")
def commands() -> None:
    """Keep the configuration of Microsoft Entra Connect Sync in git: import, plan, drift."""
    context = click.get_current_context()
    if context.invoked_subcommand is None:
        click.echo(context.get_help(), err=True)
        sys.exit(_NO_COMMAND)


def run(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and end the process with its exit code."""
    try:
        _open_streams()
        from reconciler.cli.boundary import exit_code_of

        given = list(sys.argv[1:] if arguments is None else arguments)
        code = exit_code_of(commands, given)
    except KeyboardInterrupt:  # while something is loaded, or while an end is told
        code = _INTERRUPTED
    sys.exit(code)


def _open_streams() -> None:
    """Make both streams take every name, and have the errors of files where they are closed."""
    if sys.stdout is None:
        sys.stdout = Path(os.devnull).open(encoding="utf-8")  # noqa: SIM115 - refuses writing
    if sys.stderr is None:
        sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a name never ends a command
