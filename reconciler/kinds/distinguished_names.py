"""
Distinguished names: splitting, comparing and nesting them.

AD compares them without regard to case (declarative-provisioning.md 1.3). Whether a name exists is
the directory's knowledge.
"""

from __future__ import annotations

import re
from functools import lru_cache

_HEX_PAIR = re.compile(r"\\([0-9A-Fa-f]{2})")
_TYPE = re.compile(r"[A-Za-z][A-Za-z0-9-]*|\d+(\.\d+)*")
_SPECIAL = ',+"\\<>;='
_BLANK = " "  # the one blank that RFC 4514 lets stand around parts


class MalformedNameError(ValueError):
    """A text that is no distinguished name; the message says which part is wrong."""


@lru_cache(maxsize=65536)
def parse_dn(text: str) -> tuple[tuple[str, str], ...]:
    r"""
    Return the parts of a DN, most specific first, as (type, value) with escapes resolved.

    Raises MalformedNameError.

    >>> parse_dn(r"OU=R\, D,DC=contoso")
    (('OU', 'R, D'), ('DC', 'contoso'))
    """
    if not text.strip(_BLANK):
        raise MalformedNameError("an empty name")
    return tuple(_component(part) for part in _split(text))


@lru_cache(maxsize=65536)
def normal_dn(text: str) -> str:
    """
    Return one spelling for all spellings of a DN; a text that is none comes back lower-cased.

    >>> normal_dn("ou=Employees, DC=Contoso,DC=com")
    'ou=employees,dc=contoso,dc=com'
    """
    try:
        parts = parse_dn(text)
    except MalformedNameError:
        return text.strip(_BLANK).casefold()
    return ",".join(f"{type_.lower()}={_escaped(value.casefold())}" for type_, value in parts)


def tidy_dn(text: str) -> str:
    """
    Return a DN as the vendor writes one, values kept; a text that is none comes back as it is.

    >>> tidy_dn("ou=Employees, dc=contoso, dc=com")
    'OU=Employees,DC=contoso,DC=com'
    """
    try:
        parts = parse_dn(text)
    except MalformedNameError:
        return text
    return ",".join(f"{type_.upper()}={_escaped(value)}" for type_, value in parts)


def is_within(name: str, ancestor: str) -> bool:
    """Tell whether `name` is `ancestor` or stands below it."""
    below, above = normal_dn(name), normal_dn(ancestor)
    return below == above or below.endswith("," + above)


def domain_dn(domain: str) -> str:
    """
    Return the DN of a DNS domain.

    >>> domain_dn("corp.contoso.com")
    'DC=corp,DC=contoso,DC=com'
    """
    return ",".join(f"DC={label}" for label in domain.split("."))


def relative_to(name: str, root: str) -> str:
    """Return the DN without its root, as people write OUs; the whole DN where it is not below."""
    if not is_within(name, root) or normal_dn(name) == normal_dn(root):
        return name
    parts = _split(name)
    return ",".join(_stripped(part) for part in parts[: len(parts) - len(parse_dn(root))])


def absolute(name: str, root: str) -> str:
    """Return the full DN of a name that may be relative to `root`."""
    return name if is_within(name, root) or _has_domain(name) else f"{name},{root}"


def _has_domain(name: str) -> bool:
    try:
        return any(type_.upper() == "DC" for type_, _ in parse_dn(name))
    except MalformedNameError:
        return False


def _split(text: str) -> list[str]:
    parts, current, is_quoted, position = [], "", False, 0
    while position < len(text):
        character = text[position]
        if character == "\\":
            current += text[position : position + 2]
            position += 2
            continue
        if character == '"':
            is_quoted = not is_quoted
        if character in ",;" and not is_quoted:
            parts.append(current)
            current = ""
        else:
            current += character
        position += 1
    return [*parts, current]


def _component(part: str) -> tuple[str, str]:
    type_, separator, value = part.partition("=")
    type_, value = type_.strip(_BLANK), _stripped(value)
    if not separator:
        raise MalformedNameError(f'"{part.strip(_BLANK)}" has no "="')
    if not _TYPE.fullmatch(type_):
        raise MalformedNameError(f'"{type_}" is no attribute type such as OU, CN or DC')
    if not value:
        raise MalformedNameError(f'"{part.strip(_BLANK)}" has no value')
    return type_, _unescaped(value)


def _stripped(text: str) -> str:
    r"""Take off the blanks around a text, but not one that a backslash makes part of it."""
    bare = text.strip(_BLANK)
    escapes = len(bare) - len(bare.rstrip("\\"))
    return bare + _BLANK if escapes % 2 and text.endswith(_BLANK) else bare


def _unescaped(value: str) -> str:
    r"""Resolve `\,` and hexadecimal pairs, which are octets of UTF-8 (RFC 4514)."""
    if len(value) > 1 and value[0] == value[-1] == '"':
        value = value[1:-1]
    if "\\" not in value:
        return value
    octets, position = bytearray(), 0
    while position < len(value):
        pair = _HEX_PAIR.match(value, position)
        if pair:
            octets.append(int(pair[1], 16))
            position = pair.end()
            continue
        if value[position] == "\\":
            position += 1
        octets += value[position : position + 1].encode("utf-8", "surrogatepass")
        position += 1
    return octets.decode("utf-8", "replace")


def _escaped(value: str) -> str:
    inner = "".join(f"\\{character}" if character in _SPECIAL else character for character in value)
    if value.startswith(_BLANK):
        inner = "\\" + inner
    return inner[:-1] + "\\" + _BLANK if len(value) > 1 and value.endswith(_BLANK) else inner
