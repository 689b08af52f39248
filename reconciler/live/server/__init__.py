"""
A running sync server as a snapshot: what the bridge answers, decoded as strictly as an export.

`reading` asks and puts together, `decoding` and its parts decode; how the bytes travel is
`live.bridge`'s.
"""
