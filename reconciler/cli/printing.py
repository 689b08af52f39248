"""
Results to standard output or a file, in the form that was asked for.

Which words a result has is `report`'s; here it is only decided where they go and whether the
terminal shows colour.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Sequence
from contextlib import suppress

from reconciler.application.exits import Exit
from reconciler.application.outputs import refuse_inside, store_output
from reconciler.application.refusals import Refusal
from reconciler.cli.arguments import value_of
from reconciler.cli.catalogue import COMMANDS
from reconciler.cli.options import DEFAULT_FOLDER, shared
from reconciler.desired.storing import StoringError
from reconciler.model.nodes import Plain
from reconciler.report.blocks import Outline

FORMAT_VERSION = 1
_PLAIN_WIDTH = 100


def emit(text: str, *, output: str | None) -> None:
    """
    Write a result to standard output, or to a file as a whole.

    A reader of standard output that went away is no failure: it has what it wanted. Raises
    StoringError for anything else that keeps the result from being written.
    """
    if output is not None:
        store_output(output, text)
        return
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        _give_up_output()
    except OSError as error:
        raise output_refused(error) from error


def output_refused(error: OSError) -> StoringError:
    """Return the error of standard output that takes nothing, after giving it up."""
    _give_up_output()
    return StoringError(f"standard output: {error.strerror or 'it is closed'}")


def _give_up_output() -> None:
    """Let what standard output still holds go nowhere, so that the end of the process is quiet."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def terminal_text(outline: Outline) -> str:
    """Return an outline as text for where it goes: colour only on a terminal."""
    from reconciler.report.terminal import render_terminal

    return render_terminal(outline, width=_width(), colour=has_colour())


def has_colour() -> bool:
    """Tell whether the result goes to a terminal that may show colour."""
    options = shared()
    wanted = not options.no_color and options.output is None
    return wanted and sys.stdout.isatty() and "NO_COLOR" not in os.environ


def envelope(command: str, exit_code: Exit, members: dict[str, Plain]) -> str:
    """
    Return the JSON of a command's result.

    Its `findings` are all that the command has to say: those of a plan stand there too, so that one
    place tells why an exit code is 6 or 65.
    """
    from reconciler.report.machine import to_json

    plan = members.get("plan")
    if isinstance(plan, dict) and not members.get("findings"):
        members = {**members, "findings": plan["findings"]}

    head: dict[str, Plain] = {
        "format_version": FORMAT_VERSION,
        "command": command,
        "exit_code": int(exit_code),
    }
    return to_json({**head, **members})


def print_refusal(refusal: Refusal, *, arguments: Sequence[str], outcome: str = "") -> None:
    """
    Tell why a command ended early: as text on standard error, and as the JSON asked for.

    `outcome` is what was done or left undone, where the exit code alone does not say it.
    """
    from reconciler.plan.encoding import encode_finding
    from reconciler.report.findings_text import render_findings

    outcome = outcome or OUTCOMES.get(refusal.exit_code, "nothing was written")
    sys.stderr.write(render_findings(refusal.findings, outcome=outcome))
    if "--json" in arguments or value_of("--format", arguments) == "json":
        command = next((word for word in arguments if word in COMMANDS), "")
        findings: list[Plain] = [encode_finding(finding) for finding in refusal.findings]
        text = envelope(command, refusal.exit_code, {"findings": findings})
        _emit_anywhere(text, arguments)


def _emit_anywhere(text: str, arguments: Sequence[str]) -> None:
    """Write the answer where the result would have gone, else to standard output, if that works."""
    output = value_of("--output", arguments)
    try:
        if output is not None:
            folder = value_of("--desired-state", arguments) or DEFAULT_FOLDER
            refuse_inside(output, folder, option="--output")
        emit(text, output=output)
    except (Refusal, StoringError):
        with suppress(StoringError):
            emit(text, output=None)


OUTCOMES = {
    Exit.INVALID: "the desired state is not valid; nothing was planned or written",
    Exit.INCOMPLETE: "the source could not be read completely; nothing was planned or written",
    Exit.DEFECT: "nothing can be said about the result",
    Exit.INTERRUPTED: "interrupted",
}
"""What a refusal left undone, by exit code."""


def _width() -> int:
    if not sys.stdout.isatty():
        return _PLAIN_WIDTH
    return shutil.get_terminal_size((_PLAIN_WIDTH, 40)).columns


def tell(text: str) -> None:
    """Say something about the work itself, on standard error."""
    sys.stderr.write(f"{text}\n")
