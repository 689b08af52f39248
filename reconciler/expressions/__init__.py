"""
The sync-rule expression language: text to tree with positions, canonical form, known functions.

Nothing here evaluates an expression; that is `provisioning`. Nothing here knows rules or schemas.
"""
