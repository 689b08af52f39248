"""
What never enters a snapshot: what is encrypted, and noise that nobody changes.

decisions.md B2. Everything else is kept, in the tree or as a raw leaf, unless `withholding` takes
it for a secret.
"""

from __future__ import annotations

from reconciler.live.recorded.elements import Element
from reconciler.model.secret_shapes import names_secret

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


def is_noise(element: Element) -> bool:
    """Tell whether the element, with all that is below it, is noise."""
    if element.tag in NOISE_ANYWHERE:
        return True
    if element.tag == "parameter":
        return element.attributes.get("name") in NOISE_PARAMETERS
    holder = element.parent.tag if element.parent else ""
    return element.tag in NOISE.get(holder, frozenset())


def is_encrypted(element: Element) -> bool:
    """Tell whether the element holds what the product itself treats as a secret."""
    attributes = element.attributes
    if attributes.get("encrypted", "0").strip().lower() not in {"", "0", "false"}:
        return True
    if attributes.get("type", "").startswith("encrypted"):
        return True
    if element.tag in SECRET_ELEMENTS:
        return True
    return element.tag == "default-value" and _describes_secret(element.parent)


def is_secret_name(name: str) -> bool:
    """
    Tell whether a value of this name would be a secret.

    >>> is_secret_name("Client-Secret"), is_secret_name("password-sync")
    (True, False)
    """
    return names_secret(name)


def _describes_secret(definition: Element | None) -> bool:
    kind = definition.first("type") if definition else None
    return kind is not None and kind.text.startswith("encrypted")
