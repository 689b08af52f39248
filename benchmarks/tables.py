"""The table that `make bench` prints: one row for each figure, with its target where it has one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

_HEAD = ("what", "measured", "target", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One figure; without a target it is for information."""

    what: str
    value: float
    unit: str
    target: float | None = None

    @property
    def verdict(self) -> str:
        """Return whether the target was reached; a figure never fails."""
        if self.target is None:
            return ""
        return "reached" if self.value <= self.target else "missed"

    @property
    def cells(self) -> tuple[str, str, str, str]:
        """Return the row's four texts."""
        wanted = "" if self.target is None else f"≤ {_figure(self.target, self.unit)}"
        return (self.what, _figure(self.value, self.unit), wanted, self.verdict)


def table(rows: Sequence[Row]) -> str:
    """Return the rows as aligned text, in their order."""
    cells = [_HEAD, *(row.cells for row in rows)]
    widths = [max(len(line[column]) for line in cells) for column in range(len(_HEAD))]
    return "".join(f"{_aligned(line, widths)}\n" for line in cells)


def _aligned(line: tuple[str, ...], widths: Sequence[int]) -> str:
    what, measured, target, verdict = line
    return (
        f"{what:<{widths[0]}}  {measured:>{widths[1]}}  {target:>{widths[2]}}  {verdict}"
    ).rstrip()


def _figure(value: float, unit: str) -> str:
    match unit:
        case "MB":
            return f"{value:.0f} MB"
        case "ms":
            return f"{value:.2f} ms"
        case "×":
            return f"{value:.2f} ×"
        case _:
            return f"{value:.3g} {unit}" if value < 0.1 else f"{value:.2f} {unit}"
