"""Device writeback as the server's wizard set it (adsync-server.md 6.4)."""

from __future__ import annotations

from reconciler.kinds.kind import Draft
from reconciler.kinds.observed_features import OptionalFeature
from reconciler.model.changes import Risk


class DeviceWriteback(OptionalFeature):
    """Whether the server's mirror of the feature is on."""

    name = "device-writeback"
    title = "device writeback"
    slot = ("observed_features", "device_writeback")
    global_parameters = ("Microsoft.OptionalFeature.DeviceWriteBack",)

    def risk(self, draft: Draft) -> Risk:
        """Judge: devices appear in AD or no longer do."""
        return Risk.BEHAVIOUR
