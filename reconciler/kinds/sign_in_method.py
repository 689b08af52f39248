"""The sign-in method that the wizard recorded (adsync-server.md 3.2, 6.9)."""

from __future__ import annotations

from reconciler.kinds.kind import Draft, World
from reconciler.kinds.observed_features import ObservedFeature
from reconciler.kinds.server_settings import VALUE, parameter
from reconciler.model.changes import Risk
from reconciler.model.nodes import Plain
from reconciler.model.snapshots import Server

_METHOD = "Microsoft.UserSignIn.SignOnMethod"


class SignInMethod(ObservedFeature):
    """The recorded word as it stands: its set of values is not known (adsync-server.md 13, 7)."""

    name = "sign-in-method"
    title = "sign-in method"
    slot = ("observed_features", "sign_in_method")
    global_parameters = (_METHOD,)

    def value_of(self, server: Server) -> Plain:
        """Return the recorded word; None where there is none."""
        return parameter(server, _METHOD) or None

    def risk(self, draft: Draft) -> Risk:
        """Judge: it decides how everybody signs in."""
        return Risk.SECURITY

    def instructions(self, draft: Draft, world: World) -> tuple[str, ...]:
        """Return the wizard's page."""
        return (
            (
                "Microsoft Entra Connect → Configure → Change user sign-in: "
                f"choose {draft.after(VALUE)}"
            ),
        )
