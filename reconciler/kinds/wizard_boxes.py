"""
An OU filter as boxes of the wizard: which to click, in which order, and who leaves or enters.

A click on a box reaches everything below it, so a box is named before those below it, and those
below only where they are to differ. Who is in the scope is `effective_scope`'s.
"""

from __future__ import annotations

from collections.abc import Iterator

from reconciler.kinds.effective_scope import Region

REDUNDANT = (
    "no box changes: the entries that come or go are redundant and the same objects are "
    "synchronized as before; write the server's lists into git (`reconciler import`)"
)


def box_steps(regions: tuple[Region, ...], domain: str, *, is_new: bool) -> tuple[str, ...]:
    """
    Return the clicks for a filter change, then a line for each region that leaves or enters.

    `is_new` says that the domain is selected by the same visit, which selects everything in it.
    """
    clicked = [*_clicks(regions, is_new=is_new)]
    if not clicked and not any(region.leaves or region.enters for region in regions):
        return (REDUNDANT,)
    return (
        *(_click(region, regions, domain) for region in clicked),
        *_effects(regions, domain),
    )


def _clicks(regions: tuple[Region, ...], *, is_new: bool) -> Iterator[Region]:
    """Yield the regions whose box shows something else once those above were clicked."""
    above: list[tuple[Region, bool | None]] = []
    for region in regions:
        while above and not above[-1][0].holds(region):
            above.pop()
        there = above[-1][1] if above else None
        shown = there if there is not None else (True if is_new else region.before)
        if shown is not region.after:
            yield region
            above.append((region, region.after))


def _click(region: Region, regions: tuple[Region, ...], domain: str) -> str:
    is_root = region is regions[0]
    name = domain if is_root else region.name
    later = "organizational units created later" + ("" if is_root else " in it")
    if region.after is None:
        return f"{name}: the lists of git leave it open, which no box of the wizard can say"
    below = [other for other in regions if region.holds(other)]
    if region.after:
        parts = [other for other in below if other.after is False]
        mark = "grey with a check mark, as parts of it stay out" if parts else "checked"
        return f"select {name} ({mark}): {later} are synchronized too"
    if is_root or any(other.after for other in below):
        return (
            f"click {name} until it is empty (white, no check mark): then only what is selected "
            f"below is synchronized, and {later} are not"
        )
    return f"clear {name}"


def _effects(regions: tuple[Region, ...], domain: str) -> Iterator[str]:
    told: Region | None = None  # the last region that was told with all that is below it
    for region in regions:
        if (told and told.holds(region)) or not (region.leaves or region.enters):
            continue
        below = [other for other in regions if region.holds(other)]
        is_whole = all(_verdict(other) == _verdict(region) for other in below)
        told = region if is_whole else told
        name = domain if region is regions[0] else region.name
        rest = "" if is_whole else " that is not listed"
        verb = "leaves" if region.leaves else "enters"
        yield f"everything of {name}{rest} {verb} the scope"


def _verdict(region: Region) -> tuple[bool, bool]:
    return region.leaves, region.enters
