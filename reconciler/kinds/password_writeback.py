"""Password writeback as the server's wizard set it (adsync-server.md 6.3)."""

from __future__ import annotations

from reconciler.kinds.kind import Draft
from reconciler.kinds.observed_features import OptionalFeature
from reconciler.model.changes import Risk


class PasswordWriteback(OptionalFeature):
    """Whether the server's mirror of the feature is on."""

    name = "password-writeback"
    title = "password writeback"
    slot = ("observed_features", "password_writeback")
    global_parameters = ("Microsoft.OptionalFeature.PasswordWriteback",)

    def risk(self, draft: Draft) -> Risk:
        """Judge: passwords that people set in the cloud reach AD or no longer do."""
        return Risk.SECURITY
