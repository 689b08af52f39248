"""
Bytes of an exported XML file to elements with places, without entities, DTDs or anything external.

The schema is reduced while it streams (`schemas`); every other element is kept for the decoders.
"""

from __future__ import annotations

from dataclasses import dataclass
from xml.sax import SAXParseException
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesImpl

from defusedxml.common import DefusedXmlException
from defusedxml.expatreader import DefusedExpatParser

from reconciler.live.recorded.codes import Code
from reconciler.live.recorded.elements import Element
from reconciler.live.recorded.inspection import Inspection
from reconciler.live.recorded.schemas import SchemaReceiver
from reconciler.live.recorded.withholding import shown
from reconciler.live.recorded.words import with_line_feeds
from reconciler.model.places import Place
from reconciler.model.snapshots import Part, SchemaTree

DEEPEST = 40
"""Levels of elements outside the schema; a real export has about ten."""

MOST_ELEMENTS = 1_000_000
"""Elements of one file outside the schema; a real export has a few thousand."""

_ENDS_EARLY = frozenset({"no element found", "partial character", "unclosed token"})
_SCHEMA_HOLDERS = frozenset({"ma-data", "mv-data"})


@dataclass(frozen=True, slots=True, kw_only=True)
class XmlDocument:
    """The root element and, where the file holds one, the reduced schema."""

    root: Element
    schema: SchemaTree | None


class _TooComplexError(Exception):
    pass


class _ElementReceiver(ContentHandler):
    """Builds elements; hands the events below the schema over."""

    def __init__(self, inspection: Inspection, parser: DefusedExpatParser) -> None:
        super().__init__()
        self.roots: list[Element] = []  # exactly one once the parser is content
        self.schema: SchemaReceiver | None = None
        self._inspection = inspection
        self._parser = parser
        self._open: list[Element] = []
        self._texts: list[list[str]] = []
        self._count = 0
        self._schema_depth = 0

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: N802 - SAX
        if self.schema and self._schema_depth:
            self._schema_depth += name == "schema"
            self.schema.startElement(name, attrs)
            return
        self._count += 1
        if len(self._open) >= DEEPEST or self._count > MOST_ELEMENTS:
            raise _TooComplexError
        self._begin(name, attrs)
        if name == "schema" and self.schema is None and self._stands_below(_SCHEMA_HOLDERS):
            self.schema = SchemaReceiver(self._inspection, self._parser)
            self._schema_depth = 1

    def characters(self, content: str) -> None:
        if self.schema and self._schema_depth:
            self.schema.characters(content)
        else:
            self._texts[-1].append(content)

    def endElement(self, name: str) -> None:  # noqa: N802 - SAX
        if self.schema and self._schema_depth:
            self._schema_depth -= name == "schema"
            if self._schema_depth:
                self.schema.endElement(name)
                return
        element = self._open.pop()
        element.text = "".join(self._texts.pop())

    def _stands_below(self, tags: frozenset[str]) -> bool:
        return len(self._open) > 1 and self._open[-2].tag in tags

    def _begin(self, name: str, attrs: AttributesImpl) -> None:
        parent = self._open[-1] if self._open else None
        element = Element(
            name,
            {key: with_line_feeds(value) for key, value in attrs.items() if not _declares(key)},
            parent=parent,
            line=self._parser.getLineNumber() or 0,
            column=(self._parser.getColumnNumber() or 0) + 1,
        )
        (parent.children if parent else self.roots).append(element)
        self._open.append(element)
        self._texts.append([])


def read_xml(data: bytes, inspection: Inspection, *, parts: tuple[Part, ...]) -> XmlDocument | None:
    """Return the document, or None after reporting why it cannot be read."""
    parser = DefusedExpatParser(forbid_dtd=True)
    handler = _ElementReceiver(inspection, parser)
    parser.setContentHandler(handler)
    try:
        parser.feed(data)
        parser.close()
    except SAXParseException as error:
        _not_xml(data, error, inspection=inspection, parts=parts)
        return None
    except DefusedXmlException:
        inspection.damage(
            Code.DECLARATIONS,
            "a document type or entity declaration",
            place=_here(parser, inspection.file),
            expected="plain XML as the export writes it, without declarations",
            parts=parts,
        )
        return None
    except _TooComplexError:
        inspection.damage(
            Code.TOO_COMPLEX,
            "more elements, or more levels of them, than any export has",
            place=_here(parser, inspection.file),
            expected=f"at most {DEEPEST} levels and {MOST_ELEMENTS} elements",
            parts=parts,
        )
        return None
    except (LookupError, ValueError):
        # the parser asks Python's codecs about encodings that it does not know itself
        inspection.damage(
            Code.NOT_XML,
            "an encoding that cannot be read",
            place=Place(inspection.file, 1, 1),
            expected="UTF-8 or UTF-16",
            parts=parts,
        )
        return None
    schema = handler.schema.tree() if handler.schema else None
    return XmlDocument(root=handler.roots[0], schema=schema)


def require_root(
    document: XmlDocument, tag: str, inspection: Inspection, *, parts: tuple[Part, ...]
) -> bool:
    """Tell whether the root is the expected one; another one is damage."""
    if document.root.tag == tag:
        return True
    inspection.damage(
        Code.WRONG_ROOT,
        f"the root element is {shown(document.root.tag)}",
        place=document.root.place(inspection.file),
        expected=f"a file of this folder begins with <{tag}>",
        parts=parts,
    )
    return False


def _not_xml(
    data: bytes, error: SAXParseException, *, inspection: Inspection, parts: tuple[Part, ...]
) -> None:
    place = Place(inspection.file, error.getLineNumber() or 0, (error.getColumnNumber() or 0) + 1)
    wrong = None if _states_encoding(data) else _first_wrong_byte(data)
    if wrong is not None:
        what = f"byte 0x{data[wrong]:02X} is not UTF-8, and the file states no other encoding"
        line_start = data.rfind(b"\n", 0, wrong) + 1
        column = len(data[line_start:wrong].decode("utf-8", "replace")) + 1
        place = Place(inspection.file, data.count(b"\n", 0, wrong) + 1, column)
    elif error.getMessage() in _ENDS_EARLY:
        what = "the file ends before its last element does"
    else:
        what = f"not well-formed XML: {error.getMessage()}"
    inspection.damage(
        Code.NOT_XML,
        what,
        place=place,
        expected="a complete XML file as the export wrote it",
        parts=parts,
    )


def _states_encoding(data: bytes) -> bool:
    head = data[:200]
    return head.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in head or b"encoding" in head


def _first_wrong_byte(data: bytes) -> int | None:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start
    return None


def _here(parser: DefusedExpatParser, file: str) -> Place:
    return Place(file, parser.getLineNumber() or 0, (parser.getColumnNumber() or 0) + 1)


def _declares(attribute: str) -> bool:
    return attribute == "xmlns" or attribute.startswith("xmlns:")
