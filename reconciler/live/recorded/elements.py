"""
Elements of an exported XML file, with their places and a note of what was already used.

Decoders take what they understand, `leaves` keeps the rest; what elements mean is not known here.
"""

from __future__ import annotations

from collections.abc import Iterator

from reconciler.model.places import Place


class Element:
    """
    An element under construction, then under decoding: mutable, and private to one file's reading.

    `is_taken` says that the text has found its place in the tree, `taken_attributes` the same for
    attributes. Lines and columns count from 1.
    """

    __slots__ = (
        "attributes",
        "children",
        "column",
        "is_taken",
        "line",
        "parent",
        "tag",
        "taken_attributes",
        "text",
    )

    def __init__(
        self,
        tag: str,
        attributes: dict[str, str],
        *,
        parent: Element | None,
        line: int,
        column: int,
    ) -> None:
        self.tag = tag
        self.attributes = attributes
        self.parent = parent
        self.line = line
        self.column = column
        self.text = ""
        self.children: list[Element] = []
        self.is_taken = False
        self.taken_attributes: set[str] = set()

    def all(self, tag: str) -> Iterator[Element]:
        """Yield the children called `tag`, in the order of the file."""
        return (child for child in self.children if child.tag == tag)

    def first(self, tag: str) -> Element | None:
        """Return the first child called `tag`, or None."""
        return next(self.all(tag), None)

    def take(self) -> str:
        """Return the text and note that it was used."""
        self.is_taken = True
        return self.text

    def take_attribute(self, name: str) -> str | None:
        """Return the attribute's value and note that it was used, or None where there is none."""
        self.taken_attributes.add(name)
        return self.attributes.get(name)

    def path(self) -> str:
        """Return the path from the root, numbered where siblings share a tag."""
        steps: list[str] = []
        element: Element | None = self
        while element is not None:
            steps.append(element.tag + _number(element))
            element = element.parent
        return "/" + "/".join(reversed(steps))

    def place(self, file: str) -> Place:
        """Return where the element begins."""
        return Place(file, self.line, self.column, self.path())


def _number(element: Element) -> str:
    siblings = list(element.parent.all(element.tag)) if element.parent else []
    return f"[{siblings.index(element) + 1}]" if len(siblings) > 1 else ""
