"""The reference page of the commands: what each `--help` says, at a fixed width."""

from __future__ import annotations

import click

from reconciler.cli.catalogue import COMMANDS
from reconciler.cli.main import commands

_WIDTH = 100
_HEAD = """\
# Commands

This page is what `reconciler COMMAND --help` prints. Where a source is wanted, it is one of

* `export:FOLDER`: a folder that `Get-ADSyncServerConfiguration` wrote,
* `snapshot:FILE`: a file that `reconciler snapshot` wrote,

with `SERVER=` before it where a command reads several. See also
[exit codes](exit-codes.md) and [finding codes](codes.md).
"""


def commands_page() -> str:
    """Return the page as Markdown, a section for each command in the order of the help."""
    context = _context(commands, "reconciler")
    parts = [_HEAD, _block(commands.get_help(context))]
    for name in COMMANDS:
        command = commands.get_command(context, name)
        if command is not None:
            own = _context(command, name, parent=context)
            parts.append(f"## {name}\n\n{_block(command.get_help(own))}")
    return "\n".join(parts)


def _context(
    command: click.Command, name: str, parent: click.Context | None = None
) -> click.Context:
    return click.Context(
        command,
        info_name=name,
        parent=parent,
        terminal_width=_WIDTH,
        max_content_width=_WIDTH,
        help_option_names=["-h", "--help"],
        color=False,
    )


def _block(text: str) -> str:
    return f"```text\n{text.rstrip()}\n```\n"
