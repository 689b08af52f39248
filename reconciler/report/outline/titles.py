"""What things are called in a title: the kind's own noun and the name that people gave."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from reconciler.kinds.registry import KINDS
from reconciler.model.addresses import Address
from reconciler.report.visible import in_quotes, visible


def noun_of(kind: str) -> str:
    """Return what a kind calls its things; a kind that is not known here by its own name."""
    known = KINDS.get(kind)
    return known.title if known else visible(kind.replace("-", " "), longest=40)


def title_of(address: Address, name: str) -> str:
    """
    Return the title of a thing.

    >>> title_of(Address("sync-rule", "corp", "Payroll"), "Payroll")
    'rule "Payroll"'
    >>> title_of(Address("group-filter", "corp"), "group filter of corp")
    'group filter of corp'
    """
    noun = noun_of(address.kind)
    if name == noun or name.startswith(f"{noun} of "):
        return visible(name, longest=120)
    return f"{noun} {in_quotes(name)}"


def titles_of(things: Iterable[tuple[Address, str]]) -> dict[Address, str]:
    """Return a title for each thing; where two are called the same, their connectors are told."""
    titles = {address: title_of(address, name) for address, name in things}
    count = Counter(titles.values())
    return {
        address: _on_connector(title, address) if count[title] > 1 else title
        for address, title in titles.items()
    }


def address_title(address: Address) -> str:
    """Return the title of a thing of which only the address is known."""
    return title_of(address, address.name or address.connector or noun_of(address.kind))


def _on_connector(title: str, address: Address) -> str:
    if not address.connector:
        return title
    return f"{title} on {visible(address.connector, longest=40)}"
