"""`make docs`: write the generated reference pages again."""

from __future__ import annotations

import sys
from pathlib import Path

from docs.pages.registry import PAGES

REFERENCE = Path(__file__).resolve().parent / "reference"


def main() -> None:
    """Write every page and say which of them changed."""
    REFERENCE.mkdir(exist_ok=True)
    for name, write in PAGES.items():
        path = REFERENCE / name
        text = write()
        is_new = not path.is_file() or path.read_text(encoding="utf-8") != text
        if is_new:
            path.write_text(text, encoding="utf-8", newline="\n")
        sys.stdout.write(f"docs/reference/{name}: {'written' if is_new else 'unchanged'}\n")


if __name__ == "__main__":
    main()
