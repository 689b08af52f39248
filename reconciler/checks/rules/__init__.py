"""Checks of sync rules: their order, their names, their form, and how they work together."""
