"""
The options that every command has, before and after its name; the later one wins.

They are gathered into one value; what a format means is the commands' knowledge.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from typing import Any

import click

from reconciler.model.findings import quoted

DEFAULT_FOLDER = "desired-state"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """The common options; None where nobody said anything."""

    desired_state: str | None = None
    format: str | None = None
    output: str | None = None
    no_color: bool | None = None
    log_level: str | None = None

    @property
    def folder(self) -> str:
        """Return the folder of desired state."""
        return self.desired_state or DEFAULT_FOLDER


_OPTIONS = (
    click.option(
        "--desired-state",
        metavar="DIR",
        default=None,
        help=f"Folder that holds the environments (default: {DEFAULT_FOLDER}).",
    ),
    click.option("--format", "format", metavar="FORM", default=None, help="Form of the result."),
    click.option("--json", "json", is_flag=True, default=None, help="Short for --format json."),
    click.option("--output", metavar="FILE", default=None, help="Write the result to a file."),
    click.option("--no-color", is_flag=True, default=None, help="No colour, as NO_COLOR does."),
    click.option(
        "--log-level",
        type=click.Choice(["debug", "info", "warning", "error"]),
        default=None,
        help="What to tell about the work itself, on standard error (default: warning).",
    ),
)


def shared_options(function: Callable[..., None]) -> Callable[..., None]:
    """Give a command or the group the common options and keep them in the click context."""

    @functools.wraps(function)
    def gathered(*arguments: Any, **options: Any) -> None:
        context = click.get_current_context()
        own = _taken(options)
        inherited = context.find_object(Shared) or Shared()
        given = {item.name: getattr(own, item.name) for item in fields(own)}
        context.obj = replace(
            inherited, **{name: value for name, value in given.items() if value is not None}
        )
        if own.log_level is not None:
            from reconciler.cli.logs import follow, forget

            follow(own.log_level)
            context.find_root().call_on_close(forget)
        if own.output is not None or own.desired_state is not None:
            refuse_desired_file(context.obj.output, option="--output")
        function(*arguments, **options)

    for option in reversed(_OPTIONS):
        gathered = option(gathered)
    return gathered


def shared() -> Shared:
    """Return the common options of the running command."""
    return click.get_current_context().find_object(Shared) or Shared()


def refuse_desired_file(file: str | None, *, option: str, allowed: str = "") -> None:
    """Raise Refusal (64) for a result that would lie among the documents (`refuse_inside`)."""
    if file is not None:
        from reconciler.application.outputs import refuse_inside

        refuse_inside(file, shared().folder, option=option, allowed=allowed)


def form_of(default: str, *known: str) -> str:
    """Return the wanted form. Raises Refusal (64) for one that the command does not have."""
    wanted = shared().format or default
    if wanted not in (default, *known):
        from reconciler.application.refusals import usage

        command = click.get_current_context().command_path
        raise usage(
            f"{command} has no format {quoted(wanted)}",
            expected=(", ".join((default, *known)),),
            remedy=f"see {command} --help",
        )
    return wanted


def _taken(options: dict[str, Any]) -> Shared:
    form = options.pop("format")
    if options.pop("json"):
        form = "json"
    return Shared(
        desired_state=options.pop("desired_state"),
        format=form,
        output=options.pop("output"),
        no_color=options.pop("no_color"),
        log_level=options.pop("log_level"),
    )
