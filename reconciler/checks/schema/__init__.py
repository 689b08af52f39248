"""Checks against the schemas of the metaverse and of the connectors, as a source recorded them."""
