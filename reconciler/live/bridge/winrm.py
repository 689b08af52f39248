"""
The WinRM transport: pypsrp behind one typed module, over TLS alone and to a named endpoint.

Its nine behaviours that would have become bugs are met here (powershell-transport.md 2); each has a
test. What an error means is `winrm_errors`'s.
"""

from __future__ import annotations

import contextlib
import importlib
import math
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from reconciler.live.bridge.transport import (
    NOTHING,
    Deadline,
    TransportError,
    Trouble,
    bad_reply,
)
from reconciler.live.bridge.winrm_errors import ASK_FIRST, Phase, explained, failed_pipeline
from reconciler.live.bridge.wire import BridgeReplyError, Reply, reply_from
from reconciler.live.connections import Authentication
from reconciler.live.secret_sources import Secret
from reconciler.model.findings import quoted

if TYPE_CHECKING:
    from pypsrp.powershell import PowerShell, RunspacePool
    from pypsrp.wsman import WSMan

OPERATION_TIMEOUT = 20
READ_TIMEOUT = 30
"""Seconds; longer than an operation, or every quiet one would end as a read that timed out."""

CONNECTION_TIMEOUT = 15
GRACE = 5.0
"""Seconds that a call gets to stop on the server once its deadline has passed."""

THREADS = "reconciler-winrm"
"""The name of every thread of this module."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """A session configuration on a host and who signs in to it; `ca_file` replaces public CAs."""

    host: str
    name: str
    port: int | None = None
    authentication: Authentication = Authentication.NEGOTIATE
    user: str | None = None
    password: Secret | None = None
    certificate: Path | None = None
    key: Path | None = None
    ca_file: Path | None = None


class WinRMTransport:
    """
    One runspace pool, opened by the first call; calls of several threads take turns.

    A call without a reply ends the session: what became of it is asked in a new one.

    A call whose deadline passes is stopped as far as that goes. Nothing is sent twice: pypsrp asks
    again for output alone, which the server gives once.
    """

    def __init__(self, endpoint: Endpoint) -> None:
        self._endpoint = endpoint
        self._turn = threading.Lock()
        self._holding = threading.Lock()
        self._connection: WSMan | None = None
        self._pool: RunspacePool | None = None
        self._is_over = False
        self._left: threading.Thread | None = None

    def call(
        self, function: str, arguments: Mapping[str, str] = NOTHING, *, deadline: Deadline
    ) -> Reply:
        """Return the reply, which may be an error of the bridge. Raises TransportError."""
        if not self._turn.acquire(timeout=deadline.left):
            raise TransportError(Trouble.TIMED_OUT, "another call did not end in time")
        try:
            self._require_life()
            _load()
            return _Call(self, function=function, arguments=arguments, deadline=deadline).result()
        except BaseException:
            # also a stop signal: its call goes on in a thread that has the pool
            self._is_over = True
            raise
        finally:
            self._turn.release()

    def close(self) -> None:
        """Close the pool, which ends everything of it on the server; a call left behind does it."""
        with self._turn:
            self._is_over = True
            if self._left is not None and self._left.is_alive():
                return
            # in a thread, since a server that is gone would hold it
            closing = threading.Thread(target=self.release, name=THREADS, daemon=True)
            closing.start()
            closing.join(GRACE)

    def release(self) -> None:
        """Give back what is open."""
        with self._holding:
            pool, connection = self._pool, self._connection
            self._pool = self._connection = None
        if pool is not None:
            _quietly(pool.close)
        if connection is not None:
            _quietly(connection.close)

    def opened(self) -> RunspacePool:
        """Return the open pool of this session; what fails is an exception of the libraries."""
        if self._pool is None:
            from pypsrp.powershell import RunspacePool

            connection = _connected(self._endpoint)
            pool = RunspacePool(connection, configuration_name=self._endpoint.name)
            try:
                pool.open()
            except BaseException:
                _quietly(connection.close)
                raise
            with self._holding:
                self._pool, self._connection = pool, connection
            return pool
        return self._pool

    def leave(self, thread: threading.Thread) -> None:
        """Leave what is open to the call that uses it: a pool is not for two threads."""
        self._left = thread

    @property
    def host(self) -> str:
        """Return the name of the host, for messages."""
        return self._endpoint.host

    def _require_life(self) -> None:
        if self._is_over:
            raise TransportError(Trouble.CUT, "the session has ended before")


class _Call:
    """
    One call in a thread of its own, because only a thread can be left behind.

    pypsrp knows no total deadline, and a server that accepts and never answers would hold it for
    minutes.
    """

    def __init__(
        self,
        session: WinRMTransport,
        *,
        function: str,
        arguments: Mapping[str, str],
        deadline: Deadline,
    ) -> None:
        self._session = session
        self._function = function
        self._arguments = arguments
        self._deadline = deadline
        self._phase = Phase.OPENING
        self._must_stop = threading.Event()
        self._deciding = threading.Lock()
        self._found: Reply | TransportError | None = None

    def result(self) -> Reply:
        """Run the call and return its reply. Raises TransportError."""
        thread = threading.Thread(target=self._run, name=THREADS, daemon=True)
        thread.start()
        try:
            thread.join(self._deadline.left)
            if thread.is_alive():
                self._give_up(thread)
                thread.join(GRACE)
        except BaseException:
            self._give_up(thread)
            raise
        if self._found is None:
            raise self._timed_out()
        if isinstance(self._found, TransportError):
            raise self._found
        return self._found

    def _give_up(self, thread: threading.Thread) -> None:
        self._session.leave(thread)
        with self._deciding:
            self._must_stop.set()

    def _begin(self) -> None:
        # what was given up before the command was sent must not be sent any more
        with self._deciding:
            if self._must_stop.is_set():
                raise self._timed_out()
            self._phase = Phase.INVOKING

    def _run(self) -> None:
        try:
            self._found = self._answer()
        except TransportError as error:
            self._found = error
        except BridgeReplyError as error:
            self._found = bad_reply(error)
        except Exception as error:  # noqa: BLE001 - pypsrp raises whatever its XML makes it raise
            self._found = explained(error, host=self._session.host, phase=self._phase)
        if self._must_stop.is_set():
            self._session.release()

    def _answer(self) -> Reply:
        from pypsrp.powershell import PowerShell

        pipeline = PowerShell(self._session.opened())
        pipeline.add_cmdlet(self._function)
        for name, text in self._arguments.items():
            pipeline.add_parameter(name, text)
        # by hand and not as a context, whose end would hide a lost connection behind its own error
        try:
            self._await_end(pipeline)
            return self._reply_of(pipeline)
        finally:
            _quietly(pipeline.close)

    def _await_end(self, pipeline: PowerShell) -> None:
        from pypsrp.complex_objects import PSInvocationState

        self._begin()
        pipeline.begin_invoke()
        while pipeline.state == PSInvocationState.RUNNING:
            if self._deadline.is_over or self._must_stop.is_set():
                # it returns before the server has stopped anything: the outcome stays unknown
                _quietly(pipeline.stop)
                raise self._timed_out()
            pipeline.poll_invoke(timeout=self._patience())

    def _patience(self) -> int:
        return max(1, min(OPERATION_TIMEOUT, math.ceil(self._deadline.left)))

    def _reply_of(self, pipeline: PowerShell) -> Reply:
        # not `had_errors`: it stays false after errors that do not end the pipeline
        for record in pipeline.streams.error:
            identifier = str(getattr(record, "fq_error", None) or "")
            raise failed_pipeline(identifier, str(record), function=self._function)
        if not pipeline.output or not all(isinstance(item, str) for item in pipeline.output):
            raise TransportError(
                Trouble.BAD_REPLY,
                f"{self._function} answered with something that is not text",
                remedy=ASK_FIRST,
                is_outcome_unknown=True,
            )
        return reply_from("".join(pipeline.output))

    def _timed_out(self) -> TransportError:
        return TransportError(
            Trouble.TIMED_OUT,
            f"{self._session.host} gave no reply within the time given",
            remedy=ASK_FIRST if self._phase is Phase.INVOKING else "give it more time",
            is_outcome_unknown=self._phase is Phase.INVOKING,
        )


def _load() -> None:
    """Import the libraries before a thread does: one left behind must not leave them half way."""
    importlib.import_module("pypsrp.powershell")


def _connected(endpoint: Endpoint) -> WSMan:
    from pypsrp.wsman import WSMan

    ca_file = endpoint.ca_file
    if ca_file is not None and not ca_file.is_file():
        what = f"there is no file {quoted(ca_file.name)} with trusted certificates"
        raise TransportError(Trouble.UNREACHABLE, what, remedy="check ca_file")
    return WSMan(
        endpoint.host,
        port=endpoint.port,
        username=endpoint.user,
        password=endpoint.password.reveal() if endpoint.password else None,
        ssl=True,
        auth=endpoint.authentication.value,
        cert_validation=True if ca_file is None else str(ca_file),  # type: ignore[arg-type] # a path is documented
        connection_timeout=CONNECTION_TIMEOUT,
        operation_timeout=OPERATION_TIMEOUT,
        read_timeout=READ_TIMEOUT,
        reconnection_retries=0,
        no_proxy=True,
        certificate_pem=_text(endpoint.certificate),
        certificate_key_pem=_text(endpoint.key or endpoint.certificate),
    )


def _text(path: Path | None) -> str | None:
    return None if path is None else str(path)


def _quietly(work: Callable[[], object]) -> None:
    """Tidy up; a failure of that is no news beside what happened before."""
    with contextlib.suppress(Exception):
        work()
