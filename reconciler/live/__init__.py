"""The outside world as snapshots: reading decodes syntax; what the values mean is left to kinds."""
