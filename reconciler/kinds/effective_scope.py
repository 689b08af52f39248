"""
Who is synchronized under the OU filter of a domain, before and after a change of its lists.

The nearest listed ancestor decides (adsync-server.md 4.5), so the listed names cut the domain into
regions of one state each; how a person makes the change is `wizard_boxes`'.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from reconciler.kinds.distinguished_names import MalformedNameError, parse_dn
from reconciler.model.changes import Risk
from reconciler.model.nodes import Plain

Key = tuple[tuple[str, str], ...]
Listing = Mapping[Key, bool | None]
"""Listed names and whether they are in; None where the lists contradict or leave it open."""

_ROOT = {"included": True, "excluded": False}


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """A listed name with everything below it that no other listed name holds."""

    key: Key
    name: str  # the DN as it is listed
    before: bool | None
    after: bool | None

    @property
    def leaves(self) -> bool:
        """Tell whether somebody here may leave the scope; what is undecided counts as a loss."""
        return self.before is not self.after and self.before is not False and self.after is not True

    @property
    def enters(self) -> bool:
        """Tell whether somebody here may enter the scope."""
        return self.before is not self.after and self.before is not True and self.after is not False

    def holds(self, other: Region) -> bool:
        """Tell whether `other` stands below this one."""
        return len(other.key) > len(self.key) and other.key[-len(self.key) :] == self.key


def regions_of(
    before: Mapping[str, Plain] | None, after: Mapping[str, Plain], root: str
) -> tuple[Region, ...]:
    """
    Return the regions of a domain, each before those below it, in a sorted order.

    Both sides are filters (`include`, `exclude`, `new`) with full DNs; without a side before, the
    domain was not synchronized at all. `root` is the DN of the domain and the first region.
    """
    top = _key(root)
    old = {top: False} if before is None else _listing(before, top)
    new = _listing(after, top)
    names = {_key(name): name for name in (*_names(before or {}), *_names(after))}
    names[top] = root
    ordered = sorted(names, key=lambda key: (key != top, key[::-1]))
    return tuple(
        Region(key=key, name=names[key], before=_state(key, old, top), after=_state(key, new, top))
        for key in ordered
    )


def risk_of(regions: tuple[Region, ...]) -> Risk:
    """Return the risk of a filter change: who leaves weighs more than who enters."""
    if any(region.leaves for region in regions):
        return Risk.SCOPE_SHRINKING
    return Risk.SCOPE_WIDENING if any(region.enters for region in regions) else Risk.COSMETIC


def _listing(fields: Mapping[str, Plain], top: Key) -> Listing:
    included = {_key(name) for name in _texts(fields.get("include"))}
    excluded = {_key(name) for name in _texts(fields.get("exclude"))}
    listed = {key: None if key in excluded else True for key in included}
    return {
        **dict.fromkeys(excluded - included, False),
        **listed,
        top: _ROOT.get(str(fields.get("new"))),
    }


def _state(key: Key, listing: Listing, top: Key) -> bool | None:
    for start in range(len(key)):
        if key[start:] in listing:
            return listing[key[start:]]
    return listing[top]


def _names(fields: Mapping[str, Plain]) -> Iterator[str]:
    yield from _texts(fields.get("include"))
    yield from _texts(fields.get("exclude"))


def _texts(value: Plain) -> list[str]:
    return [str(item) for item in value] if isinstance(value, list) else []


def _key(name: str) -> Key:
    try:
        return tuple((type_.lower(), value.casefold()) for type_, value in parse_dn(name))
    except MalformedNameError:
        return (("", name.strip(" ").casefold()),)
