"""What the product refused while a section was read; the bridge lists it beside the sections."""

from __future__ import annotations

from dataclasses import dataclass

from reconciler.model.findings import quoted


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A section, or a part of it that `target` names, and the product's own words."""

    section: str
    target: str
    text: str

    @property
    def note(self) -> str:
        """Return what a coverage says of it."""
        return f"the product refused it: {quoted(self.text)}"


def refusals_in(value: object) -> list[Refused]:
    """Return the refusals of an answer; what is no refusal by its shape is left out."""
    items = value if isinstance(value, list) else []
    return [
        Refused(
            section=_text(item, "section"), target=_text(item, "target"), text=_text(item, "text")
        )
        for item in items
        if isinstance(item, dict) and _text(item, "section")
    ]


def _text(item: dict[str, object], name: str) -> str:
    value = item.get(name)
    return value if isinstance(value, str) else ""
