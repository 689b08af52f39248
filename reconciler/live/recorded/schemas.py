"""
The schema inside a connector or metaverse file, reduced to names, types and flags while it streams.

An AD schema has tens of thousands of elements; no object is built for them. Which attribute belongs
to which class, ranges and content rules are left out (decisions.md B2).
"""

from __future__ import annotations

from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesImpl, Locator

from reconciler.live.recorded.codes import Code
from reconciler.live.recorded.inspection import Inspection
from reconciler.live.recorded.withholding import shown
from reconciler.model.places import Place
from reconciler.model.snapshots import Part, SchemaTree

_LDAP = "1.3.6.1.4.1.1466.115.121.1."  # the arc of RFC 4517
_AD = "1.2.840.113556.1.4."  # the arc of Active Directory's own syntaxes ([MS-ADTS] 3.1.1.2.2.2)
_STRINGS = (11, 15, 22, 24, 26, 36, 38, 41, 43, 44, 50, 51, 52, 53)

TYPES: dict[str, str] = {
    **{f"{_LDAP}{number}": "string" for number in _STRINGS},
    f"{_LDAP}27": "integer",
    f"{_LDAP}7": "boolean",
    f"{_LDAP}12": "reference",  # distinguished name
    f"{_LDAP}5": "binary",
    f"{_LDAP}8": "binary",  # certificate
    f"{_LDAP}9": "binary",  # certificate list
    f"{_LDAP}10": "binary",  # certificate pair
    f"{_LDAP}28": "binary",  # JPEG
    f"{_LDAP}40": "binary",  # octet string, SID
    f"{_AD}903": "reference",  # DN with binary
    f"{_AD}904": "reference",  # DN with string
    f"{_AD}905": "string",  # teletex string
    f"{_AD}906": "integer",  # large integer
    f"{_AD}907": "binary",  # security descriptor
    f"{_AD}1221": "reference",  # OR name
    f"{_AD}1362": "string",  # string with case
}
"""The word for a syntax; another syntax stays visible as `syntax:<oid>`."""


class SchemaReceiver(ContentHandler):
    """Receives the events below one `schema` element and keeps a line for each attribute."""

    def __init__(self, inspection: Inspection, locator: Locator) -> None:
        super().__init__()
        self._inspection = inspection
        self._locator = locator
        self._attributes: dict[str, str] = {}
        self._classes: set[str] = set()
        self._locals: dict[str, str] = {}
        self._owner = ""
        self._flags: dict[str, str] = {}
        self._values: dict[str, str] = {}
        self._text: list[str] | None = None

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: N802 - SAX
        """Remember the attribute or class that begins, or start collecting one of its texts."""
        local = self._local(name)
        if local in {"name", "syntax"}:
            self._text = []
        elif local in {"attribute-type", "class"}:
            self._owner = local
            self._values = {}
            self._flags = {self._local(key): value for key, value in attrs.items()}

    def characters(self, content: str) -> None:
        """Collect the text of a name or a syntax."""
        if self._text is not None:
            self._text.append(content)

    def endElement(self, name: str) -> None:  # noqa: N802 - SAX
        """Keep the attribute or class that is complete."""
        local = self._local(name)
        if self._text is not None and local in {"name", "syntax"}:
            self._values[local] = "".join(self._text).strip()
            self._text = None
        elif self._owner and local == self._owner:
            self._keep()
            self._owner = ""

    def tree(self) -> SchemaTree:
        """Return the schema, sorted by name."""
        return SchemaTree(
            attributes=dict(sorted(self._attributes.items())), classes=sorted(self._classes)
        )

    def _keep(self) -> None:
        name = self._values.get("name", "")
        if not name:
            self._damage(Code.MISSING_VALUE, f"a schema {self._owner} without a name")
        elif self._owner == "class":
            self._classes.add(name)
        elif not self._values.get("syntax"):
            self._damage(Code.MISSING_VALUE, f"schema attribute {shown(name)} without a syntax")
        elif name in self._attributes:
            self._damage(Code.REPEATED, f"schema attribute {shown(name)} a second time")
        else:
            self._attributes[name] = self._words()

    def _words(self) -> str:
        syntax = self._values["syntax"]
        words = [TYPES.get(syntax) or f"syntax:{syntax}"]
        if self._flags.get("single-value") != "true":
            words.append("multi")
        if self._flags.get("indexable") == "true":
            words.append("indexable")
        if self._flags.get("user-modification") == "false":
            words.append("read-only")
        if self._flags.get("export-only") == "true":
            words.append("export-only")
        return " ".join(words)

    def _local(self, name: str) -> str:
        local = self._locals.get(name)
        if local is None:
            local = self._locals[name] = name.rpartition(":")[2]
        return local

    def _damage(self, code: Code, what: str) -> None:
        line, column = self._locator.getLineNumber() or 0, self._locator.getColumnNumber() or 0
        self._inspection.damage(
            code,
            what,
            place=Place(self._inspection.file, line, column + 1, "schema"),
            parts=(Part.SCHEMAS,),
        )
