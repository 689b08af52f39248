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

from reconciler.application.exits import Exit
from reconciler.application.outputs import store_output
from reconciler.application.refusals import Refusal
from reconciler.cli.arguments import value_of
from reconciler.cli.catalogue import COMMANDS
from reconciler.cli.options import shared
from reconciler.desired.storing import StoringError
from reconciler.model.nodes import Plain
from reconciler.report.blocks import Outline

FORMAT_VERSION = 1
_PLAIN_WIDTH = 100


def emit(text: str, *, output: str | None) -> None:
    """
    Write a result to standard output, or to a file as a whole.

    A reader of standard output that went away is no failure: it has what it wanted.
    """
    if output is not None:
        store_output(output, text)
        return
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
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
    """Return the JSON of a command's result."""
    from reconciler.report.machine import to_json

    head: dict[str, Plain] = {
        "format_version": FORMAT_VERSION,
        "command": command,
        "exit_code": int(exit_code),
    }
    return to_json({**head, **members})


def print_refusal(refusal: Refusal, *, arguments: Sequence[str]) -> None:
    """Tell why a command ended early: as text on standard error, and as the JSON asked for."""
    from reconciler.plan.encoding import encode_finding
    from reconciler.report.findings_text import render_findings

    outcome = OUTCOMES.get(refusal.exit_code, "nothing was written")
    sys.stderr.write(render_findings(refusal.findings, outcome=outcome))
    if "--json" in arguments or value_of("--format", arguments) == "json":
        command = next((word for word in arguments if word in COMMANDS), "")
        findings: list[Plain] = [encode_finding(finding) for finding in refusal.findings]
        text = envelope(command, refusal.exit_code, {"findings": findings})
        output = value_of("--output", arguments)
        try:
            emit(text, output=output)
        except (Refusal, StoringError):
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
