"""
What the errors of pypsrp, its HTTP library and a pipeline mean, as errors of a transport.

Which phase a call was in decides whether the server can have carried it out.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from reconciler.live.bridge.transport import TransportError, Trouble
from reconciler.model.findings import quoted

if TYPE_CHECKING:
    from pypsrp.exceptions import WinRMTransportError, WSManFaultError

ACCESS_DENIED = 5
RESOURCE_NOT_FOUND = 2150858752  # ERROR_WSMAN_RESOURCE_NOT_FOUND: no such session configuration
INVALID_SELECTORS = 2150858843  # the shell or the command is not there (any more)

ASK_FIRST = "ask what became of the call before it is repeated"
_LONGEST = 240


class Phase(StrEnum):
    """How far a call came."""

    OPENING = "opening"  # no command was sent
    INVOKING = "invoking"  # the command may have reached the server


def explained(error: Exception, *, host: str, phase: Phase) -> TransportError:
    """Return what an exception of the libraries means."""
    import requests
    from pypsrp.exceptions import AuthenticationError, WinRMTransportError, WSManFaultError
    from spnego.exceptions import SpnegoError

    match error:
        case AuthenticationError() | SpnegoError():
            # the message names the user and the method, never the password
            return _refused(f"{host} refused the sign-in: {_shown(error)}")
        case WSManFaultError():
            return _fault(error, host=host, phase=phase)
        case WinRMTransportError():
            return _status(error, host=host, phase=phase)
        case requests.exceptions.SSLError():
            return TransportError(
                Trouble.UNREACHABLE,
                f"the certificate of {host} is not trusted: {_shown(error)}",
                remedy="name the certificate of its issuer with ca_file, or check the host's name",
                is_outcome_unknown=phase is Phase.INVOKING,
            )
        case requests.exceptions.ConnectionError() | requests.exceptions.Timeout():
            return _lost(error, host=host, phase=phase)
    return TransportError(
        Trouble.BAD_REPLY,
        f"{host} answered in a way that is not understood: {_shown(error)}",
        remedy=ASK_FIRST if phase is Phase.INVOKING else "check that WinRM answers at this port",
        is_outcome_unknown=phase is Phase.INVOKING,
    )


def failed_pipeline(identifier: str, text: str, *, function: str) -> TransportError:
    """Return what an error record of a pipeline means; `identifier` is its fully qualified id."""
    if identifier.startswith("CommandNotFoundException"):
        return TransportError(
            Trouble.ENDPOINT_MISSING,
            f"the endpoint has no function {function}",
            remedy="install the bridge, or name the endpoint that has it",
        )
    never_ran = identifier.startswith(("NamedParameterNotFound", "ParameterArgument"))
    return TransportError(
        Trouble.BAD_REPLY,
        f"{function} failed outside the contract: {quoted(text, longest=_LONGEST)}",
        remedy="install the version of the bridge that belongs to this one"
        if never_ran
        else ASK_FIRST,
        is_outcome_unknown=not never_ran,
    )


def _fault(error: WSManFaultError, *, host: str, phase: Phase) -> TransportError:
    reason = quoted(str(error.reason or error), longest=_LONGEST)
    if error.code == ACCESS_DENIED:
        return _refused(f"{host} denies access: {reason}")
    if phase is Phase.OPENING and error.code == RESOURCE_NOT_FOUND:
        return TransportError(
            Trouble.ENDPOINT_MISSING,
            f"{host} has no such endpoint: {reason}",
            remedy="install the bridge on the server, or name another endpoint",
        )
    if phase is Phase.OPENING:
        return _refused(f"{host} does not open the endpoint: {reason}")
    gone = error.code == INVALID_SELECTORS
    return TransportError(
        Trouble.CUT if gone else Trouble.BAD_REPLY,
        f"{host} no longer knows the call: {reason}" if gone else f"{host} answered {reason}",
        remedy=ASK_FIRST,
        is_outcome_unknown=True,
    )


def _status(error: WinRMTransportError, *, host: str, phase: Phase) -> TransportError:
    what = f"{host} answered with HTTP status {error.code}"
    if error.code in {401, 403}:
        return _refused(what)
    is_missing = error.code == 404 and phase is Phase.OPENING
    return TransportError(
        Trouble.ENDPOINT_MISSING if is_missing else Trouble.BAD_REPLY,
        what,
        remedy="check that WinRM answers at this port",
        is_outcome_unknown=phase is Phase.INVOKING,
    )


def _lost(error: Exception, *, host: str, phase: Phase) -> TransportError:
    if phase is Phase.OPENING:
        return TransportError(
            Trouble.UNREACHABLE,
            f"{host} cannot be reached: {_shown(error)}",
            remedy="check the host's name, the network and the WinRM service",
        )
    return TransportError(
        Trouble.CUT,
        f"the connection to {host} was lost during the call: {_shown(error)}",
        remedy=ASK_FIRST,
        is_outcome_unknown=True,
    )


def _refused(what: str) -> TransportError:
    return TransportError(
        Trouble.REFUSED,
        what,
        remedy="check the account, its password and who may use the endpoint",
    )


def _shown(error: Exception) -> str:
    text = " ".join(str(error).split()) or type(error).__name__
    return quoted(text, longest=_LONGEST)
