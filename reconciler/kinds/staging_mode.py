"""Whether a server is active or staging; only the wizard changes it (adsync-server.md 6.8)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from reconciler.kinds.comparison import exact
from reconciler.kinds.kind import Draft, Kind, Presence, World, Written
from reconciler.kinds.naming import Naming
from reconciler.kinds.server_settings import flag, parameter
from reconciler.model.addresses import Address
from reconciler.model.changes import Risk, Support
from reconciler.model.estates import DocumentType, Estate
from reconciler.model.resources import Reading, Resource
from reconciler.model.snapshots import Part, Server, State

_PARAMETER = "Microsoft.Synchronize.StagingMode"
_PAGE = "Microsoft Entra Connect → Configure → Configure staging mode"


class StagingMode(Kind):
    """The role that `environment.yaml` gives the server, against the server's own flag."""

    name = "staging-mode"
    title = "staging mode"
    document = DocumentType.ENVIRONMENT
    slot = ("servers", "*", "role")
    parts = (Part.GLOBAL_SETTINGS,)
    fields: ClassVar = {"role": exact}
    support = Support.MANUAL
    global_parameters = (_PARAMETER,)
    only_desired = Presence.NOTHING  # a role is declared for its own sake
    rank = 95

    def declared(self, estate: Estate, server: str) -> Iterator[Resource]:
        """Yield the role of the one server."""
        document = estate.only(self.document)
        node = document.root.at("servers", server, "role") if document else None
        if node is not None:
            yield Resource(
                address=Address(self.name),
                name=self.title,
                fields={"role": node.plain()},
                place=node.place,
            )

    def read(self, server: Server, naming: Naming) -> Reading:
        """Return the role that the server believes to have."""
        is_staging = flag(parameter(server, _PARAMETER))
        if is_staging is None:
            return Reading(state=State.ABSENT, note="the source has no staging flag")
        role = "staging" if is_staging else "active"
        resource = Resource(address=Address(self.name), name=self.title, fields={"role": role})
        return Reading(resources=(resource,))

    def written(self, resource: Resource, world: World) -> Written | None:
        """Write nothing: a role is a decision; `import` sets it once for a new environment."""
        return None

    def risk(self, draft: Draft) -> Risk:
        """Judge: a second active server for one tenant is unsupported and exports twice."""
        return Risk.DESTRUCTIVE

    def instructions(self, draft: Draft, world: World) -> tuple[str, ...]:
        """Return the wizard's steps in the documented order."""
        if draft.after("role") == "active":
            return (
                "switch the old active server to staging first: one tenant has one active server",
                "compare the pending exports of this server (csexport) before it leaves staging",
                f'{_PAGE}: clear "Enable staging mode"',
            )
        return (
            "make sure that no export is running",
            f'{_PAGE}: select "Enable staging mode"',
        )
