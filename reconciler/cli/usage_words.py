"""Wrong command lines in our words: what is wrong, what was expected, what to do."""

from __future__ import annotations

from collections.abc import Sequence

import click

from reconciler.application.refusals import Refusal, usage
from reconciler.model.findings import quoted


def usage_of(error: click.UsageError) -> Refusal:
    """Return the refusal that says what click found wrong."""
    command = error.ctx.command_path if error.ctx else "reconciler"
    remedy = f"see {command} --help"
    if isinstance(error, click.NoSuchOption):
        return usage(
            f"{command} has no option {quoted(error.option_name)}",
            remedy=did_you_mean(error.possibilities or ()) or remedy,
        )
    if isinstance(error, click.MissingParameter) and error.param is not None:
        return usage(
            f"{command} needs {_name(error.param)}",
            expected=(_line(error.ctx),) if error.ctx else (),
            remedy=remedy,
        )
    if isinstance(error, click.BadParameter) and error.param is not None:
        return _bad_value(error, error.param, remedy)
    text = error.format_message().rstrip(".")
    return usage((text[:1].lower() + text[1:]).replace("'", '"'), remedy=remedy)


def unknown_command(name: str, known: Sequence[str]) -> Refusal:
    """Return the refusal of a command that is none."""
    from difflib import get_close_matches

    return usage(
        f"there is no command {quoted(name)}",
        expected=(", ".join(known),),
        remedy=did_you_mean(get_close_matches(name, known, n=1)) or "see reconciler --help",
    )


def did_you_mean(possibilities: Sequence[str]) -> str:
    """Return the question about the first possibility, or nothing."""
    return f"did you mean {quoted(possibilities[0])}?" if possibilities else ""


def _bad_value(error: click.BadParameter, parameter: click.Parameter, remedy: str) -> Refusal:
    if isinstance(parameter.type, click.Choice):
        return usage(
            f"{_name(parameter)} does not take this value",
            expected=(", ".join(map(str, parameter.type.choices)),),
            remedy=remedy,
        )
    text = error.message.rstrip(".")
    return usage(f"{_name(parameter)}: {text[:1].lower()}{text[1:]}", remedy=remedy)


def _line(context: click.Context) -> str:
    return " ".join([context.command_path, *context.command.collect_usage_pieces(context)])


def _name(parameter: click.Parameter) -> str:
    if isinstance(parameter, click.Option):
        value = f" {parameter.metavar}" if parameter.metavar else ""
        return f"{parameter.opts[0]}{value}"
    return str(getattr(parameter, "metavar", None) or parameter.name)
