"""Checks of server settings: time spans, switches that guard, builds."""
