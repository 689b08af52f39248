"""
What never enters a snapshot: secrets, and noise that changes without anybody changing anything.

decisions.md B2. Everything that is not named here is kept, in the tree or as a raw leaf.
"""

from __future__ import annotations

import re

from reconciler.live.recorded.elements import Element

NOISE: dict[str, frozenset[str]] = {
    "synchronizationRule": frozenset({"internal-id", "version"}),
    "mv-data": frozenset({"format-version", "version"}),
    "ma-data": frozenset(
        {
            "creation-time",
            "format-version",
            "internal-version",
            "last-modification-time",
            "version",
        }
    ),
    "partition": frozenset({"creation-time", "id", "last-modification-time", "version"}),
    "run-configuration": frozenset({"id", "version"}),
    "aad-password-reset-config": frozenset({"modified-timestamp"}),
}
"""By the element above: counters, times, and identifiers that every server invents for itself."""

NOISE_ANYWHERE = frozenset({"cookie", "JoinHash", "join-hash", "last-dc", "water-mark"})
"""How far the last import came, where it read, and hashes of what the tree holds."""

NOISE_PARAMETERS = frozenset({"cookie", "last-dc", "Microsoft.Synchronize.NextStartTime"})

SECRET_ELEMENTS = frozenset({"encrypted-attributes"})

_SECRET_NAME = re.compile(r"(password|passphrase|secret|privatekey|token|credentials?)$")
_SEPARATORS = re.compile(r"[^0-9a-z]+")


def is_noise(element: Element) -> bool:
    """Tell whether the element, with all that is below it, is noise."""
    if element.tag in NOISE_ANYWHERE:
        return True
    if element.tag == "parameter":
        return element.attributes.get("name") in NOISE_PARAMETERS
    holder = element.parent.tag if element.parent else ""
    return element.tag in NOISE.get(holder, frozenset())


def is_secret(element: Element) -> bool:
    """Tell whether the element may hold a secret: encrypted, or called like one."""
    attributes = element.attributes
    if attributes.get("encrypted", "0").strip().lower() not in {"", "0", "false"}:
        return True
    if attributes.get("type", "").startswith("encrypted"):
        return True
    if element.tag in SECRET_ELEMENTS or is_secret_name(element.tag):
        return True
    if element.tag == "parameter":
        return is_secret_name(attributes.get("name", ""))
    return element.tag == "default-value" and _describes_secret(element.parent)


def is_secret_name(name: str) -> bool:
    """
    Tell whether a value of this name would be a secret.

    >>> is_secret_name("Client-Secret"), is_secret_name("password-sync")
    (True, False)
    """
    return bool(_SECRET_NAME.search(_SEPARATORS.sub("", name.lower())))


def _describes_secret(definition: Element | None) -> bool:
    kind = definition.first("type") if definition else None
    return kind is not None and kind.text.startswith("encrypted")
