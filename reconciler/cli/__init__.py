"""Arguments in, exit code out. One small module per command; no decisions."""
