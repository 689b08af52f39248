"""
What is measured: the commands over one estate, their growth with the number of rules, octoDNS.

Each figure is a row with the target of the project's plan; nothing fails.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.estates import multiply_export
from benchmarks.measuring import Measurement, measure
from benchmarks.tables import Row
from benchmarks.zones import write_zone

_BIN = Path(sys.executable).parent
_HELP, _COMMAND, _MEMORY, _GROWTH = 0.15, 0.7, 150.0, 1.3
_RECORDS = 1200
_MEGABYTE = 1_000_000
_SIZES = (1, 10, 100)

Tell = Callable[[str], None]


class Suite:
    """The benchmarks over one exported configuration, in a folder of their own."""

    def __init__(self, export: Path, folder: Path, *, runs: int, tell: Tell) -> None:
        """Measure `export` in `folder`, each command `runs` times."""
        self._export = export
        self._folder = folder
        self._runs = runs
        self._tell = tell

    def commands(self) -> Iterator[Row]:
        """Measure each command of a working day over the estate."""
        folder = self._imported(self._export, self._folder / "one")
        yield from self._rows("--help", self._measure(folder, "--help"), target=_HELP)
        live = f"export:{self._export}"
        for words, target in (
            (("validate",), _COMMAND),
            (("plan", "estate"), _COMMAND),
            (("plan", "estate", "--live", live), _COMMAND),
            (("drift", "estate", "--live", live), None),
            (("import", "estate", "--from", live), None),
        ):
            what = " ".join("export:…" if word == live else word for word in words)
            yield from self._rows(what, self._measure(folder, *words), target=target)

    def growth(self) -> Iterator[Row]:
        """
        Measure the time per rule over estates of ten and a hundred times the rules.

        Time of the processor, for these runs are long enough to be disturbed by the machine.
        """
        per_rule: dict[str, list[float]] = {}
        for times in _SIZES:
            export = self._folder / f"export-{times}"
            rules = multiply_export(self._export, export, times=times)
            folder = self._imported(export, self._folder / f"times-{times}")
            for words in (
                ("validate",),
                ("plan", "estate"),
                ("plan", "estate", "--live", f"export:{export}"),
            ):
                command = " ".join(words).replace(str(export), "…")
                measured = self._measure(folder, *words)
                each = measured.processor * 1000 / rules
                per_rule.setdefault(command, []).append(each)
                what = f"{command}, {rules:,} rules"
                yield Row(what=what, value=measured.seconds, unit="s")
                yield Row(what="  peak memory", value=measured.peak / _MEGABYTE, unit="MB")
                yield Row(what="  processor time per rule", value=each, unit="ms")
        for command, (*_, middle, largest) in per_rule.items():
            what = f"{command}: per rule, {_SIZES[-1]}-fold against {_SIZES[-2]}-fold estate"
            yield Row(what=what, value=largest / middle, unit="×", target=_GROWTH)

    def neighbours(self) -> Iterator[Row]:
        """Measure octodns-sync on a zone of as many records as the estate has flows."""
        program = _BIN / "octodns-sync"
        if not program.exists():
            self._tell("octodns-sync is not installed (extra bench): left out")
            return
        folder = self._folder / "zone"
        configuration = write_zone(folder, records=_RECORDS)
        self._tell("octodns-sync")
        measured = measure(
            [str(program), f"--config-file={configuration.name}", "--quiet"],
            folder=folder,
            runs=self._runs,
        )
        what = f"octodns-sync, {_RECORDS:,} records (for information)"
        yield from self._rows(what, measured, target=None, memory=None)

    def _rows(
        self,
        what: str,
        measured: Measurement,
        *,
        target: float | None,
        memory: float | None = _MEMORY,
    ) -> Iterator[Row]:
        yield Row(what=what, value=measured.seconds, unit="s", target=target)
        peak = measured.peak / _MEGABYTE
        yield Row(what="  peak memory", value=peak, unit="MB", target=memory)

    def _imported(self, export: Path, folder: Path) -> Path:
        folder.mkdir(parents=True)
        self._tell(f"importing {export.name}")
        words = ("import", "estate", "--from", f"export:{export}")
        measure([str(_BIN / "reconciler"), *words], folder=folder, runs=1)
        return folder

    def _measure(self, folder: Path, *words: str) -> Measurement:
        self._tell(f"{folder.name}: reconciler {' '.join(words[:2])}")
        return measure([str(_BIN / "reconciler"), *words], folder=folder, runs=self._runs)
