"""
The bridge as Python sees it: what goes over the wire, and the transports that carry it.

What the answers mean is `live.server`'s; the modules on the other side lie in `powershell`.
"""
