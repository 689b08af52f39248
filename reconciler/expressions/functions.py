"""
The 89 functions of the expression language: names, argument counts, signatures.

Facts from declarative-provisioning.md, section 3. What a function does is not known here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class Category(StrEnum):
    """The groups in which the functions reference lists them."""

    ATTRIBUTE_ACCESS = "Attribute access"
    CERTIFICATE = "Certificate"
    CONVERSION = "Conversion"
    DATE_AND_TIME = "Date / Time"
    DIRECTORY = "Directory"
    EVALUATION = "Evaluation"
    MATH = "Math"
    MULTI_VALUED = "Multi-valued"
    PROGRAM_FLOW = "Program flow"
    TEXT = "Text"


class Description(StrEnum):
    """Where the vendor describes a function."""

    FUNCTIONS_REFERENCE = "functions reference"
    PROVISIONING_ARTICLE = "declarative provisioning article"
    EXAMPLE_ONLY = "example in an article"
    NOWHERE = "nowhere"


@dataclass(frozen=True, slots=True, kw_only=True)
class Function:
    """One function; `maximum` None means any number, `paired` that arguments come in twos."""

    name: str
    category: Category
    description: Description
    minimum: int
    maximum: int | None
    paired: bool
    signatures: tuple[str, ...]

    @property
    def documented(self) -> bool:
        """Tell whether any page of the vendor mentions the function."""
        return self.description is not Description.NOWHERE

    def accepts(self, count: int) -> bool:
        """Tell whether the function can be called with this number of arguments."""
        if self.paired and count % 2:
            return False
        return self.minimum <= count and (self.maximum is None or count <= self.maximum)


# One line for each way to call a function. Types as in declarative-provisioning.md 2.2.
_SIGNATURES = {
    Category.ATTRIBUTE_ACCESS: """
        var ImportedValue(str attributeName)
        num ValueCount(str attributeName)
    """,
    Category.CERTIFICATE: """
        mvstr CertExtensionOids(bin certificateRawData)
        str CertFormat(bin certificateRawData)
        str CertFriendlyName(bin certificateRawData)
        str CertHashString(bin certificateRawData)
        str CertIssuer(bin certificateRawData)
        str CertIssuerDN(bin certificateRawData)
        str CertIssuerOid(bin certificateRawData)
        str CertKeyAlgorithm(bin certificateRawData)
        str CertKeyAlgorithmParams(bin certificateRawData)
        str CertNameInfo(bin certificateRawData, str x509NameType, bool includesIssuerName)
        dt CertNotAfter(bin certificateRawData)
        dt CertNotBefore(bin certificateRawData)
        str CertPublicKeyOid(bin certificateRawData)
        str CertPublicKeyParametersOid(bin certificateRawData)
        str CertSerialNumber(bin certificateRawData)
        str CertSignatureAlgorithmOid(bin certificateRawData)
        str CertSubject(bin certificateRawData)
        str CertSubjectNameDN(bin certificateRawData)
        str CertSubjectNameOid(bin certificateRawData)
        str CertThumbprint(bin certificateRawData)
        str CertVersion(bin certificateRawData)
        bool IsCert(bin certificateRawData)
        bin Thumbprint(bin value)
    """,
    Category.CONVERSION: """
        bin CBin(num value, num size)
        bool CBool(exp expression)
        dt CDate(str value)
        bin CGuid(str guid)
        num CNum(str value)
        str ConvertFromBase64(str source)
        str ConvertFromBase64(str source, enum encoding)
        str ConvertFromUTF8Hex(str source)
        str ConvertToBase64(str source)
        str ConvertToBase64(bin source)
        str ConvertToUTF8Hex(str source)
        ref CRef(str value)
        str CStr(num value)
        str CStr(ref value)
        str CStr(bool value)
        str StringFromGuid(bin guid)
        str StringFromSid(bin sid)
    """,
    Category.DATE_AND_TIME: """
        dt DateAdd(str interval, num value, dt date)
        dt DateFromNum(num value)
        str FormatDateTime(dt value, str format)
        dt Now()
        num NumFromDate(dt value)
    """,
    Category.DIRECTORY: """
        str DNComponent(ref dn, num component)
        str DNComponentRev(ref dn, num component)
        str DNComponentRev(ref dn, num component, enum options)
        str EscapeDNComponent(str value)
    """,
    Category.EVALUATION: """
        bool IsBitSet(num value, num flag)
        bool IsDate(var expression)
        bool IsEmpty(var expression)
        bool IsGuid(str guid)
        bool IsNull(var expression)
        bool IsNullOrEmpty(var expression)
        bool IsNumeric(var expression)
        bool IsPresent(var expression)
        bool IsString(var expression)
    """,
    Category.MATH: """
        num BitAnd(num value1, num value2)
        num BitOr(num value1, num value2)
        num RandomNum(num start, num end)
    """,
    Category.MULTI_VALUED: """
        num Contains(mvstr attribute, str search)
        num Contains(mvstr attribute, str search, enum casetype)
        num Contains(mvref attribute, str search)
        num Count(mvstr attribute)
        var Item(mvstr attribute, num index)
        var ItemOrNull(mvstr attribute, num index)
        str Join(mvstr attribute)
        str Join(mvstr attribute, str delimiter)
        mvstr RemoveDuplicates(mvstr attribute)
        mvstr Split(str value, str delimiter)
        mvstr Split(str value, str delimiter, num limit)
    """,
    Category.PROGRAM_FLOW: """
        void Error(str message)
        var IIF(exp condition, var valueIfTrue, var valueIfFalse)
        mvattr Select(variable item, mvattr attribute, func function)
        mvattr Select(variable item, exp expression, func function)
        var Switch(exp expr1, var value1[, exp expr2, var value2 ...])
        mvattr Where(variable item, mvattr attribute, exp condition)
        mvattr Where(variable item, exp expression, exp condition)
        var With(variable name, exp subExpression, exp complexExpression)
    """,
    Category.TEXT: """
        str Guid()
        num InStr(str stringcheck, str stringmatch)
        num InStr(str stringcheck, str stringmatch, num start)
        num InStr(str stringcheck, str stringmatch, num start, enum compare)
        num InStrRev(str stringcheck, str stringmatch)
        num InStrRev(str stringcheck, str stringmatch, num start)
        num InStrRev(str stringcheck, str stringmatch, num start, enum compare)
        str LCase(str value)
        str Left(str string, num numChars)
        num Len(str value)
        str LTrim(str value)
        str Mid(str string, num start, num numChars)
        str Mid(str string, num start)
        str PadLeft(str string, num length, str padCharacter)
        str PadRight(str string, num length, str padCharacter)
        str PCase(str string)
        str Replace(str string, str oldValue, str newValue)
        str ReplaceChars(str string, str replacePattern)
        str Right(str string, num numChars)
        str RTrim(str value)
        str Trim(str value)
        str UCase(str string)
        str Word(str string, num wordNumber, str delimiters)
    """,
}

_DESCRIBED_ELSEWHERE = {
    "ImportedValue": Description.PROVISIONING_ARTICLE,
    "ValueCount": Description.EXAMPLE_ONLY,
    "CBin": Description.NOWHERE,  # standard rules use it
    "Thumbprint": Description.NOWHERE,  # standard rules use it
}


def _read_table() -> Iterator[Function]:
    for category, lines in _SIGNATURES.items():
        ways: dict[str, list[str]] = {}
        for line in lines.split("\n"):
            signature = line.strip()
            if signature:
                ways.setdefault(_name(signature), []).append(signature)
        for name, signatures in ways.items():
            yield _function(name, category=category, signatures=tuple(signatures))


def _function(name: str, *, category: Category, signatures: tuple[str, ...]) -> Function:
    counts = [_count(signature) for signature in signatures]
    repeats = any("..." in signature for signature in signatures)
    return Function(
        name=name,
        category=category,
        description=_DESCRIBED_ELSEWHERE.get(name, Description.FUNCTIONS_REFERENCE),
        minimum=min(counts),
        maximum=None if repeats else max(counts),
        paired=repeats,
        signatures=signatures,
    )


def _name(signature: str) -> str:
    return signature.partition("(")[0].rpartition(" ")[2]


def _count(signature: str) -> int:
    required = signature.partition("(")[2].rstrip(")").partition("[")[0]
    return len(required.split(",")) if required else 0


FUNCTIONS: Mapping[str, Function] = MappingProxyType(
    {function.name: function for function in _read_table()},
)
