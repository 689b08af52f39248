"""The finding codes of reading a running server (RC43xx)."""

from __future__ import annotations

from enum import StrEnum


class Code(StrEnum):
    """One number for each thing that can go wrong with a server; numbers are never used again."""

    UNREACHABLE = "RC4301"  # the host is not there, or its certificate is not trusted
    REFUSED = "RC4302"  # the sign-in failed, or the account may not
    ENDPOINT_MISSING = "RC4303"  # the host answers, but the bridge is not there
    TIMED_OUT = "RC4304"  # no reply within the time given
    CUT = "RC4305"  # the connection was lost during a call
    BAD_REPLY = "RC4306"  # a reply that is not what the contract says
    PROCESS_FAILED = "RC4307"  # the command of the connection could not be run, or ended
    BRIDGE_ERROR = "RC4310"  # the bridge could not read a section
    CHANGED_MEANWHILE = "RC4311"  # the configuration changed while it was read, twice
    CONTAINERS_UNREAD = "RC4312"  # the organizational units of a domain cannot be listed (warning)
    MISSING_VALUE = "RC4320"  # a member that must be there, or is empty
    WRONG_TYPE = "RC4321"  # a text where a number should be, and the like
    UNKNOWN_WORD = "RC4322"  # a value outside its vocabulary
    REPEATED = "RC4323"  # twice where once is expected
    UNKNOWN_CONNECTOR = "RC4324"  # a rule or a schema of a connector that is not there
    EMPTY_LIST = "RC4325"  # no rule, no connector, no attribute: no server runs without
    HELD = "RC4330"  # a run of reconciler keeps the scheduler stopped


READ_AGAIN = "read the server again; if it stays, compare the versions of reconciler and its bridge"
