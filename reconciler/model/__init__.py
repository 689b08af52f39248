"""
What everybody talks about: frozen values on the standard library alone.

Nothing here reads, decides or prints.
"""
