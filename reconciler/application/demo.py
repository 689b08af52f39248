"""
`demo`: the working day of the product as a short story, on a temporary copy of the example estate.

Every step is the real command, run in this process on real files and a real git repository; the
sources are exported configurations, so no server is asked or simulated.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import chdir
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent

from reconciler.application.assembly.shipped import shipped_folder
from reconciler.application.exits import Exit
from reconciler.forge.git import start_repository

Write = Callable[[str], object]
Run = Callable[[Sequence[str]], int]

_EXPORT = Path("exports") / "sync01"
_LATER = Path("exports") / "sync01-next-morning"
_RULE = Path("desired-state/prod/rules/in-from-ad-user-kostentrager.yaml")
_CONNECTOR = Path("desired-state/prod/connectors/corp.yaml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """What is told, which file is edited before (old text, new text), and which command runs."""

    text: str
    edits: tuple[tuple[Path, str, str], ...] = ()
    command: tuple[str, ...] = ()
    commit: str = ""


def tell_story(write: Write, run: Run) -> Exit:
    """Tell the story and return 0; the temporary folder is gone afterwards, whatever happens."""
    with tempfile.TemporaryDirectory(prefix="reconciler-demo-") as folder, chdir(folder):
        shutil.copytree(shipped_folder("desired-state") / "prod" / "export" / "sync01", _EXPORT)
        shutil.copytree(_EXPORT, _LATER)
        repository = start_repository(Path())
        for number, chapter in enumerate(_chapters(), start=1):
            write(f"\n{number}. {dedent(chapter.text).strip()}\n\n")
            for path, old, new in chapter.edits:
                write(_edited(path, old, new))
            if chapter.command:
                write(f"$ reconciler {' '.join(chapter.command)}\n")
                run(chapter.command)
            if chapter.commit:
                repository.commit_all(chapter.commit)
                write(f'$ git commit --all --message "{chapter.commit}"\n')
    write("\nThat was all of it. Everything happened in a temporary folder, which is gone again.\n")
    return Exit.DONE


def _chapters() -> Iterator[Chapter]:
    yield Chapter(
        text="""
        Contoso's sync server was configured in wizards for years. An administrator exported its
        configuration (Get-ADSyncServerConfiguration) and brings it under git.""",
        command=("import", "prod", "--from", f"export:{_EXPORT.as_posix()}"),
        commit="Import sync01",
    )
    yield Chapter(
        text="""
        Is what runs today in order? Nothing is refused that a server already does; what deserves a
        look is a warning.""",
        command=("validate", "prod", "--format", "text"),
    )
    yield Chapter(
        text="""
        A colleague edits a rule and an organizational unit, and mistypes an operator.""",
        edits=(
            (_RULE, "operator: STARTSWITH", "operator: STARTWITH"),
            (_CONNECTOR, "OU=Leavers,OU=Employees", "OU=Alumni,OU=Employees"),
        ),
        command=("validate", "prod"),
    )
    yield Chapter(
        text="The operator is put right. What would the change do? This is what the reviewer sees.",
        edits=((_RULE, "operator: STARTWITH", "operator: STARTSWITH"),),
        command=("plan", "prod", "--detailed-exitcode"),
    )
    yield Chapter(
        text="""
        It is merged. In the night somebody edits two things on the server itself: a default rule in
        the rules editor, and the scheduler. The next morning's export tells.""",
        commit="Alumni leave the scope",
    )
    yield Chapter(
        text="Drift compares the last commit with the server.",
        edits=(),
        command=("drift", "prod", "--live", f"export:{_LATER.as_posix()}", "--detailed-exitcode"),
    )


def _edited(path: Path, old: str, new: str) -> str:
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return f"   {path.as_posix()}\n     - {old}\n     + {new}\n"
