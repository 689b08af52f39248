"""Checks that look across kinds: one small module each, from a configuration to findings."""
