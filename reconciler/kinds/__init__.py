"""
What can be declared, a module a kind, and their registry.

Kinds know documents and servers; comparing, ordering and printing are left to plan and report.
"""
