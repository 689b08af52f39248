"""Checks of expressions in flows; what can be wrong with one is the knowledge of `expressions`."""
