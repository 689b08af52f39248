"""
Addresses: the stable name of one configured thing, `kind/connector/name`.

Decision A2. Which kinds exist is the registry's knowledge; an address only has their names.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import unquote

_RESERVED = re.compile(r"[/%\x00-\x1f\x7f-\x9f]")


@dataclass(frozen=True, slots=True, order=True)
class Address:
    """
    `kind`, `kind/name` or `kind/connector/name`; text parts may hold any character.

    >>> str(Address("sync-rule", "corp", "In/Out 100%"))
    'sync-rule/corp/In%2FOut 100%25'
    """

    kind: str
    connector: str = ""
    name: str = ""

    def __str__(self) -> str:
        """Return the address as text; `/`, `%` and control characters are percent-encoded."""
        parts = (self.kind, self.connector, self.name)
        return "/".join(_encoded(part) for part in parts if part)


def parse_address(text: str) -> Address:
    """
    Return the address that prints as `text`; two parts are kind and connector.

    Raises ValueError where a part is empty or there are more than three.

    >>> parse_address("domain/corp/emea.corp.contoso.com").name
    'emea.corp.contoso.com'
    """
    parts = text.split("/")
    if not 1 <= len(parts) <= 3 or not all(parts):
        raise ValueError(text)
    return Address(*(unquote(part) for part in parts))


def _encoded(part: str) -> str:
    return _RESERVED.sub(_percent, part)


def _percent(found: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in found.group().encode("utf-8"))
