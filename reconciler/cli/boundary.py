"""
The boundary: whatever happens inside ends here, as text for people and an exit code.

Refusals and usage errors are told; anything else is a defect of ours and says so. Nothing ends in
a traceback, and machine output is written after failures too.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

import click

from reconciler.application.exits import Exit
from reconciler.application.refusals import Refusal, usage
from reconciler.desired.storing import StoringError
from reconciler.model.findings import Concern, Finding, Severity

DEFECT = "RC9001"


def exit_code_of(commands: click.Group, arguments: Sequence[str]) -> int:
    """Run the commands and return the exit code of whatever happens."""
    try:
        commands.main(args=list(arguments), prog_name="reconciler", standalone_mode=False)
    except SystemExit as finished:
        return finished.code if isinstance(finished.code, int) else Exit.DONE
    except click.exceptions.Exit as finished:
        return finished.exit_code
    except Refusal as refusal:
        return _told(refusal, arguments)
    except click.UsageError as error:
        context = error.ctx.command_path if error.ctx else "reconciler"
        text = error.format_message()
        return _told(
            usage(text[:1].lower() + text[1:].rstrip("."), remedy=f"see {context} --help"),
            arguments,
        )
    except (click.Abort, KeyboardInterrupt):
        return _told(
            Refusal(Exit.INTERRUPTED, _plain("RC9002", "interrupted; nothing more was done")),
            arguments,
        )
    except StoringError as error:
        what = f"a file could not be written: {error}"
        return _told(Refusal(Exit.REFUSED, _plain("RC4103", what)), arguments)
    except BrokenPipeError:
        sys.stderr.close()
        return Exit.DONE
    except Exception as error:  # noqa: BLE001 - the one place where a defect becomes a message
        return _told(Refusal(Exit.DEFECT, _defect(error)), arguments)
    return Exit.DONE


def _told(refusal: Refusal, arguments: Sequence[str]) -> int:
    from reconciler.cli.printing import print_refusal

    wants_json = (
        "--json" in arguments
        or any(
            first == "--format" and second == "json"
            for first, second in zip(arguments, arguments[1:], strict=False)
        )
        or "--format=json" in arguments
    )
    print_refusal(refusal, wants_json=wants_json, arguments=arguments)
    return refusal.exit_code


def _plain(code: str, what: str) -> Finding:
    return Finding(code=code, severity=Severity.ERROR, concern=Concern.ADVICE, what=what)


def _defect(error: Exception) -> Finding:
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
