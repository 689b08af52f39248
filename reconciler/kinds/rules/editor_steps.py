"""
How a person creates, changes, replaces or removes a custom rule in the rules editor.

The editor changes neither direction nor object types of a rule (adsync-server.md 5.4) and takes
only a number for precedence; an insertion among the default rules is PowerShell (5.5).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from reconciler.kinds.kind import Draft, World
from reconciler.model.addresses import Address
from reconciler.model.changes import Action
from reconciler.model.nodes import Plain
from reconciler.model.resources import Resource

_EDITOR = "Synchronization Rules Editor"
_LINKS = {
    "provision": "Provision",
    "join": "Join",
    "sticky-join": "StickyJoin",
    "join-no-flow": "JoinNoFlow",
}


def editor_steps(draft: Draft, world: World, *, is_replaced: bool) -> tuple[str, ...]:
    """Return the steps of a change of a custom rule, those of PowerShell after the editor's."""
    if draft.action is Action.DELETE:
        return (_removal(draft),)
    if draft.action is Action.CREATE:
        return (*_addition(draft, world), *_insertion(draft, world))
    if is_replaced:
        return (
            (
                "the editor cannot change direction or object types of a rule: "
                "delete the rule, then add it anew"
            ),
            _removal(draft),
            *_addition(draft, world),
            *_insertion(draft, world),
        )
    inserted = [*_insertion(draft, world)] if "precedence" in draft.paths else []
    if inserted and draft.paths == {"precedence"}:
        return tuple(inserted)
    return (f'{_EDITOR}: Edit "{_old_name(draft)}" and enter these values', *inserted)


def _old_name(draft: Draft) -> str:
    return draft.moved_from.name if draft.moved_from else draft.name


def _removal(draft: Draft) -> str:
    direction = str(_fields(draft.live).get("direction", "")).capitalize()
    page = f"{_EDITOR} → {direction}" if direction else _EDITOR
    return f'{page}: select "{_old_name(draft)}" and Delete'


def _addition(draft: Draft, world: World) -> Iterator[str]:
    fields = _fields(draft.desired)
    direction = str(fields.get("direction", ""))
    ends = [str(fields.get(end, "")) for end in ("source", "target")]
    own, metaverse = ends if direction == "inbound" else reversed(ends)
    link = str(fields.get("link", ""))
    number = fields.get("precedence")
    place = "any free number for now" if isinstance(number, dict) else str(number)
    yield (
        f'{_EDITOR} → {direction.capitalize()}: Add new rule "{draft.name}": '
        f"connected system {world.naming.server_name(draft.address.connector)}, "
        f"connected system object type {own}, metaverse object type {metaverse}, "
        f"link type {_LINKS.get(link, link)}, precedence {place}"
    )
    yield "enter its scoping filter, join rules and transformations as its document has them"


def _insertion(draft: Draft, world: World) -> Iterator[str]:
    wish = _fields(draft.desired).get("precedence")
    if not isinstance(wish, dict):
        return
    anchor, parameter = _anchor(wish, world)
    identifier = anchor.notes.get("identifier", "") if anchor else ""
    shown = (
        f'"{anchor.name}" of {world.naming.server_name(anchor.address.connector)}'
        if anchor
        else str(wish.get("insert_before", "that comes last"))
    )
    yield (
        f'{_EDITOR}: the editor takes only a number for precedence: select "{draft.name}", '
        "Export it to a script, then Delete it"
    )
    yield (
        "in the script make the first command New-ADSyncRule … -Precedence 0 "
        f"-{parameter} {_literal(identifier or f'<identifier of the default rule {shown}>')}, "
        f"which is the default rule {shown}, and run the script in PowerShell"
    )


def _anchor(wish: Mapping[str, Plain], world: World) -> tuple[Resource | None, str]:
    """Return the default rule that the rule is inserted at, and the cmdlet's word for where."""
    reading = world.live["default-rule"]
    if "insert_before" in wish:
        alias, _, tag = str(wish["insert_before"]).partition("/")
        found = reading.by_address().get(Address("default-rule", alias, tag))
        return found, "PrecedenceBefore"
    last = max(reading.resources, key=lambda rule: int(rule.notes["precedence"]), default=None)
    return last, "PrecedenceAfter"


def _fields(resource: Resource | None) -> Mapping[str, Plain]:
    return resource.fields if resource else {}


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
