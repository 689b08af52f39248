"""Checks of the servers of an environment and of their roles."""
