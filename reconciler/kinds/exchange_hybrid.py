"""Exchange hybrid deployment, which adds writeback rules (adsync-server.md 6.4)."""

from __future__ import annotations

from reconciler.kinds.kind import Draft
from reconciler.kinds.observed_features import OptionalFeature
from reconciler.model.changes import Risk


class ExchangeHybrid(OptionalFeature):
    """Whether the server's mirror of the feature is on."""

    name = "exchange-hybrid"
    title = "Exchange hybrid deployment"
    slot = ("observed_features", "exchange_hybrid")
    global_parameters = ("Microsoft.OptionalFeature.HybridExchange",)

    def risk(self, draft: Draft) -> Risk:
        """Judge: the wizard adds or removes the hybrid writeback rules."""
        return Risk.BEHAVIOUR
