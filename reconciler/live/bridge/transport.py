"""
What every transport promises, and the one family of errors in which they all fail.

A transport carries a call and its reply; it never repeats one, since only the caller knows whether
that would be safe (decision E11).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Protocol

from reconciler.live.bridge.wire import BridgeReplyError, Reply

NOTHING: Mapping[str, str] = MappingProxyType({})


class Trouble(StrEnum):
    """The ways in which a call fails."""

    UNREACHABLE = "unreachable"
    REFUSED = "refused"  # the sign-in failed or the account may not
    ENDPOINT_MISSING = "endpoint-missing"  # reached, but the bridge is not there
    TIMED_OUT = "timed-out"
    CUT = "cut"  # the connection was lost while the call was under way
    BAD_REPLY = "bad-reply"
    PROCESS_FAILED = "process-failed"


class TransportError(Exception):
    """
    A call that brought no reply.

    `is_outcome_unknown` is false only where the server cannot have seen the call; otherwise it may
    have been carried out, and asking what became of it comes before any second try.
    """

    def __init__(
        self, kind: Trouble, what: str, *, remedy: str = "", is_outcome_unknown: bool = False
    ) -> None:
        super().__init__(what)
        self.kind = kind
        self.what = what
        self.remedy = remedy
        self.is_outcome_unknown = is_outcome_unknown


class Transport(Protocol):
    """Calls functions of the bridge, one after the other."""

    def call(
        self, function: str, arguments: Mapping[str, str] = NOTHING, *, deadline: Deadline
    ) -> Reply:
        """Return the reply, which may be an error of the bridge. Raises TransportError."""

    def close(self) -> None:
        """End the session; never raises, and a second time is nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """A moment until which something must be done; for one call or for several together."""

    moment: float
    clock: Callable[[], float] = field(default=time.monotonic, repr=False)

    @classmethod
    def after(cls, seconds: float, *, clock: Callable[[], float] = time.monotonic) -> Deadline:
        """Return the moment that many seconds from now."""
        return cls(moment=clock() + seconds, clock=clock)

    @property
    def left(self) -> float:
        """Return the seconds that are left, at least 0."""
        return max(0.0, self.moment - self.clock())

    @property
    def is_over(self) -> bool:
        """Tell whether nothing is left."""
        return self.left <= 0


def bad_reply(error: BridgeReplyError, *, remedy: str = "") -> TransportError:
    """Return the error of a call whose reply is not what the contract says."""
    return TransportError(
        Trouble.BAD_REPLY,
        f"{error.what}; expected {error.expected}",
        remedy=remedy or "install the version of the bridge that belongs to this one",
        is_outcome_unknown=True,
    )
