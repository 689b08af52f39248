"""Checks of connectors: domains, organizational units, object types and attributes."""
