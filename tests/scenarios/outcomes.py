"""Running the command line inside this process: arguments in, exit code and both streams out."""

from __future__ import annotations

import io
import json
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from typing import Any

from reconciler.cli.boundary import exit_code_of
from reconciler.cli.main import commands


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a command ended, and what it said."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, Any]:
        """Return the JSON result on standard output."""
        found: dict[str, Any] = json.loads(self.out)
        return found

    @property
    def text(self) -> str:
        """Return everything that a person in front of the terminal sees."""
        return self.out + self.err

    @property
    def flat(self) -> str:
        """Return the same without line breaks and folds, for sentences that may be wrapped."""
        return " ".join(self.text.split())


def run(*arguments: object) -> Outcome:
    """Run `reconciler` with the arguments in the current folder."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = exit_code_of(commands, [str(argument) for argument in arguments])
    return Outcome(int(code), out.getvalue(), err.getvalue())
