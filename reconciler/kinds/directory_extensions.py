"""Directory extension attributes as the server lists them (adsync-server.md 6.5)."""

from __future__ import annotations

from typing import ClassVar

from reconciler.kinds.comparison import exact_members
from reconciler.kinds.kind import Draft, World
from reconciler.kinds.observed_features import OPTIONAL_FEATURES, ObservedFeature
from reconciler.kinds.server_settings import VALUE, parameter
from reconciler.model.changes import Risk
from reconciler.model.nodes import Plain
from reconciler.model.snapshots import Server

_LIST = "Microsoft.OptionalFeature.DirectoryExtensionAttributes"


class DirectoryExtensions(ObservedFeature):
    """Entries `<name>.<class>.<type>.<flag>`; what the flag means is uncertain (6.5)."""

    name = "directory-extensions"
    title = "directory extensions"
    slot = ("observed_features", "directory_extensions")
    fields: ClassVar = {VALUE: exact_members}
    global_parameters = (_LIST,)

    def value_of(self, server: Server) -> Plain:
        """Return the entries, sorted; None where the server has no such list."""
        text = parameter(server, _LIST)
        if text is None:
            return None
        return [*sorted(entry.strip() for entry in text.split(",") if entry.strip())]

    def risk(self, draft: Draft) -> Risk:
        """Judge: the wizard creates or removes rules and tenant attributes with them."""
        return Risk.BEHAVIOUR

    def instructions(self, draft: Draft, world: World) -> tuple[str, ...]:
        """Return the wizard's page; managing them otherwise is not supported."""
        lines = [f"{OPTIONAL_FEATURES} → Directory extension attribute sync:"]
        for change in draft.fields:
            verb = "add" if change.before is None else "remove"
            lines.append(f"{verb} {change.after or change.before}")
        return tuple(lines)
