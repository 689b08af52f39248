"""Sync rules, custom and default: their normal form, its comparison, and the two kinds."""
