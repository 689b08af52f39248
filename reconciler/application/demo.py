"""
`demo`: a week with the product as a short story, on a temporary copy of the example estate.

Every step is the real command, run in this process on real files and a real git repository. The
sources are exported configurations: no server is asked, and none is simulated.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Sequence
from contextlib import chdir
from dataclasses import dataclass
from pathlib import Path

from reconciler.application.assembly.shipped import shipped_folder
from reconciler.application.exits import Exit
from reconciler.forge.git import start_repository

Write = Callable[[str], object]
Run = Callable[[Sequence[str]], int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """A text that somebody replaces in the one file below a folder that holds it."""

    folder: str
    old: str
    new: str
    is_told: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """What is told; then what is edited, which command runs, and what is committed."""

    text: str
    edits: tuple[Edit, ...] = ()
    command: tuple[str, ...] = ()
    commit: str = ""


_DOCUMENTS = "desired-state/prod"
_NEXT_MORNING = "exports/sync01-next-morning"
_EXCLUDED = "OU=Leavers,OU=Employees"
_MORE_EXCLUDED = "OU=Contractors,OU=Partners"
_LONG = "Left(Trim([extensionAttribute7]), 448)"
_SHORT = "Left(Trim([extensionAttribute7]), 100)"

_STORY = (
    Chapter(
        text="""\
Contoso's sync server was configured in wizards for years, and its configuration lives in two
heads. One of them exports it (Get-ADSyncServerConfiguration) and brings it under git.""",
        command=("import", "prod", "--from", "export:exports/sync01"),
        commit="Import sync01",
    ),
    Chapter(
        text="""\
A colleague keeps contractors out of the cloud and shortens a cost centre, but mistypes an
operator on the way. Nothing leaves the desk before that is right.""",
        edits=(
            Edit(
                folder=_DOCUMENTS,
                old=f"- {_EXCLUDED}\n",
                new=f"- {_EXCLUDED}\n        - {_MORE_EXCLUDED}\n",
            ),
            Edit(folder=_DOCUMENTS, old=_LONG, new=_SHORT),
            Edit(
                folder=f"{_DOCUMENTS}/rules",
                old="operator: EQUAL, value: Apprentice",
                new="operator: EQUALS, value: Apprentice",
            ),
        ),
        command=("validate", "prod"),
    ),
    Chapter(
        text="The operator is put right. This is what the reviewer of the pull request sees.",
        edits=(
            Edit(
                folder=f"{_DOCUMENTS}/rules",
                old="operator: EQUALS, value: Apprentice",
                new="operator: EQUAL, value: Apprentice",
            ),
        ),
        command=("plan", "prod", "--steps", "--detailed-exitcode"),
        commit="Keep contractors out, shorten the cost centre",
    ),
    Chapter(
        text="""\
It is merged, and the administrators carry it out with the printed steps. In the night somebody
else edits the server: a default rule in the rules editor, and the scheduler. The morning's export
compared with the last commit shows those two, and only those.""",
        edits=(
            Edit(
                folder=_NEXT_MORNING,
                old=f"<exclusion>{_EXCLUDED},DC=corp",
                new=f"<exclusion>{_MORE_EXCLUDED},DC=corp,DC=contoso,DC=com</exclusion>\n"
                f"            <exclusion>{_EXCLUDED},DC=corp",
                is_told=False,
            ),
            Edit(folder=_NEXT_MORNING, old=_LONG, new=_SHORT, is_told=False),
            Edit(
                folder=f"{_NEXT_MORNING}/SynchronizationRules",
                old="IIF(IsNullOrEmpty([displayName]),[cn],[displayName])",
                new='IIF(IsNullOrEmpty([displayName]),[cn],"ext. " &amp; [displayName])',
            ),
            Edit(
                folder=_NEXT_MORNING,
                old='SynchronizationSchedule" type="string" use="SynchronizationGlobal"'
                ' dataType="String">True',
                new='SynchronizationSchedule" type="string" use="SynchronizationGlobal"'
                ' dataType="String">False',
            ),
        ),
        command=("drift", "prod", "--live", f"export:{_NEXT_MORNING}", "--detailed-exitcode"),
    ),
)


_ENDS = frozenset({Exit.DEFECT, Exit.REFUSED, Exit.INTERRUPTED})
"""Codes that no step of the story has."""


def tell_story(write: Write, run: Run) -> Exit:
    """
    Tell the story and return 0; the temporary folder is gone afterwards, whatever happens.

    A step that was interrupted or that failed ends the story with its exit code.
    """
    with tempfile.TemporaryDirectory(prefix="reconciler-demo-") as folder, chdir(folder):
        export = shipped_folder("desired-state") / "prod" / "export" / "sync01"
        shutil.copytree(export, "exports/sync01")
        shutil.copytree(export, _NEXT_MORNING)
        repository = start_repository(Path())
        for number, chapter in enumerate(_STORY, start=1):
            write(f"\n{number}. {chapter.text}\n\n")
            for edit in chapter.edits:
                told = _edited(edit)
                write(told if edit.is_told else "")
            write(f"$ reconciler {' '.join(chapter.command)}\n")
            code = run(chapter.command)
            if code in _ENDS:
                return Exit(code)
            write(f"(exit {code})\n")
            if chapter.commit:
                repository.commit_all(chapter.commit)
                write(f'$ git add --all && git commit --message "{chapter.commit}"\n')
    write("\nAll of it happened in a temporary folder, which is gone again.\n")
    return Exit.DONE


def _edited(edit: Edit) -> str:
    """Make an edit in the first file that holds the text, and return how it is told."""
    for path in sorted(Path(edit.folder).rglob("*.*ml")):
        text = path.read_text(encoding="utf-8")
        if edit.old in text:
            path.write_text(text.replace(edit.old, edit.new, 1), encoding="utf-8")
            gone, come = edit.old.splitlines(), edit.new.splitlines()
            lines = [f"  - {line.strip()}" for line in gone if line not in come]
            lines += [f"  + {line.strip()}" for line in come if line not in gone]
            return "\n".join((path.as_posix(), *lines, "", ""))
    raise LookupError(edit.old)
