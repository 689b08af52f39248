"""
The words of every report: plans, drift, comparisons, findings and lineage as neutral outlines.

Nowhere else is decided what a report says. How it looks is `terminal`'s and `markdown`'s.
"""

from __future__ import annotations

from reconciler.report.outline.comparison import compare_outline
from reconciler.report.outline.drift import drift_outline
from reconciler.report.outline.lineage import lineage_outline
from reconciler.report.outline.plan import plan_outline
from reconciler.report.outline.servers import server_words
from reconciler.report.outline.validation import findings_outline

__all__ = [
    "compare_outline",
    "drift_outline",
    "findings_outline",
    "lineage_outline",
    "plan_outline",
    "server_words",
]
