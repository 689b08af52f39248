"""
Sources that lie on disk: exported server configurations and recorded snapshots.

`sources` picks the reader; `export` and `recording` read. Nothing here has a clock or a network.
"""
