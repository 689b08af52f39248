"""
`make bench`: a table of timings, each beside its target. Nothing here is a test.

The estate is a real exported configuration where one lies beside the checkout, otherwise the
example estate.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path

from benchmarks.suite import Suite
from benchmarks.tables import table

_ROOT = Path(__file__).resolve().parents[1]
_CONTOSO = _ROOT.parent / "shared" / "data" / "contoso-export"
_EXAMPLE = _ROOT / "desired-state" / "prod" / "export" / "sync01"


def main() -> None:
    """Measure everything and print the table."""
    options = _options()
    export: Path = options.export.resolve()
    with tempfile.TemporaryDirectory(prefix="reconciler-bench-") as folder:
        suite = Suite(export, Path(folder), runs=options.runs, tell=_tell)
        rows = [*suite.commands(), *([] if options.quick else suite.growth())]
        rows.extend(suite.neighbours())
    print(f"medians of {options.runs} runs over {export.name}, each a new process")
    print(_busy(), table(rows), sep="\n", end="")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--runs", type=int, default=5, help="runs of each command (default: 5)")
    parser.add_argument("--quick", action="store_true", help="leave out the growth of estates")
    parser.add_argument(
        "--export",
        type=Path,
        default=_CONTOSO if _CONTOSO.is_dir() else _EXAMPLE,
        help="folder of an exported configuration",
    )
    return parser.parse_args()


def _busy() -> str:
    """Return a warning where others kept the machine busy, which makes every figure worse."""
    load, processors = os.getloadavg()[1], os.cpu_count() or 1
    if load < processors + 0.5:
        return ""
    return f"the machine was busy: load {load:.1f} on {processors} processors\n"


def _tell(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
