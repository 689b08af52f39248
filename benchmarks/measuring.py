"""
How a command is measured: several runs, each a new process, the median of time and peak memory.

What is run is the caller's; the command's own output is thrown away.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_KIBIBYTE = 1024
_TOLD = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Measurement:
    """The medians of some runs: seconds on the clock and of the processor, peak memory in bytes."""

    seconds: float
    processor: float
    peak: int


def measure(arguments: Sequence[str], *, folder: Path, runs: int) -> Measurement:
    """Run a program some times and return the medians. Raises RuntimeError where it fails."""
    results = [_run(arguments, folder) for _ in range(runs)]
    return Measurement(
        seconds=statistics.median(result.seconds for result in results),
        processor=statistics.median(result.processor for result in results),
        peak=int(statistics.median(result.peak for result in results)),
    )


def _run(arguments: Sequence[str], folder: Path) -> Measurement:
    """Measure one process; wait4 tells the figures of this child alone, unlike getrusage."""
    log = folder / ".benchmark-errors"
    with log.open("wb") as errors:
        started = time.perf_counter()
        child = subprocess.Popen(arguments, cwd=folder, stdout=subprocess.DEVNULL, stderr=errors)
        _, status, usage = os.wait4(child.pid, 0)
        seconds = time.perf_counter() - started
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 0:
        told = log.read_text(encoding="utf-8", errors="replace")[-_TOLD:]
        raise RuntimeError(f"{' '.join(arguments)} ended with {child.returncode}\n{told}")
    # Linux counts in kibibytes, macOS in bytes.
    unit = 1 if sys.platform == "darwin" else _KIBIBYTE
    processor = usage.ru_utime + usage.ru_stime
    return Measurement(seconds=seconds, processor=processor, peak=usage.ru_maxrss * unit)
