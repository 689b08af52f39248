"""
The process transport: a child process that answers request lines with reply lines.

A local runner, `ssh HOST` with a forced command and a test's PowerShell are all this. The argument
list is run as it is, never through a shell; threads move the bytes, since pipes cannot be selected
on everywhere.
"""

from __future__ import annotations

import contextlib
import os
import queue
import signal
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import IO

from reconciler.live.bridge.ssh import FAILED, CommandError, hardened, is_ssh, meaning
from reconciler.live.bridge.transport import (
    NOTHING,
    Deadline,
    TransportError,
    Trouble,
    bad_reply,
)
from reconciler.live.bridge.wire import (
    BYTE_ORDER_MARK,
    LINE,
    BridgeReplyError,
    Reply,
    line_content,
    reply_from,
    request_line,
)
from reconciler.model.findings import quoted

LONGEST_REPLY = 128 * 2**20
"""Bytes of one reply line; no sync server comes near."""

LINES_OF_STDERR = 20
PATIENCE = 5.0
"""Seconds that a process gets to end after its input ended, and to say why after it ended."""

_CLIXML = (b"#< CLIXML", b"<Objs ")
"""How PowerShell begins its progress records on standard error."""


@dataclass(frozen=True, slots=True)
class _End:
    """What the reader puts behind the last line; `error` is None where the output just ended."""

    error: TransportError | None = None


class ProcessTransport:
    """One process, started by the first call; a call without a reply ends it for good."""

    def __init__(self, command: Sequence[str], *, environment: Mapping[str, str]) -> None:
        """Raises CommandError for a command line that must not be run."""
        if not command or not command[0].strip() or command[0].startswith("-"):
            raise CommandError("the command names no program")
        self._command = hardened(command) if is_ssh(command) else tuple(command)
        self._environment = dict(environment)
        self._turn = threading.Lock()
        self._child: _Child | None = None
        self._is_over = False
        self._has_answered = False

    def call(
        self, function: str, arguments: Mapping[str, str] = NOTHING, *, deadline: Deadline
    ) -> Reply:
        """Return the reply, which may be an error of the bridge. Raises TransportError."""
        with self._turn:
            if self._is_over:
                raise TransportError(Trouble.PROCESS_FAILED, "the process has ended before")
            try:
                reply = self._answer(request_line(function, arguments), deadline)
            except BaseException:
                # also a stop signal: the reply that is still to come answers no later call
                self._end(is_patient=False)
                raise
            self._has_answered = True
            return reply

    def close(self) -> None:
        """End the process: its input ends, then it is stopped."""
        with self._turn:
            self._end(is_patient=True)

    def _end(self, *, is_patient: bool) -> None:
        self._is_over = True
        if self._child is not None:
            self._child.end(PATIENCE if is_patient else 0)
            self._child = None

    def _answer(self, line: bytes, deadline: Deadline) -> Reply:
        if self._child is None:
            self._child = _Child(self._command, self._environment)
        child = self._child
        if not child.replies.empty() and not isinstance(child.replies.queue[0], _End):
            raise TransportError(Trouble.BAD_REPLY, "a reply that nobody asked for")
        child.send(line)
        try:
            found = child.replies.get(timeout=deadline.left)
        except queue.Empty:
            raise TransportError(
                Trouble.TIMED_OUT,
                f"no reply within the time given{child.said()}",
                remedy="give it more time, or look at the server",
                is_outcome_unknown=True,
            ) from None
        if isinstance(found, _End):
            raise self._ended(child, found)
        try:
            return reply_from(line_content(found) or b"")
        except BridgeReplyError as error:
            raise bad_reply(error) from error

    def _ended(self, child: _Child, end: _End) -> TransportError:
        if end.error is not None:
            return end.error
        code = child.wait()
        said = child.said()
        if is_ssh(self._command) and code == FAILED:
            found = meaning(said)
            if found is not None and not self._has_answered:
                kind, remedy = found
                return TransportError(kind, f"ssh could not sign in{said}", remedy=remedy)
            return TransportError(
                Trouble.CUT,
                f"ssh lost the connection{said}",
                remedy="ask again what became of the call before it is repeated",
                is_outcome_unknown=True,
            )
        ended = "closed its output" if code is None else f"ended with code {code}"
        return TransportError(
            Trouble.PROCESS_FAILED,
            f"{quoted(self._command[0])} {ended} and no reply{said}",
            remedy="run the command by hand; it must wait for a line and answer it",
            is_outcome_unknown=True,
        )


