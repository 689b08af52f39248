"""
The boundary: whatever happens inside ends here, as text for people and an exit code.

Refusals and usage errors are told; anything else is a defect of ours and says so. Nothing ends in
a traceback, and machine output is written after failures too.
"""

from __future__ import annotations

import errno
import io
import sys
from collections.abc import Sequence

import click

from reconciler.application.exits import Exit
from reconciler.application.refusals import Refusal
from reconciler.cli.arguments import value_of
from reconciler.cli.usage_words import usage_of
from reconciler.desired.storing import StoringError
from reconciler.model.findings import Concern, Finding, Severity

DEFECT = "RC9001"  # a defect of reconciler itself
INTERRUPTION = "RC9002"  # stopped from outside
NOT_WRITTEN = "RC4103"  # a result or a file that could not be written

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EBADF})  # no room, no place


def exit_code_of(commands: click.Group, arguments: Sequence[str]) -> int:
    """Run the commands and return the exit code of whatever happens."""
    try:
        code = commands.main(args=list(arguments), prog_name="reconciler", standalone_mode=False)
    except SystemExit as finished:
        return _code_of(finished)
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001 - a defect becomes a message
        from reconciler.cli.printing import print_refusal

        if value_of("--log-level", arguments) == "debug":
            _show_way_to(error)
        refusal = _refusal_of(error)
        print_refusal(refusal, arguments=arguments, outcome=_outcome_of(error))
        return refusal.exit_code
    return code if isinstance(code, int) else Exit.DONE


def _code_of(finished: SystemExit) -> int:
    """Return the code of a command's end; a reader that went away early is none of our failures."""
    if type(sys.stdout).__name__.endswith("PacifyFlushWrapper"):  # what click leaves behind then
        return Exit.DONE
    return finished.code if isinstance(finished.code, int) else Exit.DONE


def _show_way_to(error: BaseException) -> None:
    """Show the way to an error without its words, which may repeat what it was working on."""
    import traceback

    if not isinstance(error, (Refusal, click.UsageError)):
        sys.stderr.write("".join(traceback.format_tb(error.__traceback__)))


def _refusal_of(error: BaseException) -> Refusal:
    if isinstance(error, Refusal):
        return error
    if isinstance(error, click.UsageError):
        return usage_of(error)
    if isinstance(error, (click.Abort, KeyboardInterrupt)):
        what = "interrupted; nothing more was done"
        return Refusal(Exit.INTERRUPTED, _plain(INTERRUPTION, what))
    if isinstance(error, StoringError):
        return Refusal(Exit.REFUSED, _not_written(error))
    if isinstance(error, OSError) and _is_of_output(error):
        from reconciler.cli.printing import output_refused

        return Refusal(Exit.REFUSED, _not_written(output_refused(error)))
    return Refusal(Exit.DEFECT, _defect(error))


def _is_of_output(error: OSError) -> bool:
    """Tell whether an error comes from standard output, which click itself writes the help to."""
    is_refused = error.errno in _FULL or isinstance(error, io.UnsupportedOperation)
    return is_refused and error.filename is None


def _outcome_of(error: BaseException) -> str:
    """Return what became of the files where some of them have their new content."""
    if not isinstance(error, StoringError) or not error.written:
        return ""
    return f"written all the same: {', '.join(error.written)}"


def _not_written(error: StoringError) -> Finding:
    return Finding(
        code=NOT_WRITTEN,
        severity=Severity.ERROR,
        concern=Concern.ADVICE,
        what=f"the result could not be written: {error}",
        expected=("a place that may be written to and has room",),
        remedy="see to its permissions and free space, or name another place; then run it again",
    )


def _plain(code: str, what: str) -> Finding:
    return Finding(code=code, severity=Severity.ERROR, concern=Concern.ADVICE, what=what)


def _defect(error: BaseException) -> Finding:
    import traceback

    last = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{last.filename.replace(chr(92), '/').rsplit('/', 1)[-1]}:{last.lineno} in {last.name}"
    return Finding(
        code=DEFECT,
        severity=Severity.ERROR,
        concern=Concern.ADVICE,
        what=f"a defect of reconciler: {type(error).__name__}",
        expected=(place,),
        remedy="report it with this line; --log-level debug shows where it happened",
    )
