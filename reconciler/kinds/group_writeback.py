"""Group writeback (V1) as the server's wizard set it (adsync-server.md 6.4)."""

from __future__ import annotations

from reconciler.kinds.kind import Draft
from reconciler.kinds.observed_features import OptionalFeature
from reconciler.kinds.server_settings import VALUE
from reconciler.model.changes import Risk


class GroupWriteback(OptionalFeature):
    """Whether the server's mirror of the feature is on."""

    name = "group-writeback"
    title = "group writeback"
    slot = ("observed_features", "group_writeback")
    global_parameters = ("Microsoft.OptionalFeature.GroupWriteBack",)

    def risk(self, draft: Draft) -> Risk:
        """Judge: turning it off deletes the written groups from AD."""
        return Risk.BEHAVIOUR if draft.after(VALUE) == "enabled" else Risk.DESTRUCTIVE
