"""
Where a text stood: file, line and column, or an element of a source.

Findings and nodes carry places; turning one into an editor's range is left to the reports.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """
    A position in a file; lines and columns count from 1, 0 means "the file as a whole".

    `file` is relative to the tree that was read, with forward slashes. `element` is the path of an
    XML element or JSON member where the file is a source and not a document.
    """

    file: str
    line: int = 0
    column: int = 0
    element: str = ""

    def __str__(self) -> str:
        """Return `file:line:column (element)`, each part only where it is known."""
        text = self.file
        if self.line:
            text += f":{self.line}"
            if self.column:
                text += f":{self.column}"
        return f"{text} ({self.element})" if self.element else text

    def shifted(self, columns: int) -> Place:
        """Return the place `columns` characters further on the same line."""
        return Place(self.file, self.line, self.column + columns, self.element)
