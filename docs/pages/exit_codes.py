"""The reference page of the exit codes, from the table that the program itself goes by."""

from __future__ import annotations

from reconciler.application.exits import MEANINGS, Exit

_HEAD = """\
# Exit codes

Every command ends with one of these. This page is generated from the code.

| code | meaning |
| ---: | --- |
"""

_TAIL = """
* `plan`, `drift` and `compare` end with 0 although they found differences, unless
  `--detailed-exitcode` asks for 2. Counted as differences are changes, steps by hand, custom rules
  that git does not know, and findings that live differs.
* Where several apply, 65 comes before 6, and 6 before 2.
* Warnings and notes alone never change an exit code.
* What stands in a plan under *blocked* does not change the exit code of `plan`.
* 4, 5, 7 and 8 belong to commands that write to servers. No such command is part of this version;
  8 is also given for a result file that could not be written.
"""


def exit_codes_page() -> str:
    """Return the page as Markdown."""
    rows = (f"| {int(code)} | {MEANINGS[code]} |\n" for code in Exit)
    return f"{_HEAD}{''.join(rows)}{_TAIL}"
