"""
One shell of the WSMan double: psrpcore's server side, and Python functions in the place of cmdlets.

Real are fragments, CLIXML, streams, error records and states; PowerShell is not. A test through it
shows that the right calls are sent and their answers understood, and nothing of what a server does.
"""

from __future__ import annotations

import threading
import time
import uuid
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import psrpcore
from psrpcore import types as ps

FRAGMENT_HEADER = 21
LARGEST_FRAGMENT = 32768
"""What Windows PowerShell was recorded to put into one stream element."""

MOST_STREAMS = 1000


class CommandError(Exception):
    """Ends a pipeline as an error that terminates it does."""

    def __init__(self, text: str, identifier: str) -> None:
        super().__init__(text)
        self.identifier = identifier


@dataclass(frozen=True, slots=True, kw_only=True)
class Invocation:
    """What a function gets: its arguments, whether it is being stopped, the error stream."""

    arguments: Mapping[str, object]
    stopping: threading.Event
    write_error: Callable[[str, str], None]


Function = Callable[[Invocation], Iterable[object]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Configuration:
    """A session configuration: its functions by name, their parameters, and who may open it."""

    name: str
    functions: Mapping[str, Function]
    parameters: frozenset[str] = frozenset({"Section", "Id", "Request"})
    users: frozenset[str] | None = None


@dataclass(slots=True)
class _Pipeline:
    server: psrpcore.ServerPipeline
    stopping: threading.Event = field(default_factory=threading.Event)
    output: deque[bytes] = field(default_factory=deque)
    is_done: bool = False
    is_told: bool = False


class Shell:
    """The runspace pool behind one shell; one lock for it and for its pipelines."""

    def __init__(self, identifier: str, configuration: Configuration, *, loses_end: bool) -> None:
        self.identifier = identifier
        self.pipelines: dict[uuid.UUID, _Pipeline] = {}
        self.most_at_once = 0
        self._configuration = configuration
        self._loses_end = loses_end
        self._pool = psrpcore.ServerRunspacePool(
            application_private_data={"PSVersionTable": {"PSVersion": ps.PSVersion("5.1.20348.1")}}
        )
        self._output: deque[bytes] = deque()
        self._changed = threading.Condition()
        self._running = 0

    def create(self, identifier: uuid.UUID, content: bytes) -> None:
        """Begin a pipeline with its first fragment."""
        with self._changed:
            server = psrpcore.ServerPipeline(self._pool, identifier)
            self.pipelines[identifier] = _Pipeline(server)
        self.feed(content, identifier)

    def feed(self, content: bytes, identifier: uuid.UUID | None) -> None:
        """Take a fragment in; a pipeline that is complete with it starts to run."""
        with self._changed:
            payload = psrpcore.PSRPPayload(content, psrpcore.StreamType.default, identifier)
            self._pool.receive_data(payload)
            while (event := self._pool.next_event()) is not None:
                if isinstance(event, psrpcore.CreatePipelineEvent):
                    assert event.pipeline_id is not None
                    work = (self.pipelines[event.pipeline_id], event.pipeline)
                    threading.Thread(target=self._run, args=work, daemon=True).start()
            self._drain()

    def receive(
        self, identifier: uuid.UUID | None, *, size: int, seconds: float
    ) -> tuple[list[bytes], bool] | None:
        """Return fragments and whether they are the last; None where none came in time."""
        end = time.monotonic() + seconds
        with self._changed:
            pipeline = None if identifier is None else self.pipelines[identifier]
            output = self._output if pipeline is None else pipeline.output
            while not output and not (pipeline and pipeline.is_done):
                if not self._changed.wait(max(0.0, end - time.monotonic())):
                    return None
            found: list[bytes] = []
            most = 1 if pipeline is None else MOST_STREAMS
            while output and len(found) < most and (not found or size > len(output[0]) * 4 // 3):
                size -= len(output[0]) * 4 // 3 + 160
                found.append(output.popleft())
            is_last = pipeline is not None and pipeline.is_done and not output
            if pipeline and is_last:
                pipeline.is_told = True
            return found, is_last

    def stop(self, identifier: uuid.UUID, *, is_end: bool) -> None:
        """Ask a pipeline to stop; with its end it is forgotten."""
        with self._changed:
            pipeline = self.pipelines.get(identifier)
            if pipeline is not None:
                pipeline.stopping.set()
                if is_end:
                    del self.pipelines[identifier]

    def close(self) -> None:
        """Stop everything."""
        for identifier in list(self.pipelines):
            self.stop(identifier, is_end=True)

    def _run(self, pipeline: _Pipeline, asked: Any) -> None:
        # no state Running is announced, as Windows PowerShell does not either
        pipeline.server.state = ps.PSInvocationState.Running
        with self._changed:
            self._running += 1
            self.most_at_once = max(self.most_at_once, self._running)
        error: ps.ErrorRecord | None = None
        try:
            for command in asked.commands:
                self._invoke(pipeline, command)
        except CommandError as caught:
            error = ps.ErrorRecord(
                Exception=ps.NETException(Message=str(caught)),
                CategoryInfo=ps.ErrorCategoryInfo(),
                FullyQualifiedErrorId=caught.identifier,
            )
        self._end(pipeline, error)

    def _invoke(self, pipeline: _Pipeline, command: Any) -> None:
        if command.is_script:
            raise CommandError("The syntax is not supported by this runspace.", "ScriptsNotAllowed")
        function = self._configuration.functions.get(command.command_text)
        if function is None:
            text = f"The term '{command.command_text}' is not recognized as the name of a cmdlet."
            raise CommandError(text, "CommandNotFoundException")
        arguments: dict[str, object] = {}
        for name, value in command.parameters:
            known = next(
                (item for item in self._configuration.parameters if item.lower() == name.lower()),
                None,
            )
            if known is None:
                text = f"A parameter cannot be found that matches parameter name '{name}'."
                raise CommandError(text, f"NamedParameterNotFound,{command.command_text}")
            arguments[known] = value
        invocation = Invocation(
            arguments=arguments,
            stopping=pipeline.stopping,
            write_error=lambda text, identifier: self._emit(
                pipeline.server.write_error,
                ps.NETException(Message=text),
                ps.ErrorCategoryInfo(),
                None,
                identifier,
            ),
        )
        for item in function(invocation):
            self._emit(pipeline.server.write_output, item)

    def _emit(self, write: Callable[..., object], *arguments: object) -> None:
        with self._changed:
            write(*arguments)
            self._drain()

    def _end(self, pipeline: _Pipeline, error: ps.ErrorRecord | None) -> None:
        with self._changed:
            self._running -= 1
            if pipeline.stopping.is_set():
                pipeline.server.begin_stop()
                pipeline.server.stop()
            elif error is not None:
                # psrpcore has no public way to fail
                pipeline.server._change_state(ps.PSInvocationState.Failed, error=error)  # noqa: SLF001
            elif not self._loses_end:
                pipeline.server.complete()
            self._drain()
            pipeline.is_done = True
            self._changed.notify_all()

    def _drain(self) -> None:
        while (payload := self._pool.data_to_send(LARGEST_FRAGMENT)) is not None:
            pipeline = self.pipelines.get(payload.pipeline_id) if payload.pipeline_id else None
            output = pipeline.output if pipeline else self._output
            data = payload.data
            while data:
                # each fragment goes into a stream element of its own
                length = FRAGMENT_HEADER + int.from_bytes(data[17:FRAGMENT_HEADER], "big")
                if not payload.pipeline_id or pipeline:
                    output.append(data[:length])
                data = data[length:]
        self._changed.notify_all()
