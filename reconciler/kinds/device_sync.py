"""Synchronization of devices from AD, for hybrid join (adsync-server.md 3.2)."""

from __future__ import annotations

from reconciler.kinds.kind import Draft
from reconciler.kinds.observed_features import OptionalFeature
from reconciler.model.changes import Risk


class DeviceSync(OptionalFeature):
    """Whether the server's mirror of the feature is on; what the flag means is uncertain (3.2)."""

    name = "device-sync"
    title = "device synchronization"
    slot = ("observed_features", "device_sync")
    global_parameters = ("Microsoft.OptionalFeature.DeviceWriteUp",)

    def risk(self, draft: Draft) -> Risk:
        """Judge: computers become hybrid-joined devices of the tenant or no longer do."""
        return Risk.BEHAVIOUR