class _Child:
    """A running process and the threads that read it."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str]) -> None:
        self._process = _started(command, environment)
        self.replies: queue.Queue[bytes | _End] = queue.Queue()
        self._stderr: deque[str] = deque(maxlen=LINES_OF_STDERR)
        self._threads = [self._run(self._read_replies), self._run(self._read_stderr)]

    def send(self, line: bytes) -> None:
        """Write the line without waiting; whether it arrived, the reply or the end tells."""
        stdin = _pipe(self._process.stdin)

        def write() -> None:
            with contextlib.suppress(OSError, ValueError):
                stdin.write(line)
                stdin.flush()

        self._threads.append(self._run(write))

    def wait(self) -> int | None:
        """Return the exit code of a process whose output has ended; None where it goes on."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            return self._process.wait(PATIENCE)
        return None

    def said(self) -> str:
        """Return the end of standard error, ready to follow a message."""
        self._threads[1].join(1 if self._process.poll() is not None else 0)
        text = " / ".join(list(self._stderr)[-3:])
        return f": {quoted(text, longest=240)}" if text else ""

    def end(self, patience: float) -> None:
        """Let the process end by itself, then stop it and all that it started."""
        with contextlib.suppress(OSError, ValueError):
            if patience:
                _pipe(self._process.stdin).close()
                self._process.wait(patience)
        _stop(self._process)
        for thread in self._threads:
            thread.join(1)
        # what it left behind in the background may still hold a pipe, and a thread
        if not any(thread.is_alive() for thread in self._threads):
            for pipe in (self._process.stdin, self._process.stdout, self._process.stderr):
                with contextlib.suppress(OSError, ValueError):
                    _pipe(pipe).close()

    def _run(self, work: Callable[[], None]) -> threading.Thread:
        thread = threading.Thread(target=work, daemon=True)
        thread.start()
        return thread

    def _read_replies(self) -> None:
        stdout = _pipe(self._process.stdout)
        while line := stdout.readline(LONGEST_REPLY):
            is_reply = line.removeprefix(BYTE_ORDER_MARK).startswith(LINE)
            if line.endswith(b"\n"):
                if is_reply:
                    self.replies.put(line)
            elif is_reply:
                self.replies.put(_End(_without_end(is_too_long=len(line) == LONGEST_REPLY)))
                return
        self.replies.put(_End())

    def _read_stderr(self) -> None:
        for line in iter(lambda: _pipe(self._process.stderr).readline(4096), b""):
            if line.strip() and not line.startswith(_CLIXML):
                self._stderr.append(line.decode("utf-8", errors="replace").strip())


def _started(command: Sequence[str], environment: Mapping[str, str]) -> subprocess.Popen[bytes]:
    try:
        return subprocess.Popen(
            list(command),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=dict(environment),
            # A group of its own: Ctrl-C is for this process, which decides when the other one
            # ends, and there is no terminal to ask a person at.
            start_new_session=True,
            creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
        )
    except FileNotFoundError as error:
        what = f"there is no program {quoted(command[0])}"
        raise _not_started(what) from error
    except (OSError, ValueError) as error:
        what = f"{quoted(command[0])} cannot be run: {getattr(error, 'strerror', None) or error}"
        raise _not_started(what) from error


def _not_started(what: str) -> TransportError:
    remedy = "check the command in connections.yaml"
    return TransportError(Trouble.PROCESS_FAILED, what, remedy=remedy)


def _without_end(*, is_too_long: bool) -> TransportError:
    kind = Trouble.BAD_REPLY if is_too_long else Trouble.CUT
    what = "a reply that is too long" if is_too_long else "a reply that ends in the middle"
    return TransportError(kind, what, is_outcome_unknown=True)


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    # all three are pipes: `_started` asks for them
    assert pipe is not None  # noqa: S101
    return pipe


def _stop(process: subprocess.Popen[bytes]) -> None:
    """Stop the process and what it started; one that has ended is left alone."""
    if process.poll() is not None:
        return
    if sys.platform == "win32":
        process.kill()
    else:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()
