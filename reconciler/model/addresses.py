"""
Addresses: the stable name of one configured thing, `kind/connector/name`.

Decision A2. Which kinds exist is the registry's knowledge; an address only has their names.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import unquote


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
    return "".join(
        f"%{ord(character):02X}"
        if character in "/%" or ord(character) < 0x20 or ord(character) == 0x7F
        else character
        for character in part
    )
