"""
What the features of a server share that git only expects: a difference is a step for a person.

Decision A11: until the tenant is read, they are expectations under `observed_features` of
`server.yaml`; the vendor changes them only through its wizard or with a person signed in.
"""

from __future__ import annotations

from abc import abstractmethod
from typing import ClassVar

from reconciler.kinds.comparison import Comparison, exact
from reconciler.kinds.kind import Draft, World
from reconciler.kinds.naming import Naming
from reconciler.kinds.server_settings import VALUE, ServerSetting, flag, parameter
from reconciler.model.changes import Support
from reconciler.model.nodes import Plain
from reconciler.model.resources import Reading
from reconciler.model.snapshots import Server

OPTIONAL_FEATURES = (
    "Microsoft Entra Connect → Configure → Customize synchronization options → Optional features"
)


class ObservedFeature(ServerSetting):
    """A feature that is read from global parameters and never written."""

    fields: ClassVar[dict[str, Comparison]] = {VALUE: exact}
    support = Support.MANUAL
    rank = 95

    @abstractmethod
    def value_of(self, server: Server) -> Plain:
        """Return the feature's value, or None where the server does not say."""

    def read(self, server: Server, naming: Naming) -> Reading:
        """Return the value where the server says one."""
        value = self.value_of(server)
        return Reading() if value is None else Reading(resources=(self.of({VALUE: value}),))

    def instructions(self, draft: Draft, world: World) -> tuple[str, ...]:
        """Return the page of the wizard that holds the optional features."""
        verb = "select" if draft.after(VALUE) == "enabled" else "clear"
        return (f"{OPTIONAL_FEATURES}: {verb} {self.title}",)


class OptionalFeature(ObservedFeature):
    """A feature that is on or off, one global parameter `Microsoft.OptionalFeature.<…>`."""

    def value_of(self, server: Server) -> Plain:
        """Return `enabled` or `disabled`."""
        is_on = flag(parameter(server, self.global_parameters[0]))
        return None if is_on is None else "enabled" if is_on else "disabled"
